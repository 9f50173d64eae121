package io.parley.feed;

import io.parley.audit.Audit;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Entropy;
import io.parley.base.Ids;
import io.parley.base.Limits;
import io.parley.bus.LocalBus;
import io.parley.feed.post.PostDraft;
import io.parley.feed.post.PostKind;
import io.parley.harness.TestClock;
import io.parley.harness.TestLimits;
import io.parley.harness.TestPlatform;
import io.parley.harness.TestStore;
import io.parley.harness.TestUploads;
import io.parley.messaging.Blocks;
import io.parley.platform.Platform;
import io.parley.security.SecurityLog;
import io.parley.store.Db;
import io.parley.store.Scans;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A feed without a server: accounts are numbers, time stands still.
public final class PeopleOfTheFeed implements AutoCloseable {
  public final TestClock clock = new TestClock();
  public final Db db;
  public final Feeds feeds;
  private final Scans scans;
  public final Blocks blocks;
  private final LocalBus bus = new LocalBus(100_000);

  public PeopleOfTheFeed(Path dir, Map<String, String> keys) {
    Limits limits = TestLimits.with(keys);
    db = Db.open(TestStore.settings(dir), dir, limits);
    scans = new Scans(db, limits, clock);
    blocks = new Blocks(clock, limits);
    feeds =
        new Feeds(
            new Platform(db, bus, new Ids(clock, 0), clock, Entropy.SYSTEM),
            new Audit(db, new Ids(clock, 2), clock, new SecurityLog(clock)),
            new Feeds.Settings(false, new byte[32], limits),
            blocks,
            TestUploads.in(dir, TestPlatform.over(db, clock, 1), limits),
            scans);
  }

  public static Caller caller(long account) {
    return new Caller(new AccountId(account), null, Set.of(), "127.0.0.1", "test", 0);
  }

  public long post(long author, String text) {
    return feeds
        .posts()
        .create(caller(author), new PostDraft(PostKind.TEXT, text, List.of(), 0, 0, 0))
        .id()
        .value();
  }

  public void follow(long follower, long followee) {
    db.write(
        tx ->
            tx.update(
                """
                INSERT INTO follow (follower_id, followee_id, created_at) VALUES (?, ?, ?)
                ON CONFLICT (follower_id, followee_id) DO NOTHING\
                """,
                follower,
                followee,
                clock.millis()));
  }

  public void unfollow(long follower, long followee) {
    db.write(
        tx ->
            tx.update(
                "DELETE FROM follow WHERE follower_id = ? AND followee_id = ?",
                follower,
                followee));
  }

  @Override
  public void close() {
    feeds.close();
    db.close();
    bus.close();
  }
}
