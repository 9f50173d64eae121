package io.parley.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Folding;
import io.parley.base.Page;
import io.parley.base.Slice;
import io.parley.harness.TestClock;
import io.parley.harness.TestLimits;
import io.parley.harness.TestPlatform;
import io.parley.harness.TestStore;
import io.parley.messaging.Members;
import io.parley.store.Db;
import io.parley.store.Scans;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Searching for groups where there are more than one search reads.
class GroupSearchTest {
  private static final Caller ANN =
      new Caller(new AccountId(1), null, Set.of(), "127.0.0.1", "test", 0);

  @TempDir private Path dir;

  @Test
  void search_readsTheNewestOnly_butGoesOnByCursorToTheOldest() {
    var limits = TestLimits.with(Map.of("limits.search_chars_max", "1000000"));
    TestClock clock = new TestClock();
    try (Db db = Db.open(TestStore.settings(dir), dir, limits);
        Scans scans = new Scans(db, limits, clock)) {
      Members members =
          new Members(TestPlatform.over(db, clock, 0), message -> new byte[0], limits);
      Groups groups = new Groups(TestPlatform.over(db, clock, 1), scans, members, limits);
      db.write(
          tx -> {
            insert(tx, 1, "old zebras", "OPEN");
            insert(tx, 2, "zebras 😀", "OPEN");
            for (int i = 0; i < GroupStore.SCANNED_MAX; i++) {
              insert(tx, 10 + i, "group " + i, "OPEN");
            }
            insert(tx, 900_000, "closed zebras", "CLOSED");
            insert(tx, 1_000_000, "new zebras", "OPEN");
            return tx;
          });
      Page<GroupView> page = groups.search(ANN, "ZEBRAS", new Page.Request(1, 20));
      assertEquals(List.of(1_000_000L, 2L), ids(page.rows()));
      assertEquals(2, page.totalRows());
      List<Long> all = new ArrayList<>();
      String cursor = "";
      int calls = 0;
      do {
        Slice<GroupView> part = groups.search(ANN, "zebras", new Slice.Request(cursor, 19));
        all.addAll(ids(part.rows()));
        cursor = part.next();
        calls++;
      } while (!cursor.isEmpty());
      assertEquals(List.of(1_000_000L, 2L, 1L), all);
      assertEquals(2, calls);
    }
  }

  private static List<Long> ids(List<GroupView> views) {
    return views.stream().map(view -> view.group().id().value()).toList();
  }

  private static void insert(io.parley.store.Tx tx, long id, String name, String policy) {
    tx.update(
        """
        INSERT INTO chat_group (id, name, search_name, introduction, avatar_url, extra, owner_id,
          join_policy, announcement, created_at, updated_at)
        VALUES (?, ?, ?, '', '', '', 1, ?, '', 0, 0)\
        """,
        id,
        name,
        Folding.fold(name),
        policy);
    tx.update(
        """
        INSERT INTO conversation (id, low_id, high_id, last_seq, closed, changed, updated_at)
        VALUES (?, NULL, NULL, 0, 0, ?, 0)\
        """,
        id,
        id);
  }
}
