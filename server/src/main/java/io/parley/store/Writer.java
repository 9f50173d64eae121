package io.parley.store;

import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Histogram;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one writer: operations of all callers queue here, run one after another inside one
/// transaction, a savepoint each, and share the commit, so that one fsync serves everyone who
/// waits.
///
/// Two threads: `parley-writer` runs SQL and commits; `parley-commits` tells callers, so that the
/// next batch is being written while the last one is being answered. Both keep commit order. The
/// queue is bounded: when it is full, callers are told BUSY at once and nothing is stored.
final class Writer {
  private static final Logger log = LoggerFactory.getLogger(Writer.class);
  private static final Duration RETRY = Duration.ofMillis(100);
  private static final String SAVEPOINT = "SAVEPOINT op";
  private static final String RELEASE = "RELEASE SAVEPOINT op";
  private static final String UNDO = "ROLLBACK TO SAVEPOINT op";

  /// One queued operation and, once it ran, how it ended.
  private static final class Op<T extends @Nullable Object> {
    final Work<T> work;
    final Completion<T> completion;
    final long queuedNs = Clock.SYSTEM.nanos();
    @Nullable T result;
    @Nullable Fault fault;
    List<Runnable> afterCommit = List.of();

    Op(Work<T> work, Completion<T> completion) {
      this.work = work;
      this.completion = completion;
    }

    void run(Tx tx) {
      tx.update(SAVEPOINT);
      try {
        result = work.run(tx);
        tx.update(RELEASE);
        afterCommit = tx.takeCommitted();
      } catch (Throwable e) {
        // An Error too must neither kill the writer nor leave half an operation in the commit.
        tx.takeCommitted();
        tx.update(UNDO);
        tx.update(RELEASE);
        fault = Fault.from(e);
        if (!(e instanceof Fault)) {
          log.error("a write failed", e);
        }
      }
    }

    @SuppressWarnings("NullAway") // a null result is what the work returned
    void complete() {
      try {
        if (fault != null) {
          completion.failed(fault);
          return;
        }
        for (Runnable action : afterCommit) {
          action.run();
        }
        completion.done(result);
      } catch (RuntimeException e) {
        log.error("telling the end of a write failed", e);
      }
    }
  }

  private final Tx tx;
  private final int batchMax;
  private final BlockingQueue<Op<?>> queue;
  private final BlockingQueue<List<Op<?>>> commits;
  private final Thread writing;
  private final Thread telling;
  private volatile boolean stopping;
  private volatile boolean told;

  final LongAdder operations = new LongAdder();
  final LongAdder batches = new LongAdder();

  /// Microseconds from queueing to the commit on disk.
  final Histogram latency = new Histogram();

  Writer(Tx tx, int queueMax, int batchMax) {
    this.tx = tx;
    this.batchMax = batchMax;
    queue = new ArrayBlockingQueue<>(queueMax);
    commits = new ArrayBlockingQueue<>(Math.max(1, queueMax / batchMax));
    writing = Thread.ofPlatform().name("parley-writer").daemon().start(this::write);
    telling = Thread.ofPlatform().name("parley-commits").daemon().start(this::tell);
  }

  /// Queues `work`. Never blocks.
  ///
  /// @throws Fault BUSY if the queue is full, UNAVAILABLE once the store is closing
  <T extends @Nullable Object> void submit(Work<T> work, Completion<T> completion) {
    if (stopping) {
      throw Fault.retry(FaultCode.UNAVAILABLE, "the server is stopping", Duration.ofSeconds(1));
    }
    if (!queue.offer(new Op<>(work, completion))) {
      throw Fault.retry(FaultCode.BUSY, "limits.write_queue_max writes are waiting already", RETRY);
    }
  }

  int waiting() {
    return queue.size();
  }

  /// Finishes what is queued, tells it, stops.
  void close() throws InterruptedException {
    stopping = true;
    submitStop(queue, new Op<>(t -> 0, new Silent()));
    writing.join();
    told = true;
    submitStop(commits, List.of());
    telling.join();
  }

  private static <T> void submitStop(BlockingQueue<T> queue, T last) throws InterruptedException {
    queue.put(last);
  }

  private void write() {
    try {
      while (true) {
        List<Op<?>> batch = new ArrayList<>(batchMax);
        batch.add(queue.take());
        queue.drainTo(batch, batchMax - 1);
        commit(batch);
        commits.put(batch);
        if (stopping && queue.isEmpty()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void commit(List<Op<?>> batch) {
    try {
      for (Op<?> op : batch) {
        op.run(tx);
      }
      tx.commit();
      operations.add(batch.size());
      batches.increment();
    } catch (SQLException | RuntimeException e) {
      log.error("a commit of {} writes failed; none was kept", batch.size(), e);
      Fault fault = Fault.internal(e);
      batch.forEach(op -> op.fault = op.fault == null ? fault : op.fault);
      tx.takeCommitted();
      rollback();
    }
  }

  private void rollback() {
    try {
      tx.rollback();
    } catch (RuntimeException e) {
      log.error("the rollback failed too", e);
    }
  }

  private void tell() {
    try {
      while (!told || !commits.isEmpty()) {
        for (Op<?> op : commits.take()) {
          latency.add((Clock.SYSTEM.nanos() - op.queuedNs) / 1000);
          op.complete();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Nobody waits.
  private static final class Silent implements Completion<Integer> {
    @Override
    public void done(Integer result) {}

    @Override
    public void failed(Fault fault) {}
  }
}
