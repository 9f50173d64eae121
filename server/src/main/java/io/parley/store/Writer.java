package io.parley.store;

import io.parley.base.Clock;
import io.parley.base.Completion;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Heartbeat;
import io.parley.base.Histogram;
import io.parley.base.Limits;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Operations of all callers queue here, run one after another inside one transaction, a savepoint
/// each, and share the commit, so that one fsync serves everyone who waits.
///
/// Two threads: one runs SQL and commits; the other tells callers, so that the next batch is being
/// written while the last one is being answered. Both keep commit order. The queue is bounded: when
/// it is full, callers are told BUSY at once and nothing is stored.
///
/// Where the engine or the disk fails, nothing of the batch is kept and everybody is told
/// UNAVAILABLE until a new connection has shown that it can write. The one doubt that is left is a
/// commit that the disk refused to sync: nobody sees it while this process lives, and a restart may
/// find it whole. It is told as UNAVAILABLE; whoever tries again under the same key gets what is
/// there. Where the engine is another program and its connection is cut while it commits, the
/// writer looks for the commit before it tells anybody.
final class Writer {
  private static final Logger log = LoggerFactory.getLogger(Writer.class);
  private static final Duration RETRY = Duration.ofMillis(100);
  private static final Duration MEND_RETRY = Duration.ofSeconds(1);
  private static final int MEND_FIRST_MS = 50;
  private static final int MEND_LAST_MS = 1_000;
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

  private final WriteConnection connection;
  private final int batchMax;
  private final BlockingQueue<Operation<?>> queue;
  private final BlockingQueue<List<Operation<?>>> commits;
  private final Thread writing;
  private final Thread telling;
  private volatile boolean stopping;
  private volatile boolean told;
  private volatile boolean broken;

  final Heartbeat writingBeat;
  final Heartbeat tellingBeat;
  final LongAdder operations = new LongAdder();
  final LongAdder batches = new LongAdder();

  private final Histogram latency;

  /// The names of its threads.
  record Names(String writing, String telling) {}

  /// @param latency where it counts the microseconds from queueing to the commit on disk
  Writer(Names names, WriteConnection connection, Limits limits, Histogram latency) {
    this.connection = connection;
    this.latency = latency;
    batchMax = limits.writeBatchMax();
    queue = new ArrayBlockingQueue<>(limits.writeQueueMax());
    commits = new ArrayBlockingQueue<>(Math.max(1, limits.writeQueueMax() / batchMax));
    writingBeat = new Heartbeat(names.writing());
    tellingBeat = new Heartbeat(names.telling());
    writing = Thread.ofPlatform().name(names.writing()).daemon().start(this::write);
    telling = Thread.ofPlatform().name(names.telling()).daemon().start(this::tell);
  }

  /// Queues `operation`. Never blocks.
  ///
  /// @throws Fault BUSY if the queue is full, UNAVAILABLE while nothing can be written and once the
  ///     store is closing
  void submit(Operation<?> operation) {
    if (stopping) {
      throw Fault.retry(FaultCode.UNAVAILABLE, "the server is stopping", MEND_RETRY);
    }
    if (broken) {
      throw unavailable();
    }
    if (!queue.offer(operation)) {
      throw Fault.retry(FaultCode.BUSY, "limits.write_queue_max writes are waiting already", RETRY);
    }
  }

  int waiting() {
    return queue.size();
  }

  /// Whether the last try to write went well.
  boolean works() {
    return !broken;
  }

  /// Finishes what is queued, tells it, stops.
  void close() throws InterruptedException {
    stopping = true;
    queue.put(Operation.alone(t -> 0, Completion.ignored()));
    writing.join();
    told = true;
    commits.put(List.of());
    telling.join();
  }

