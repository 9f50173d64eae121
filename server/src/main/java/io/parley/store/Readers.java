package io.parley.store;

import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Connections that only read, some for all callers and one apart. A connection under which the
/// engine failed is replaced.
final class Readers implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Readers.class);
  private static final Duration WAIT = Duration.ofSeconds(5);
  /// A connection that was used this long ago is taken to be there still.
  static final Duration TRUSTED = Duration.ofMillis(500);
  private static final Duration RETRY = Duration.ofSeconds(1);

  /// What to do while nobody reads.
  interface Quiet {
    void run() throws SQLException;
  }

  private final Dialect dialect;
  private final BlockingQueue<Slot> shared;
  private final BlockingQueue<Slot> apart = new ArrayBlockingQueue<>(1);
  private final List<Slot> slots = new ArrayList<>();

  Readers(Dialect dialect) throws SQLException {
    this.dialect = dialect;
    shared = new ArrayBlockingQueue<>(dialect.readers());
    try {
      for (int i = 0; i < dialect.readers(); i++) {
        shared.add(new Slot(open()));
      }
      apart.add(new Slot(open()));
    } catch (SQLException e) {
      slots.forEach(Slot::drop);
      throw e;
    }
  }

  /// Runs `work` on one of the connections for all.
  ///
  /// @throws Fault BUSY if none comes free within 5 s, UNAVAILABLE if the engine failed
  <T extends @Nullable Object> T read(Work<T> work) {
    return run(shared, work);
  }

  /// The same on the connection apart, where callers never hold it up.
  <T extends @Nullable Object> T readApart(Work<T> work) {
    return run(apart, work);
  }

  private <T extends @Nullable Object> T run(BlockingQueue<Slot> from, Work<T> work) {
    Slot slot = take(from);
    try {
      return work.run(slot.tx());
    } catch (StoreException e) {
      if (!slot.broken()) {
        throw e;
      }
      log.error("a read failed", e);
      throw Fault.retry(FaultCode.UNAVAILABLE, "nothing can be read now; try again", RETRY);
    } finally {
      if (slot.broken()) {
        slot.drop();
      }
      from.add(slot);
    }
  }

  private static Slot take(BlockingQueue<Slot> from) {
    try {
      Slot slot = from.poll(WAIT.toSeconds(), TimeUnit.SECONDS);
      if (slot == null) {
        throw Fault.retry(FaultCode.BUSY, "the store is busy", RETRY);
      }
      return slot;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Fault.of(FaultCode.UNAVAILABLE, "interrupted");
    }
  }

  /// Runs `action` while nobody reads. Callers wait, and are told BUSY if it takes long.
  ///
  /// @throws SQLException also if reads that are running do not end within 5 s
  void paused(Quiet action) throws SQLException {
    List<Slot> taken = new ArrayList<>();
    try {
      for (int i = 0; i < dialect.readers(); i++) {
        taken.add(take(shared));
      }
      Slot lone = take(apart);
      try {
        action.run();
      } finally {
        apart.add(lone);
      }
    } catch (Fault e) {
      throw new SQLException("reads are running", e);
    } finally {
      shared.addAll(taken);
    }
  }

  /// The same with every connection closed meanwhile; each is opened when it is next needed.
  void replaced(Quiet action) throws SQLException {
    paused(
        () -> {
          // All slots are taken, so these are the ones that nobody holds.
          slots.forEach(Slot::drop);
          action.run();
        });
  }

  private Tx open() throws SQLException {
    return Tx.reader(dialect);
  }

  /// Waits up to 5 s for each read that is running. Where one has not ended by then, it and those
  /// behind it keep their connections.
  @Override
  public void close() {
    close(apart, 1);
    close(shared, dialect.readers());
  }

  private static void close(BlockingQueue<Slot> slots, int count) {
    try {
      for (int i = 0; i < count; i++) {
        take(slots).drop();
      }
    } catch (Fault e) {
      log.warn("closed while somebody reads");
    }
  }

  /// A place for a connection. Whoever took it from its queue has it alone.
  private final class Slot {
    private @Nullable Tx tx;
    private long usedNs;

    Slot(Tx tx) {
      this.tx = tx;
      slots.add(this);
    }

    Tx tx() {
      Tx known = tx;
      if (known != null && isAlive(known)) {
        return known;
      }
      try {
        Tx fresh = open();
        tx = fresh;
        return fresh;
      } catch (SQLException e) {
        log.error("no connection to read with", e);
        throw Fault.retry(FaultCode.UNAVAILABLE, "nothing can be read now; try again", RETRY);
      }
    }

    /// An engine that was started anew has closed its connections.
    private boolean isAlive(Tx known) {
      if (!dialect.isRemote()) {
        return true;
      }
      long now = Clock.SYSTEM.nanos();
      boolean alive = now - usedNs < TRUSTED.toNanos() || known.isAlive();
      usedNs = now;
      if (!alive) {
        known.drop();
        tx = null;
      }
      return alive;
    }

    boolean broken() {
      return tx != null && tx.broken();
    }

    void drop() {
      if (tx != null) {
        tx.drop();
        tx = null;
      }
    }
  }
}
