package io.parley.feed.timeline;

import io.parley.base.AccountId;
import io.parley.feed.post.Reason;
import io.parley.store.Tx;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Whose posts are in an account's follow feed: those it follows and its friends.
///
/// @param pulled author → whether its posts are fetched rather than written into timelines
/// @param followed those of the authors that are followed; the others are friends only
/// @param fingerprint stands for the authors and since when: another set has another, and so has
///     the same one after somebody was dropped and taken up again
public record Sources(Map<Long, Boolean> pulled, Set<Long> followed, long fingerprint) {

  static Sources of(Tx tx, TimelineStore store, AccountId reader) {
    Map<Long, Boolean> pulled = new LinkedHashMap<>();
    long sum = 0;
    for (TimelineStore.Source source : store.followees(tx, reader)) {
      pulled.put(source.author(), source.pulled());
      sum += mix(source.author() + mix(source.since()));
    }
    Set<Long> followed = Set.copyOf(pulled.keySet());
    for (TimelineStore.Source source : store.friends(tx, reader)) {
      pulled.put(source.author(), source.pulled());
      sum += mix(~source.author() + mix(source.since()));
    }
    return new Sources(pulled, followed, sum);
  }

  /// Whether posts of `author` are in the feed.
  public boolean has(long author) {
    return pulled.containsKey(author);
  }

  /// Why posts of one of the authors are shown.
  public Reason reason(long author) {
    return followed.contains(author) ? Reason.FOLLOWED : Reason.FRIEND;
  }

  /// The finalizer of SplitMix64: every bit of the input turns about half of the output's.
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
