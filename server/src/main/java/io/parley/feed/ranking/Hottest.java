package io.parley.feed.ranking;

import io.parley.base.Clock;
import io.parley.base.Limits;
import io.parley.store.Tx;
import java.time.Duration;
import java.util.List;

/// The posts that everybody's lists begin with: the hottest and the newest, read at most every two
/// seconds for all readers together.
final class Hottest {
  private static final Duration AGE_MAX = Duration.ofSeconds(2);
  private static final int UNSEEN = 400;
  private static final int NEWEST = 100;

  /// Both lists.
  record Lists(List<Candidate> hottest, List<Candidate> newest, long readAt) {}

  private final Clock clock;
  private final int depth;
  private final RankStore store = new RankStore();
  private volatile Lists lists = new Lists(List.of(), List.of(), 0);
  private volatile boolean any;

  Hottest(Clock clock, Limits limits) {
    this.clock = clock;
    // Enough to leave something for a reader who has seen as much as is remembered.
    this.depth = limits.feedSeenMax() + UNSEEN;
  }

  Lists lists(Tx tx) {
    Lists present = lists;
    if (any && clock.nanos() - present.readAt() < AGE_MAX.toNanos()) {
      return present;
    }
    return read(tx);
  }

  private synchronized Lists read(Tx tx) {
    if (any && clock.nanos() - lists.readAt() < AGE_MAX.toNanos()) {
      return lists;
    }
    lists = new Lists(store.hottest(tx, depth), store.newest(tx, NEWEST), clock.nanos());
    any = true;
    return lists;
  }
}
