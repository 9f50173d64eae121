package io.parley.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.SessionId;
import io.parley.harness.TestClock;
import io.parley.harness.TestLimits;
import io.parley.harness.TestPlatform;
import io.parley.store.Db;
import io.parley.store.Engine;
import io.parley.store.Tx;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacklogTest {
  private static final int CONVERSATIONS = 2_500;
  private static final AccountId ANN = new AccountId(1);

  @TempDir Path dir;

  /// More conversations than one read looks at, every fifth of them with something to push.
  @Test
  void backlog_overManyConversations_isReadInStretches_andMissesNone() {
    TestClock clock = new TestClock();
    try (Db db = Engine.SQLITE.open(dir, TestLimits.defaults())) {
      Devices devices = new Devices(TestPlatform.over(db, clock, 0), TestLimits.defaults());
      Caller ann = new Caller(ANN, new SessionId(9), Set.of(), "", "", 0);
      Device device = devices.bind(ann, "", false);
      db.write(
          tx -> {
            for (long id = 1; id <= CONVERSATIONS; id++) {
              conversation(tx, id, id % 5 == 0 ? 1 : 0);
            }
            return 0;
          });
      Set<Long> found = new HashSet<>();
      long after = 0;
      int reads = 0;
      BacklogPage page;
      do {
        page = devices.backlog(device, after);
        assertTrue(page.last() > after);
        page.backlogs().forEach(each -> found.add(each.conversation().value()));
        after = page.last();
        reads++;
      } while (page.more());
      assertEquals(3, reads);
      assertEquals(CONVERSATIONS / 5, found.size());
      assertTrue(found.stream().allMatch(id -> id % 5 == 0));
    }
  }

  private static void conversation(Tx tx, long id, long lastSeq) {
    tx.update(
        """
        INSERT INTO conversation (id, low_id, high_id, last_seq, changed, updated_at)
        VALUES (?, 1, ?, ?, ?, 0)\
        """,
        id,
        id + 10,
        lastSeq,
        id);
    tx.update(
        """
        INSERT INTO member (conversation_id, account_id, role, read_seq, changed, joined_at)
        VALUES (?, 1, 0, 0, ?, 0)\
        """,
        id,
        id);
  }
}
