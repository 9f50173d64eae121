package io.parley.store;

import io.parley.base.Bulkhead;
import io.parley.base.Caller;
import io.parley.base.Cancellable;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.Limits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Where everything runs that reads texts, names or memberships to find something, rather than
/// looking it up: searches of messages, accounts, groups and posts, for users and for operators.
///
/// It has a few threads, fewer than there are connections, so that others can always read. Bounded
/// are how many scans wait, how many of them are one caller's, and with [Budget] how much one
/// reads. A caller that leaves takes its scan with it.
public final class Scans implements AutoCloseable {
  /// What finds.
  @FunctionalInterface
  public interface Scan<T extends @Nullable Object> {
    /// @param budget to be told of whatever is read
    T run(Tx tx, Budget budget);
  }

  private static final int THREADS_MAX = 2;

  private final Db db;
  private final Limits limits;
  private final Clock clock;
  private final Bulkhead threads;

  public Scans(Db db, Limits limits, Clock clock) {
    this.db = db;
    this.limits = limits;
    this.clock = clock;
    threads =
        new Bulkhead(
            "parley-scan-",
            new Bulkhead.Bounds(
                Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, THREADS_MAX),
                new Bulkhead.Cap("limits.searches_waiting_max", limits.searchesWaitingMax()),
                new Bulkhead.Cap("limits.searches_per_account_max", limits.searchesPerAccountMax()),
                time().dividedBy(2),
                time()));
  }

  /// Runs `scan` for `caller`, who waits for it.
  ///
  /// @throws Fault BUSY if too many wait, or too many of this caller's, or its turn does not come
  ///     within half of `limits.search_s_max`, or it takes longer than that; UNAVAILABLE if the
  ///     caller has gone; what the scan threw
  public <T> T read(Caller caller, Scan<T> scan) {
    return Cancellable.unlessLeft(
        () -> threads.run(who(caller), new Reading<>(scan), this::tooLong));
  }

  private final class Reading<T> implements Bulkhead.Job<T> {
    private final Scan<T> scan;
    private volatile boolean aborted;
    private volatile @Nullable Budget budget;

    Reading(Scan<T> scan) {
      this.scan = scan;
    }

    @Override
    public T run() {
      Budget mine = budget();
      budget = mine;
      if (aborted) {
        mine.abort();
      }
      return db.read(tx -> scan.run(tx, mine));
    }

    @Override
    public void abort() {
      aborted = true;
      Budget begun = budget;
      if (begun != null) {
        begun.abort();
      }
    }
  }

  /// Scans of `caller` that wait or run.
  public int shareOf(Caller caller) {
    return threads.shareOf(who(caller));
  }

  private static Object who(Caller caller) {
    return caller.accountId() == null ? caller.address() : caller.accountId();
  }

  /// Runs `scan`, which an index serves, at once and on the calling thread.
  public <T extends @Nullable Object> T lookUp(Scan<T> scan) {
    return db.read(tx -> scan.run(tx, budget()));
  }

  private Budget budget() {
    return new Budget(limits.searchCharsMax(), time().dividedBy(2), clock);
  }

  private Duration time() {
    return Duration.ofSeconds(limits.searchSMax());
  }

  private Fault tooLong() {
    return Bulkhead.busy(
        "too many searches; limits.search_s_max = " + limits.searchSMax() + " s are for one");
  }

  @Override
  public void close() {
    threads.close();
  }
}
