package io.parley.feed.ranking;

import io.parley.base.AccountId;
import io.parley.base.Limits;
import io.parley.store.Tx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/// Which posts were recommended to whom: the last `limits.feed_seen_max` of each account. Kept in
/// memory until the next batch is written, so a kill forgets the last second.
public final class Seen {
  private static final int WAITING_MAX = 500_000;

  private final Limits limits;
  private final RankStore store = new RankStore();
  private final Map<AccountId, List<Long>> waiting = new HashMap<>();
  private int posts;

  public Seen(Limits limits) {
    this.limits = limits;
  }

  /// Remembers; forgotten if more wait than can be written.
  synchronized void add(AccountId reader, List<Long> shown) {
    if (!shown.isEmpty() && posts + shown.size() <= WAITING_MAX) {
      waiting.computeIfAbsent(reader, none -> new ArrayList<>()).addAll(shown);
      posts += shown.size();
    }
  }

  /// What `reader` was shown lately.
  Set<Long> of(Tx tx, AccountId reader) {
    // Memory first: what is written meanwhile is then found in the store.
    Set<Long> all = new HashSet<>(pending(reader));
    for (long post : store.seen(tx, reader)) {
      all.add(post);
    }
    return all;
  }

  private synchronized List<Long> pending(AccountId reader) {
    return List.copyOf(waiting.getOrDefault(reader, List.of()));
  }

  /// What waits to be written. It stays readable until [#written] hears of it.
  public synchronized Map<AccountId, List<Long>> snapshot() {
    Map<AccountId, List<Long>> copy = new HashMap<>();
    waiting.forEach((reader, shown) -> copy.put(reader, List.copyOf(shown)));
    return copy;
  }

  /// Inside a transaction: adds what waits to what each account was shown.
  public void write(Tx tx, Map<AccountId, List<Long>> batch) {
    batch.forEach(
        (reader, shown) -> {
          long[] before = store.seen(tx, reader);
          long[] all =
              LongStream.concat(LongStream.of(before), shown.stream().mapToLong(Long::longValue))
                  .skip(Math.max(0, before.length + shown.size() - limits.feedSeenMax()))
                  .toArray();
          store.putSeen(tx, reader, all);
        });
  }

  /// Forgets what was written.
  public synchronized void written(Map<AccountId, List<Long>> batch) {
    batch.forEach(
        (reader, shown) -> {
          List<Long> known = waiting.get(reader);
          if (known != null) {
            known.subList(0, Math.min(known.size(), shown.size())).clear();
            posts -= shown.size();
            if (known.isEmpty()) {
              waiting.remove(reader);
            }
          }
        });
  }
}
