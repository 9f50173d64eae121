package io.parley.store;

import io.parley.base.Clock;
import io.parley.base.Ids;
import io.parley.base.Node;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A connection that a [Writer] writes on: opened anew after the engine failed under it. By the
/// writer's thread only.
final class WriteConnection implements AutoCloseable {
  /// What its transactions are to those of other connections, of this server and of others.
  enum Turn {
    /// Nobody else writes meanwhile.
    WHOLE,
    /// Others that share write at the same time; with them it has no rows but those that it holds.
    SHARED
  }

  /// How far the stored mark of ids runs ahead of the newest id: about a second, so that it is
  /// written about once a second.
  private static final long MARK_AHEAD = 1L << 32;

  private static final String MARK = "UPDATE store_state SET value = ? WHERE name = 'ids'";
  private static final String PROBE =
      "UPDATE store_state SET value = value + 1, padding = ? WHERE name = 'probe'";

  /// What must fit before the disk counts as having room again: as much as many writes at once. A
  /// small probe would fit into what an earlier try left of the log, over and over.
  private static final int PROBE_BYTES = 1 << 20;

  /// Of a server among several: the mark, exactly, and that this was its batch.
  private static final String BATCH =
      """
      WITH mark AS (UPDATE store_state SET value = ? WHERE name = 'ids')
      UPDATE node SET batch = ? WHERE number = ? AND epoch = ?\
      """;

  private static final String LAST_BATCH = "SELECT batch FROM node WHERE number = ? AND epoch = ?";

  /// The same where others share the turn, whose ids may be lower and still to be committed.
  private static final String SENDS =
      "UPDATE node SET newest = ?, sends = ? WHERE number = ? AND epoch = ?";

  private static final String LAST_SENDS = "SELECT sends FROM node WHERE number = ? AND epoch = ?";

  /// What is not begun by then waits for the next turn: a batch of single operations on a database
  /// that is slow or far away must not keep the other servers out for long.
  private static final Duration TURN_MAX = Duration.ofMillis(250);

  /// So often the others' turns may take longer than `store.lock_timeout_s` before nothing is
  /// written.
  private static final int TURN_TRIES = 6;

  private final Turn turn;
  private final Dialect dialect;
  private final Readers readers;
  private @Nullable Tx open;
  private volatile @Nullable Ids ids;
  private volatile @Nullable Node node;
  private long mark;
  private long batch;
  private long turnNs;
  private long usedNs = Clock.SYSTEM.nanos();
  private boolean unheard;
  private volatile boolean lost;
  private volatile boolean inDoubt;

  WriteConnection(Turn turn, Tx open, Dialect dialect, Readers readers) {
    this.turn = turn;
    this.open = open;
    this.dialect = dialect;
    this.readers = readers;
  }

  /// From now on the store keeps a mark that no id in it is above, and where several servers write,
  /// this one does under the number of `self`.
  void begin(Ids source, Node self) {
    ids = source;
    node = self;
  }

  Tx tx() {
    Tx tx = open;
    if (tx == null) {
      throw new StoreException("there is no connection to write with");
    }
    return tx;
  }

  /// To be called before a batch: waits for this server's turn. An engine that was started anew
  /// while nothing was written has closed the connection, and costs nobody a write for it.
  ///
  /// @throws SQLException if no other can be had now, or the turn does not come
  void start() throws SQLException {
    freshen();
    if (dialect.isRemote()) {
      long mark = takeTurn(tx(), turn);
      turnNs = Clock.SYSTEM.nanos();
      Ids source = ids;
      if (source != null) {
        source.startAbove(mark);
      }
    }
  }

  /// Whether `next` has to wait for the next transaction: because others have waited long for this
  /// turn to end; or because it would hold rows beside those that are held, and others who share
  /// the turn could wait for these while they hold those.
  boolean isOver(Operation<?> next) {
    return dialect.isRemote()
        && (Clock.SYSTEM.nanos() - turnNs > TURN_MAX.toNanos()
            || (turn == Turn.SHARED && next.isSingled()));
  }

  private long takeTurn(Tx tx, Turn wanted) throws SQLException {
    for (int tries = 1; ; tries++) {
      try {
        return switch (wanted) {
          case WHOLE -> dialect.takeTurn(tx.connection());
          case SHARED -> dialect.shareTurn(tx.connection());
        };
      } catch (SQLException e) {
        if (!dialect.isBusy(e) || tries == TURN_TRIES) {
          throw e;
        }
        tx.connection().rollback();
      }
    }
  }

  private void freshen() throws SQLException {
    Tx tx = open;
    long now = Clock.SYSTEM.nanos();
    if (tx != null
        && dialect.isRemote()
        && now - usedNs > Readers.TRUSTED.toNanos()
        && !tx.isAlive()) {
      renew();
    }
    usedNs = now;
  }