  private void write() {
    List<Operation<?>> kept = List.of();
    try {
      while (true) {
        writingBeat.rests();
        List<Operation<?>> batch = new ArrayList<>(batchMax);
        batch.addAll(kept);
        if (batch.isEmpty()) {
          batch.add(queue.take());
        }
        writingBeat.works();
        queue.drainTo(batch, batchMax - batch.size());
        int done = commit(batch);
        kept = batch.subList(done, batch.size());
        commits.put(batch.subList(0, done));
        mend();
        if (stopping && queue.isEmpty() && kept.isEmpty()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      writingBeat.ends();
    }
  }

  /// How many of `all` came to an end: all of them, unless there are others whose turn it is.
  private int commit(List<Operation<?>> all) throws InterruptedException {
    List<Operation<?>> batch = all;
    try {
      connection.start();
      Tx tx = connection.tx();
      batch = all.subList(0, Operation.runAll(tx, all, connection::isOver));
      connection.commit();
    } catch (SQLException | RuntimeException | Error e) {
      broken = true;
      if (connection.isUnheard() && wasKept(e)) {
        count(batch);
        return batch.size();
      }
      log.error("a commit of {} writes failed; none was kept", batch.size(), e);
      if (connection.inDoubt()) {
        writingBeat.ends();
      }
      all.forEach(operation -> operation.refuse(unavailable()));
      return all.size();
    }
    if (!connection.inPlace()) {
      // It is committed, and events of it may not go out before it is where a restart finds it.
      broken = true;
      if (!secured()) {
        all.forEach(operation -> operation.refuse(unavailable()));
        return all.size();
      }
    }
    count(batch);
    return batch.size();
  }

  private void count(List<Operation<?>> batch) {
    operations.add(batch.size());
    batches.increment();
  }

  /// Whether a commit was kept whose end was not heard. Their callers wait until that is known, or
  /// the server stops.
  private boolean wasKept(Throwable why) throws InterruptedException {
    log.error("the end of a commit was not heard; looking for what became of it", why);
    boolean[] kept = new boolean[1];
    boolean known = tryUntil(() -> kept[0] = connection.wasKept(), STOP_PATIENCE);
    broken = !known;
    return kept[0];
  }

  private boolean secured() throws InterruptedException {
    log.error(
        "the files of the database are no longer in place; nothing is written until they are");
    return tryUntil(connection::secure, STOP_PATIENCE);
  }

  /// Returns once the store can be written, or the server stops.
  private void mend() throws InterruptedException {
    if (!broken) {
      return;
    }
    if (tryUntil(connection::reopen, Duration.ZERO)) {
      broken = false;
      log.warn("the store can be written again");
    }
  }

  private interface Attempt {
    void make() throws SQLException;
  }

  /// Tries until it works; meanwhile refuses what comes. False if it did not before the server had
  /// to stop.
  private boolean tryUntil(Attempt attempt, Duration patience) throws InterruptedException {
    int pauseMs = MEND_FIRST_MS;
    String last = "";
    long stopNs = 0;
    while (true) {
      try {
        attempt.make();
        return true;
      } catch (SQLException | RuntimeException | Error e) {
        if (!String.valueOf(e.getMessage()).equals(last)) {
          last = String.valueOf(e.getMessage());
          log.error("the store cannot be written yet", e);
        }
      }
      writingBeat.works();
      refuse(queue.poll(pauseMs, TimeUnit.MILLISECONDS));
      if (stopping) {
        stopNs = stopNs == 0 ? Clock.SYSTEM.nanos() : stopNs;
        if (Clock.SYSTEM.nanos() - stopNs >= patience.toNanos()) {
          return false;
        }
      }
      pauseMs = Math.min(pauseMs * 2, MEND_LAST_MS);
    }
  }

  private void refuse(@Nullable Operation<?> first) throws InterruptedException {
    List<Operation<?>> refused = new ArrayList<>();
    if (first != null) {
      refused.add(first);
    }
    queue.drainTo(refused);
    if (!refused.isEmpty()) {
      refused.forEach(operation -> operation.refuse(unavailable()));
      commits.put(refused);
    }
  }

  private static Fault unavailable() {
    return Fault.retry(FaultCode.UNAVAILABLE, "nothing can be stored now; try again", MEND_RETRY);
  }

  private void tell() {
    try {
      while (!told || !commits.isEmpty()) {
        tellingBeat.rests();
        List<Operation<?>> batch = commits.take();
        tellingBeat.works();
        for (Operation<?> operation : batch) {
          latency.add(operation.waitedNs() / 1000);
          operation.complete();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      tellingBeat.ends();
    }
  }
}
