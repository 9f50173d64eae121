package io.parley.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.Core;
import io.parley.account.Account;
import io.parley.account.Accounts;
import io.parley.account.AliasKind;
import io.parley.account.Gender;
import io.parley.account.Source;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.harness.TestClock;
import io.parley.harness.TestCore;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a look at the list of conversations may cost.
@Timeout(120)
class SyncTest {
  private static final int WIDE = 2_001;

  @TempDir private Path dir;
  private Core core;
  private Caller ann;
  private Caller bob;

  @BeforeEach
  void open() {
    open("8388608");
    ann = register("ann");
    bob = register("bob");
  }

  /// `chars`: what one search may read.
  private void open(String chars) {
    core =
        TestCore.open(
            dir,
            new TestClock(),
            Map.of("limits.search_chars_max", chars, "limits.searches_per_account_max", "1"));
  }

  @AfterEach
  void close() {
    core.close();
  }

  @Test
  void ofAnAccountInThousandsOfConversations_hasAShareLikeASearch_andOthersGoOn() throws Exception {
    widen(ann, WIDE);
    Set<Long> seen = new HashSet<>();
    String cursor = "";
    Syncing.Changes page;
    do {
      page = core.syncing.sync(ann, cursor, 200);
      page.conversations().forEach(each -> seen.add(each.id().value()));
      cursor = page.cursor();
    } while (page.more());
    assertEquals(WIDE, seen.size(), "every one of them, once");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Thread held =
        Thread.ofVirtual()
            .start(
                () ->
                    core.scans.read(
                        ann,
                        (tx, budget) -> {
                          begun.countDown();
                          try {
                            end.await();
                          } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                          }
                          return "";
                        }));
    begun.await();
    Fault busy = assertThrows(Fault.class, () -> core.syncing.sync(ann, "", 1));
    assertEquals(FaultCode.BUSY, busy.code());
    assertTrue(busy.retryAfter().toMillis() > 0);
    say(ann, bob, "still here");
    assertEquals(1, core.syncing.sync(bob, "", 50).conversations().size());
    end.countDown();
    held.join();
  }

  @Test
  void unread_isExact_howeverManyAreOnesOwn() {
    say(bob, ann, "one");
    sayMany(ann, bob, 25_000);
    say(bob, ann, "two");
    assertEquals(2, unread(ann));
    assertEquals(25_000, unread(bob));
  }

  @Test
  void pageWithMoreUnreadThanABudget_endsEarly_andTheNextGoesOn() {
    core.close();
    open("200000");
    sayMany(bob, ann, 12_000);
    Caller cat = register("cat");
    sayMany(cat, ann, 12_000);
    Syncing.Changes first = core.syncing.sync(ann, "", 50);
    assertEquals(List.of(12_000L), unread(first));
    assertTrue(first.more());
    Syncing.Changes second = core.syncing.sync(ann, first.cursor(), 50);
    assertEquals(List.of(12_000L), unread(second));
    assertFalse(second.more());
  }

  @Test
  void whatNoBudgetCovers_countsAsOthers() {
    core.close();
    open("200000");
    sayMany(ann, bob, 30_000);
    say(bob, ann, "the only one");
    // 20,000 of them were looked at, the older ones were not.
    assertEquals(10_001 + 1, unread(ann));
  }

  private static List<Long> unread(Syncing.Changes changes) {
    return changes.conversations().stream().map(Conversation::unread).toList();
  }

  private long unread(Caller caller) {
    List<Conversation> all = core.syncing.sync(caller, "", 50).conversations();
    return all.getFirst().unread();
  }

  private void sayMany(Caller from, Caller to, int count) {
    core.messaging.sendAll(
        from, IntStream.range(0, count).mapToObj(i -> draft(to, "text " + i)).toList());
  }

  private void say(Caller from, Caller to, String text) {
    core.messaging.sendAll(from, List.of(draft(to, text)));
  }

  private static Draft draft(Caller to, String text) {
    return new Draft(new Target.User(to.requireAccount()), List.of(), new Content.Text(text), "");
  }

  /// Conversations of two with accounts that need not be there.
  private void widen(Caller caller, int count) {
    AccountId account = caller.requireAccount();
    core.db.write(
        tx -> {
          for (long i = 1; i <= count; i++) {
            tx.update(
                """
                INSERT INTO conversation (id, low_id, high_id, last_seq, changed, updated_at)
                VALUES (?, ?, ?, 0, ?, 0)\
                """,
                i,
                i,
                account.value(),
                i);
            tx.update(
                """
                INSERT INTO member (conversation_id, account_id, role, read_seq, changed, joined_at)
                VALUES (?, ?, 0, 0, 0, 0)\
                """,
                i,
                account.value());
          }
          return count;
        });
  }

  private Caller register(String name) {
    Account account =
        core.accounts.register(
            new Accounts.Registration(
                Map.of(AliasKind.USERNAME, name), name, Gender.UNKNOWN, "", "sunny-cat-42"),
            Source.ofAddress("127.0.0.1"));
    return new Caller(account.id(), null, Set.of(), "127.0.0.1", "test", 0);
  }
}
