package io.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.audit.Audit;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Entropy;
import io.parley.base.Ids;
import io.parley.base.Limits;
import io.parley.base.Right;
import io.parley.base.Slice;
import io.parley.bus.LocalBus;
import io.parley.feed.Feeds;
import io.parley.feed.post.PostDraft;
import io.parley.feed.post.PostId;
import io.parley.feed.post.PostKind;
import io.parley.harness.TestClock;
import io.parley.harness.TestLimits;
import io.parley.harness.TestPlatform;
import io.parley.harness.TestUploads;
import io.parley.messaging.Blocks;
import io.parley.platform.Platform;
import io.parley.security.SecurityLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How SQLite carries out every statement that the feed prepares: by an index, never by reading or
/// sorting a table.
class FeedPlanTest {
  /// Statements that go through a table on purpose, and why that is short.
  private static final List<String> WALKS =
      List.of(
          // From the newest down until the limit is reached; few posts are not listed, few authors
          // hidden.
          "h.account_id = post.author_id)\nORDER BY id DESC LIMIT ?",
          // Holds only what was posted in the last moments.
          "FROM post_fanout");

  /// Part of a statement → the index that it must use.
  private static final Map<String, String> INDEXES =
      Map.of(
          "FROM post WHERE author_id = ? AND listed = 1", "post_author",
          "WHERE p.author_id = ?", "post_author",
          "ORDER BY hot DESC", "post_hot",
          "WHERE p.review = 1", "post_waiting",
          "WHERE p.report_count > 0", "post_reported",
          "WHERE c.post_id = ?", "post_comment_post",
          "WHERE l.post_id = ? AND l.id < ?", "post_like_newest",
          "FROM post_like WHERE account_id = ?", "post_like_account",
          "WHERE followee_id = ?", "follow_followee",
          "text LIKE ? AND text LIKE ?", "192:L0<");

  private static final Caller ANN =
      new Caller(new AccountId(1), null, Set.of(Right.ADMIN), "127.0.0.1", "test", 0);

  private static final Slice.Request FIVE = new Slice.Request("", 5);

  private static int explained;

  @TempDir private Path dir;

  @Test
  void everyStatement_usesAnIndex() {
    Limits limits = TestLimits.defaults();
    TestClock clock = new TestClock();
    try (Db db = Db.open(StoreSettings.sqlite(), dir, limits);
        Scans scans = new Scans(db, limits, clock);
        LocalBus bus = new LocalBus(100)) {
      // Migrations may go over whole tables, once.
      Set<String> migrations = db.write(tx -> Set.copyOf(tx.statements()));
      Feeds feeds =
          new Feeds(
              new Platform(db, bus, new Ids(clock, 0), clock, Entropy.SYSTEM),
              new Audit(db, new Ids(clock, 2), clock, new SecurityLog(clock)),
              new Feeds.Settings(false, new byte[32], limits),
              new Blocks(clock, limits),
              TestUploads.in(dir, TestPlatform.over(db, clock, 1), limits),
              scans);
      db.write(
          tx ->
              tx.update(
                  "INSERT INTO follow (follower_id, followee_id, created_at) VALUES (2, 1, 0)"));
      // Each of the four reading connections prepares its own.
      for (int round = 0; round < 4; round++) {
        use(feeds);
        clock.advance(Duration.ofSeconds(3));
      }
      feeds.close();
      Set<String> statements = new TreeSet<>(db.write(Tx::statements));
      for (int reader = 0; reader < 4; reader++) {
        statements.addAll(db.read(Tx::statements));
      }
      statements.removeAll(migrations);
      statements.removeIf(sql -> !sql.matches("(?s)(SELECT|UPDATE|DELETE) .*"));
      assertTrue(statements.size() > 40, statements.size() + " statements were looked at");
      assertEquals(List.of(), wrong(db, statements));
      INDEXES.forEach((part, index) -> requireIndex(db, statements, part, index));
      // The counter-test: without its index a list must be found out.
      db.write(tx -> tx.update("DROP INDEX post_hot"));
      assertFalse(wrong(db, statements).isEmpty());
    }
  }