  /// Commits what was done through [#tx].
  ///
  /// @throws StoreException if the engine failed meanwhile, even if whoever saw that went on
  void commit() throws SQLException {
    Tx tx = tx();
    Ids source = ids;
    if (source != null) {
      if (dialect.isRemote()) {
        sign(tx, source.last());
      } else {
        moveMark(tx, source.last(), MARK_AHEAD);
      }
    }
    if (tx.broken()) {
      throw new StoreException("the engine failed under one of these writes");
    }
    try {
      tx.commit();
    } catch (SQLException e) {
      unheard = dialect.isRemote() && dialect.isBroken(e, false);
      throw e;
    } catch (Throwable e) {
      // Thrown anywhere between here and the disk: it may be committed and in everybody's sight.
      inDoubt = true;
      throw e;
    }
  }

  /// Whoever has lost the number that it writes under may not commit any more.
  private void sign(Tx tx, long last) {
    Node self = Objects.requireNonNull(node);
    String sql = turn == Turn.WHOLE ? BATCH : SENDS;
    if (tx.update(sql, last, ++batch, self.number(), self.epoch()) == 0) {
      lost = true;
      throw new StoreException(
          "another server has this one's number %d: it must be started anew"
              .formatted(self.number()));
    }
  }

  /// Whether this server must not write any more, whatever it tries.
  boolean isLost() {
    return lost;
  }

  private void moveMark(Tx tx, long last, long ahead) {
    if (last > mark) {
      mark = last + ahead;
      tx.update(MARK, mark);
    }
  }

  /// Whether the end of the last commit was not heard, so that [#wasKept] must be asked.
  boolean isUnheard() {
    return unheard;
  }

  /// Looks on a new connection whether the last commit was kept, where its end was not heard.
  ///
  /// @throws SQLException if that cannot be known now
  boolean wasKept() throws SQLException {
    // The transaction in question is over: it had a turn or shared one, and the new connection has
    // had a whole one since. And the probe's commit is durable wherever commits have to be, so what
    // was committed before it is as well.
    renew();
    unheard = false;
    Node self = node;
    if (self == null) {
      return false;
    }
    String sql = turn == Turn.WHOLE ? LAST_BATCH : LAST_SENDS;
    long found = tx().number(sql, self.number(), self.epoch());
    tx().commit();
    boolean kept = found == batch;
    batch = found;
    return kept;
  }

  /// Whether it is not known what became of the last commit, so that only a restart can go on.
  boolean inDoubt() {
    return inDoubt;
  }

  /// Whether a restart would find what was committed.
  boolean inPlace() {
    return dialect.files() == Dialect.Files.IN_PLACE;
  }

  /// Brings what was committed to where a restart finds it.
  ///
  /// @throws SQLException if that cannot be done now
  void secure() throws SQLException {
    switch (dialect.files()) {
      case IN_PLACE -> {}
      case LOG_GONE -> readers.paused(() -> dialect.secure(tx().connection()));
      case GONE -> throw new SQLException("the database file is not where it was");
    }
  }

  /// Gives up what was not committed and opens a new connection that has shown that it can write.
  ///
  /// @throws SQLException if none can be had now
  void reopen() throws SQLException {
    if (inDoubt) {
      throw new SQLException("whether the last commit was kept is not known: needs a restart");
    }
    if (lost) {
      throw new SQLException("another server has this one's number: needs a restart");
    }
    switch (dialect.files()) {
      case IN_PLACE -> renew();
      case LOG_GONE -> {
        secure();
        // The log is known by its place to new connections, as the file that is gone to old ones.
        readers.replaced(this::renew);
      }
      case GONE -> secure();
    }
  }

  private void renew() throws SQLException {
    if (open != null) {
      open.drop();
      open = null;
    }
    mark = 0;
    Tx fresh = Tx.writer(dialect);
    try {
      takeTurn(fresh, Turn.WHOLE);
      fresh.update(PROBE, (Object) new byte[PROBE_BYTES]);
      fresh.commit();
      fresh.update(PROBE, (Object) null);
      fresh.commit();
      dialect.settle();
      open = fresh;
    } catch (IOException e) {
      throw new SQLException(e);
    } finally {
      if (open == null) {
        fresh.drop();
      }
    }
  }

  /// Leaves the mark exactly at the newest id, where it ran ahead.
  @Override
  public void close() {
    Tx tx = open;
    if (tx == null) {
      return;
    }
    Ids source = ids;
    try {
      if (source != null && !tx.broken() && !dialect.isRemote()) {
        tx.update(MARK, source.last());
        tx.commit();
      }
    } catch (SQLException | StoreException e) {
      // The mark that is there is above every id, which is all that it must be.
    }
    tx.drop();
  }
}
