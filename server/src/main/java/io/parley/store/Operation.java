package io.parley.store;

import io.parley.base.Clock;
import io.parley.base.Completion;
import io.parley.base.Fault;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One queued operation and, once it ran, how it ended.
final class Operation<T extends @Nullable Object> {
  private static final Logger log = LoggerFactory.getLogger(Operation.class);
  private static final String SAVEPOINT = "SAVEPOINT op";
  private static final String RELEASE = "RELEASE SAVEPOINT op";
  private static final String UNDO = "ROLLBACK TO SAVEPOINT op";

  private final Work<T> work;
  private final Completion<T> completion;
  private final long queuedNs = Clock.SYSTEM.nanos();
  private @Nullable T result;
  private @Nullable Fault fault;
  private List<Runnable> afterCommit = List.of();

  Operation(Work<T> work, Completion<T> completion) {
    this.work = work;
    this.completion = completion;
  }

  /// Does the work; what it throws undoes what it did, and nothing of others.
  ///
  /// @throws StoreException if it could not be undone
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

  /// Nothing of it was kept, whatever became of it so far.
  void refuse(Fault why) {
    fault = why;
    afterCommit = List.of();
  }

  long waitedNs() {
    return Clock.SYSTEM.nanos() - queuedNs;
  }

  /// Tells the end: first what is to happen after the commit, then the caller. One that throws
  /// costs no other its turn.
  @SuppressWarnings("NullAway") // a null result is what the work returned
  void complete() {
    Fault failed = fault;
    if (failed != null) {
      tell(() -> completion.failed(failed));
      return;
    }
    afterCommit.forEach(Operation::tell);
    tell(() -> completion.done(result));
  }

  private static void tell(Runnable action) {
    try {
      action.run();
    } catch (Throwable e) {
      log.error("telling the end of a write failed", e);
    }
  }
}