  private static void requireIndex(Db db, Set<String> statements, String part, String index) {
    List<String> meant = statements.stream().filter(sql -> sql.contains(part)).toList();
    assertFalse(meant.isEmpty(), "no statement has " + part);
    for (String sql : meant) {
      List<String> plan = plan(db, sql);
      assertTrue(
          plan.stream().anyMatch(step -> (step + " ").contains("INDEX " + index + " ")),
          () -> sql + " does not use " + index + " but " + plan);
    }
  }

  private static List<String> plan(Db db, String sql) {
    // A text of its own each time: an explanation that was prepared once does not look again. On
    // the writing connection, which knows what was dropped without having to read first.
    String asked = "EXPLAIN QUERY PLAN " + sql + " -- " + ++explained;
    return db.write(tx -> tx.list(asked, row -> row.getString("detail")));
  }

  private static List<String> wrong(Db db, Set<String> statements) {
    List<String> wrong = new ArrayList<>();
    statements.forEach(sql -> judge(db, sql, wrong));
    return wrong;
  }

  private static void judge(Db db, String sql, List<String> wrong) {
    if (WALKS.stream().anyMatch(sql::contains)) {
      return;
    }
    for (String step : plan(db, sql)) {
      boolean scans = step.startsWith("SCAN") && !bounded(step, sql);
      if (scans || step.contains("TEMP B-TREE")) {
        wrong.add(step + " in " + sql);
      }
    }
  }

  /// Scans of an inner SELECT with a LIMIT, of an index that is read in order, of the full-text
  /// index.
  private static boolean bounded(String step, String sql) {
    return step.contains("USING INDEX")
        || step.contains("USING COVERING INDEX")
        || step.contains("VIRTUAL TABLE INDEX")
        || ((step.contains("newest") || step.contains("counted")) && sql.contains("LIMIT ?"))
        || step.equals("SCAN CONSTANT ROW");
  }

  private static void use(Feeds feeds) {
    Caller bob = new Caller(new AccountId(2), null, Set.of(), "127.0.0.1", "test", 0);
    PostDraft picture =
        new PostDraft(PostKind.IMAGE, "one", List.of("https://e.example/1.png"), 0, 0, 0);
    PostId id = feeds.posts().create(ANN, picture).id();
    feeds.posts().edit(ANN, id, picture);
    feeds.posts().get(bob, id);
    feeds.posts().own(ANN, "", null, 0, FIVE);
    feeds.posts().own(ANN, "one", null, 0, FIVE);
    feeds.posts().newest(bob, "", 0, FIVE);
    feeds.posts().newest(bob, "one", 0, FIVE);
    feeds.posts().newest(bob, "on", 0, new Slice.Request("", 50));
    feeds.likes().like(bob, id);
    feeds.likes().list(ANN, id, FIVE);
    long comment = feeds.comments().create(bob, id, "c", 0).id();
    feeds.comments().create(bob, id, "d", comment);
    feeds.comments().list(ANN, id, FIVE);
    feeds.timelines().page(bob, FIVE);
    feeds.recommending().hottest(bob, "", FIVE);
    feeds.recommending().hottest(bob, "one", FIVE);
    feeds.recommending().recommended(bob, FIVE, List::size);
    feeds.moderation().report(bob, id, "r");
    feeds.moderation().waiting(ANN, FIVE);
    feeds.moderation().reported(ANN, FIVE);
    feeds.moderation().reports(ANN, id, FIVE);
    feeds.moderation().decide(ANN, id, true, "");
    feeds.likes().unlike(bob, id);
    feeds.comments().delete(bob, comment);
    feeds.posts().delete(ANN, feeds.posts().create(ANN, picture).id());
  }
}
