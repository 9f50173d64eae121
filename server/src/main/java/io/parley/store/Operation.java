package io.parley.store;

import io.parley.base.Clock;
import io.parley.base.Completion;
import io.parley.base.Fault;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One queued operation and, once it ran, how it ended.
final class Operation<T extends @Nullable Object> {
  private static final Logger log = LoggerFactory.getLogger(Operation.class);
  /// Of one that shares its turn and collides with others who store the same.
  private static final int TRIES = 5;

  private static final String SAVEPOINT = "SAVEPOINT op";
  private static final String RELEASE = "RELEASE SAVEPOINT op";
  private static final String UNDO = "ROLLBACK TO SAVEPOINT op";

  private final Doing<T> doing;
  private final Completion<T> completion;
  private final long queuedNs = Clock.SYSTEM.nanos();
  private @Nullable T result;
  private @Nullable Fault fault;
  private List<Runnable> afterCommit = List.of();
  private boolean singled;
  private boolean collided;
  private int tries;

  private Operation(Doing<T> doing, Completion<T> completion) {
    this.doing = doing;
    this.completion = completion;
  }

  /// What there is to do: by itself, or together with its like.
  private sealed interface Doing<T extends @Nullable Object> {
    record Alone<T extends @Nullable Object>(Work<T> work) implements Doing<T> {}

    record Shared<I, T>(Together<I, T> together, I item) implements Doing<T> {}
  }

  static <T extends @Nullable Object> Operation<T> alone(Work<T> work, Completion<T> completion) {
    return new Operation<>(new Doing.Alone<>(work), completion);
  }

  static <I, T> Operation<T> shared(Together<I, T> together, I item, Completion<T> completion) {
    return new Operation<>(new Doing.Shared<>(together, item), completion);
  }

  /// Does the work of all, in their order; those that may be done together are, where they stand
  /// beside each other. What one throws undoes what it did, and nothing of others.
  ///
  /// Where there is nothing else in the transaction it needs no savepoint, for which SQLite keeps a
  /// copy of each page that changes: more than a few, and they go into a file. Where several
  /// servers write, something else is: the turn, which a rollback would end.
  ///
  /// What could not be done together is done one by one, beginning with another transaction; and so
  /// is once more, a few times, what found that somebody else has just stored the same.
  ///
  /// @param waits asked of each but the first whether it must wait for another transaction, and the
  ///     rest with it
  /// @return how many of them, from the first on, came to their ends
  /// @throws StoreException if it could not be undone
  static int runAll(Tx tx, List<Operation<?>> operations, Predicate<Operation<?>> waits) {
    int from = 0;
    while (from < operations.size() && (from == 0 || !waits.test(operations.get(from)))) {
      int to = from + 1;
      while (to < operations.size() && operations.get(from).isLike(operations.get(to))) {
        to++;
      }
      boolean whole = to - from == operations.size() && tx.mayRollBack();
      int ended = operations.get(from).run(tx, operations.subList(from, to), whole);
      if (ended == 0) {
        break;
      }
      from += ended;
    }
    return from;
  }

  /// Whether it is done by itself after it could not be done together with others.
  boolean isSingled() {
    return singled;
  }

  private boolean sharesTurn() {
    return doing instanceof Doing.Shared<?, ?> shared && shared.together().sharesTurn();
  }

  private boolean isLike(Operation<?> other) {
    return !singled
        && !other.singled
        && doing instanceof Doing.Shared<?, ?> mine
        && other.doing instanceof Doing.Shared<?, ?> others
        && mine.together() == others.together();
  }

  /// How many of `like` came to their ends.
  private int run(Tx tx, List<Operation<?>> like, boolean whole) {
    return switch (doing) {
      case Doing.Alone<T>(Work<T> work) -> {
        undoneIfItFails(tx, whole, () -> result = work.run(tx));
        yield 1;
      }
      case Doing.Shared<?, T>(Together<?, T> together, var item) ->
          share(tx, together, like, whole);
    };
  }

  @SuppressWarnings("unchecked") // those that are like each other are of one type
  private static <I, O> int share(
      Tx tx, Together<I, O> together, List<Operation<?>> like, boolean whole) {
    List<Operation<O>> all = like.stream().map(each -> (Operation<O>) each).toList();
    Operation<O> first = all.getFirst();
    boolean done =
        first.undoneIfItFails(
            tx,
            whole,
            () -> {
              List<I> items =
                  all.stream().map(each -> ((Doing.Shared<I, O>) each.doing).item()).toList();
              List<Together.Outcome<O>> outcomes = together.run(tx, items);
              for (int i = 0; i < all.size(); i++) {
                all.get(i).end(outcomes.get(i));
              }
            });
    if (done || (all.size() == 1 && !first.collided)) {
      return all.size();
    }
    first.fault = null;
    all.forEach(each -> each.singled = true);
    return 0;
  }

  private void end(Together.Outcome<T> outcome) {
    result = outcome.value();
    fault = outcome.refused();
  }

  /// @param whole whether nothing else was done since the last commit
  private boolean undoneIfItFails(Tx tx, boolean whole, Runnable work) {
    if (!whole) {
      tx.update(SAVEPOINT);
    }
    try {
      work.run();
      if (!whole) {
        tx.update(RELEASE);
      }
      afterCommit = tx.takeCommitted();
      return true;
    } catch (Throwable e) {
      // An Error too must neither kill the writer nor leave half an operation in the commit.
      tx.takeCommitted();
      if (whole) {
        tx.rollback();
      } else {
        tx.update(UNDO);
        tx.update(RELEASE);
      }
      fault = Fault.from(e);
      collided = e instanceof DuplicateKeyException && sharesTurn() && ++tries < TRIES;
      if (!(e instanceof Fault) && !collided) {
        log.error("a write failed", e);
      }
      return false;
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
  /// costs no other its turn. Of those that were done together the first has what is to happen for
  /// all.
  @SuppressWarnings("NullAway") // a null result is what the work returned
  void complete() {
    afterCommit.forEach(Operation::tell);
    Fault failed = fault;
    if (failed != null) {
      tell(() -> completion.failed(failed));
      return;
    }
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
