package io.parley.admin;

import io.parley.base.Clock;
import io.parley.store.Db;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// How much there is of everything.
///
/// Counting reads whole tables, so it is done when somebody asks, by one at a time, at most every
/// ten seconds, and so seldom that it takes a hundredth of the time; until then the last counts
/// are told.
public final class Totals {
  /// @param countedAt epoch milliseconds
  public record Counts(
      long accounts,
      long disabled,
      long groups,
      long conversations,
      long messages,
      long posts,
      long countedAt) {}

  private static final long KEPT_NS = 10_000_000_000L;
  private static final int REST = 100;

  private final Db db;
  private final Clock clock;
  private final TotalsStore store = new TotalsStore();
  private final ReentrantLock counting = new ReentrantLock();
  private volatile @Nullable Counts known;
  private volatile long goodUntilNs;

  public Totals(Db db, Clock clock) {
    this.db = db;
    this.clock = clock;
  }

  /// The latest counts. Blocks while they are made for the first time.
  public Counts counts() {
    Counts latest = known;
    if (latest != null && (isGood() || !counting.tryLock())) {
      return latest;
    }
    if (latest == null) {
      counting.lock();
    }
    try {
      Counts meanwhile = known;
      return meanwhile != null && isGood() ? meanwhile : count();
    } finally {
      counting.unlock();
    }
  }

  private boolean isGood() {
    return clock.nanos() < goodUntilNs;
  }

  private Counts count() {
    long start = clock.nanos();
    Counts fresh = db.read(tx -> store.count(tx, clock.millis()));
    long took = clock.nanos() - start;
    known = fresh;
    goodUntilNs = start + Math.max(KEPT_NS, REST * took);
    return fresh;
  }
}
