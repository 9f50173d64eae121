package io.parley.feed.timeline;

import io.parley.store.Tx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/// The newest posts of several authors, merged author by author. Once enough are known, an author
/// is asked only for what is newer than the oldest of them.
final class AuthorMerge {
  private final TimelineStore store;
  private final long below;
  private final int limit;
  private final TreeMap<Long, Long> authors = new TreeMap<>();

  /// `below`: an id, exclusive.
  AuthorMerge(TimelineStore store, long below, int limit) {
    this.store = store;
    this.below = below;
    this.limit = limit;
  }

  void addAll(Tx tx, Collection<Long> from) {
    for (long author : from) {
      for (long post : store.newestOf(tx, author, floor() - 1, below, limit)) {
        add(post, author);
      }
    }
  }

  void add(long post, long author) {
    authors.put(post, author);
    if (authors.size() > limit) {
      authors.pollFirstEntry();
    }
  }

  /// Every post of the authors with at least this id is known; 0: all are.
  long floor() {
    return authors.size() < limit ? 0 : authors.firstKey();
  }

  /// What is known from `floor` up, newest first.
  List<TimelineStore.Entry> from(long floor) {
    List<TimelineStore.Entry> entries = new ArrayList<>();
    authors
        .descendingMap()
        .headMap(floor, true)
        .forEach((post, author) -> entries.add(new TimelineStore.Entry(post, author)));
    return entries;
  }
}
