package io.parley.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.api.feed.FeedFollowRequest;
import io.parley.api.feed.FeedRecommendRequest;
import io.parley.harness.GrpcPerson;
import io.parley.harness.TestLimits;
import io.parley.harness.TestServer;
import io.parley.store.Db;
import io.parley.store.StoreSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The data that load tests run on.
class SeedTest {
  @TempDir private Path dir;

  @Test
  void seed_leavesTheTablesAsTheyWereMadeAndReadersThatRead() {
    Path seeded = dir.resolve("seeded");
    String[] line = {
      "seed",
      "--data=" + seeded,
      "--password=sunny-cat-42",
      "--accounts=200",
      "--posts=3000",
      "--follows=20",
      "--likes=500",
      "--readers=2",
      "--set=security.argon2.memory_kib=64",
      "--set=security.argon2.iterations=1",
      "--set=limits.feed_fanout_followers_max=50"
    };
    assertEquals(0, Cli.run(line));
    assertTrue(dir.resolve("fresh").toFile().mkdir());
    try (Db fresh = Db.open(StoreSettings.sqlite(), dir.resolve("fresh"), TestLimits.defaults());
        Db filled = Db.open(StoreSettings.sqlite(), seeded, TestLimits.defaults())) {
      assertEquals(schema(fresh), schema(filled));
      assertEquals(3000, number(filled, "SELECT count(*) FROM post WHERE listed = 1"));
      long pulled = number(filled, "SELECT count(*) FROM pulled_author");
      assertTrue(pulled > 0 && pulled < 100, pulled + " authors are popular");
    }
    try (TestServer server = TestServer.start(seeded);
        GrpcPerson reader = GrpcPerson.login(server, "reader-1", "sunny-cat-42")) {
      assertEquals(
          20, reader.feeds().feedFollow(FeedFollowRequest.getDefaultInstance()).getFeedCount());
      assertEquals(
          20,
          reader.feeds().feedRecommend(FeedRecommendRequest.getDefaultInstance()).getFeedCount());
    }
  }

  private static List<String> schema(Db db) {
    return db.read(
        tx ->
            tx.list(
                "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master ORDER BY"
                    + " 1",
                row -> row.getString(1)));
  }

  private static long number(Db db, String sql) {
    return db.read(tx -> tx.number(sql));
  }
}
