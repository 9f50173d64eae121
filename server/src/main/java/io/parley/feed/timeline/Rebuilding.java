package io.parley.feed.timeline;

import io.parley.base.AccountId;
import io.parley.base.Limits;
import io.parley.store.Db;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes timelines anew, some at a time, for readers whose timeline does not fit whom they follow.
///
/// First the head is written, so that from then on new posts are written into the timeline; then
/// the posts that are there are looked up; then they are added and the head says from where on the
/// timeline is whole. A kill in between leaves a head that is whole from nowhere on.
public final class Rebuilding {
  private static final int WAITING_MAX = 10_000;
  private static final int BATCH = 32;

  private final Db db;
  private final Limits limits;
  private final Runnable wake;
  private final TimelineStore store = new TimelineStore();
  private final Set<AccountId> waiting = new LinkedHashSet<>();

  /// `wake`: asks for [#run] to be called soon on another thread.
  public Rebuilding(Db db, Limits limits, Runnable wake) {
    this.db = db;
    this.limits = limits;
    this.wake = wake;
  }

  /// Never blocks. Forgotten if too many wait: the reader's next page asks again.
  void request(AccountId reader) {
    boolean added;
    synchronized (waiting) {
      added = waiting.size() < WAITING_MAX && waiting.add(reader);
    }
    if (added) {
      wake.run();
    }
  }

  /// Makes some of what was asked for; whether more waits.
  public boolean run() {
    List<AccountId> batch = next();
    if (batch.isEmpty()) {
      return false;
    }
    Map<AccountId, Sources> sources =
        db.write(
            tx -> {
              Map<AccountId, Sources> all = new HashMap<>();
              for (AccountId reader : batch) {
                Sources present = Sources.of(tx, store, reader);
                all.put(reader, present);
                store.putHead(
                    tx, reader, new TimelineStore.Head(Long.MAX_VALUE, present.fingerprint()));
              }
              return all;
            });
    Map<AccountId, AuthorMerge> posts = new HashMap<>();
    sources.forEach((reader, present) -> posts.put(reader, look(present)));
    db.change(
        tx -> {
          posts.forEach(
              (reader, newest) -> {
                TimelineStore.Head head = store.head(tx, reader);
                Sources present = sources.get(reader);
                if (head != null && present != null && head.sources() == present.fingerprint()) {
                  store.drop(tx, reader, newest.floor());
                  newest
                      .from(newest.floor())
                      .forEach(entry -> store.insert(tx, reader, entry.post(), entry.author()));
                  store.putHead(tx, reader, new TimelineStore.Head(newest.floor(), head.sources()));
                }
              });
        });
    return true;
  }

  private List<AccountId> next() {
    synchronized (waiting) {
      List<AccountId> batch = new ArrayList<>(waiting.stream().limit(BATCH).toList());
      batch.forEach(waiting::remove);
      return batch;
    }
  }

  private AuthorMerge look(Sources sources) {
    List<Long> written =
        sources.pulled().entrySet().stream()
            .filter(each -> !each.getValue())
            .map(Map.Entry::getKey)
            .toList();
    AuthorMerge newest = new AuthorMerge(store, Long.MAX_VALUE, limits.feedTimelineMax());
    db.read(
        tx -> {
          newest.addAll(tx, written);
          return written.size();
        });
    return newest;
  }
}
