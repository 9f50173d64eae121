package io.parley.feed.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.bus.Event;
import io.parley.bus.LocalBus;
import io.parley.bus.NoticeKind;
import io.parley.feed.post.Outbox;
import io.parley.feed.post.Post;
import io.parley.feed.post.PostId;
import io.parley.feed.post.PostKind;
import io.parley.feed.post.Review;
import io.parley.harness.TestLimits;
import io.parley.harness.TestStore;
import io.parley.store.Db;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Writing posts into timelines, step by step.
class FanoutTest {
  private static final long AUTHOR = 1;
  private static final int FOLLOWERS = 600;
  private static final int FRIENDS = 300;

  private static final Outbox OUTBOX = new Outbox(() -> {});

  @TempDir private Path dir;

  @Test
  void fanout_cutOffAnywhere_goesOnWhereItWas() {
    try (Db db = open()) {
      people(db);
    }
    int steps = 0;
    List<Long> told = Collections.synchronizedList(new ArrayList<>());
    boolean more = true;
    while (more) {
      // Every step has a process of its own, as if each ended in a kill.
      try (Db db = open();
          LocalBus bus = new LocalBus(100)) {
        bus.subscribe(event -> hear(event, told));
        Fanout fanout = fanout(db, bus, 1000);
        if (steps == 0) {
          db.write(
              tx -> {
                OUTBOX.add(tx, post(77));
                return 0;
              });
        }
        more = fanout.run();
        steps += more ? 1 : 0;
      }
    }
    assertTrue(steps >= 5, "900 readers in " + steps + " steps");
    try (Db db = open()) {
      assertEquals(FOLLOWERS + FRIENDS, timelineRows(db, 77));
      assertEquals(0, waiting(db));
    }
    assertEquals(FOLLOWERS + FRIENDS, told.size());
    assertEquals(FOLLOWERS + FRIENDS, new HashSet<>(told).size(), "each is told once");
  }

  @Test
  void author_withMoreReadersThanTheLimit_isPulledFromThenOn() {
    try (Db db = open();
        LocalBus bus = new LocalBus(100)) {
      people(db);
      Fanout fanout = fanout(db, bus, FOLLOWERS + FRIENDS - 1);
      for (long id = 78; id < 80; id++) {
        Post post = post(id);
        db.write(
            tx -> {
              OUTBOX.add(tx, post);
              return 0;
            });
      }
      while (fanout.run()) {}
      assertEquals(0, timelineRows(db, 78) + timelineRows(db, 79));
      assertEquals(0, waiting(db));
      boolean pulled = db.read(tx -> new TimelineStore().isPulled(tx, AUTHOR));
      assertTrue(pulled);
    }
  }

  @Test
  void readersWithoutATimeline_getNone() {
    try (Db db = open();
        LocalBus bus = new LocalBus(100)) {
      people(db);
      db.write(tx -> tx.update("DELETE FROM timeline_head WHERE account_id <= 110"));
      Fanout fanout = fanout(db, bus, 1000);
      db.write(
          tx -> {
            OUTBOX.add(tx, post(80));
            return 0;
          });
      while (fanout.run()) {}
      assertEquals(FOLLOWERS + FRIENDS - 11, timelineRows(db, 80));
      assertFalse(fanout.run());
    }
  }

  @Test
  void timelines_areTrimmedToAboutTheLimit() {
    try (Db db = open();
        LocalBus bus = new LocalBus(100)) {
      people(db);
      Fanout fanout =
          new Fanout(db, bus, TestLimits.with(Map.of("limits.feed_timeline_max", "10")));
      for (long i = 1; i <= 100; i++) {
        Post post = post(i << 12);
        db.write(
            tx -> {
              OUTBOX.add(tx, post);
              return 0;
            });
        while (fanout.run()) {}
      }
      long most =
          db.read(
              tx ->
                  tx.number(
                      """
                      SELECT max(n) FROM
                        (SELECT count(*) AS n FROM timeline GROUP BY account_id) AS c\
                      """));
      assertTrue(most <= 10 + 64, "a timeline has " + most + " rows");
      long behind =
          db.read(
              tx ->
                  tx.number(
                      """
                      SELECT count(*) FROM timeline_head h WHERE h.horizon >
                        (SELECT min(t.post_id) FROM timeline t WHERE t.account_id = h.account_id)\
                      """));
      assertEquals(0, behind, "what a timeline says to hold it holds");
    }
  }

  private Db open() {
    return Db.open(TestStore.settings(dir), dir, TestLimits.defaults());
  }

  private static Fanout fanout(Db db, LocalBus bus, int followersMax) {
    return new Fanout(
        db,
        bus,
        TestLimits.with(
            Map.of("limits.feed_fanout_followers_max", Integer.toString(followersMax))));
  }

  private static void people(Db db) {
    db.write(
        tx -> {
          for (long i = 100; i < 100 + FOLLOWERS + FRIENDS; i++) {
            boolean follower = i < 100 + FOLLOWERS;
            if (follower) {
              tx.update(
                  "INSERT INTO follow (follower_id, followee_id, created_at) VALUES (?, ?, 0)",
                  i,
                  AUTHOR);
            }
            if (!follower || i % 10 == 0) {
              tx.update(
                  """
                  INSERT INTO friend (account_id, peer_id, remark, search_remark, created_at)
                  VALUES (?, ?, '', '', 0)\
                  """,
                  AUTHOR,
                  i);
            }
            new TimelineStore().putHead(tx, new AccountId(i), new TimelineStore.Head(0, 0));
          }
          return 0;
        });
  }

  private static Post post(long id) {
    return new Post(
        new PostId(id),
        new AccountId(AUTHOR),
        PostKind.TEXT,
        "x",
        List.of(),
        new Post.Counts(0, 0, 0, 0, 0, 0),
        new Post.Verdict(true, Review.PASSED, 0, ""),
        false,
        0,
        0,
        null);
  }

  private static long timelineRows(Db db, long post) {
    return db.read(tx -> tx.number("SELECT count(*) FROM timeline WHERE post_id = ?", post));
  }

  private static long waiting(Db db) {
    return db.read(tx -> tx.number("SELECT count(*) FROM post_fanout"));
  }

  private static void hear(Event event, List<Long> told) {
    if (event instanceof Event.Notice notice && notice.kind() == NoticeKind.POSTED) {
      notice.audience().forEach(account -> told.add(account.value()));
    }
  }
}
