package io.parley.feed.timeline;

import io.parley.base.AccountId;
import io.parley.base.Limits;
import io.parley.bus.Bus;
import io.parley.bus.Event;
import io.parley.bus.NoticeKind;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.util.List;

/// Writes new posts into the timelines of whoever follows their authors, and tells them.
///
/// It takes them from the outbox ([io.parley.feed.post.Outbox]). A batch of readers is served, and
/// the place reached noted, in one transaction each, so a kill repeats nothing and loses nothing.
/// Authors with more than `limits.feed_fanout_followers_max` readers become pulled for good: their
/// posts are fetched when somebody reads, and announced to nobody.
public final class Fanout {
  private static final int BATCH = 256;
  private static final int FOLLOWERS = 0;

  /// One in so many posts trims a timeline, so that it is at most about this much too long.
  private static final int TRIM_EVERY = 64;

  private final Db db;
  private final Bus bus;
  private final Limits limits;
  private final TimelineStore store = new TimelineStore();

  public Fanout(Db db, Bus bus, Limits limits) {
    this.db = db;
    this.bus = bus;
    this.limits = limits;
  }

  /// Serves one batch; whether more waits.
  public boolean run() {
    return db.read(tx -> store.pending(tx) != null) && db.write(this::step);
  }

  private boolean step(Tx tx) {
    TimelineStore.Pending pending = store.pending(tx);
    if (pending == null) {
      return false;
    }
    if (pending.phase() == FOLLOWERS && pending.after() == 0 && pulled(tx, pending.author())) {
      store.done(tx, pending.post());
      return true;
    }
    List<TimelineStore.Reader> readers =
        pending.phase() == FOLLOWERS
            ? store.followersAfter(tx, pending.author(), pending.after(), BATCH)
            : store.friendsAfter(tx, pending.author(), pending.after(), BATCH);
    for (TimelineStore.Reader reader : readers) {
      if (reader.reads()) {
        write(tx, reader.account(), pending);
      }
    }
    announce(tx, pending, readers);
    if (readers.size() == BATCH) {
      long last = readers.getLast().account().value();
      store.advance(
          tx, new TimelineStore.Pending(pending.post(), pending.author(), pending.phase(), last));
    } else if (pending.phase() == FOLLOWERS) {
      store.advance(
          tx, new TimelineStore.Pending(pending.post(), pending.author(), FOLLOWERS + 1, 0));
    } else {
      store.done(tx, pending.post());
    }
    return true;
  }

  private boolean pulled(Tx tx, long author) {
    if (store.isPulled(tx, author)) {
      return true;
    }
    int most = limits.feedFanoutFollowersMax();
    boolean many = store.readers(tx, author, most + 1) > most;
    if (many) {
      store.pull(tx, author);
    }
    return many;
  }

  private void write(Tx tx, AccountId reader, TimelineStore.Pending pending) {
    store.insert(tx, reader, pending.post(), pending.author());
    long turn = (pending.post() >>> 12) + reader.value();
    if (Math.floorMod(turn, TRIM_EVERY) == 0) {
      store.trim(tx, reader, limits.feedTimelineMax());
    }
  }

  private void announce(Tx tx, TimelineStore.Pending pending, List<TimelineStore.Reader> readers) {
    if (!readers.isEmpty()) {
      Event posted =
          new Event.Notice(
              NoticeKind.POSTED,
              pending.post(),
              new AccountId(pending.author()),
              readers.stream().map(TimelineStore.Reader::account).toList());
      bus.publish(tx, posted);
    }
  }
}
