package io.parley.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.Core;
import io.parley.account.Account;
import io.parley.account.Accounts;
import io.parley.account.AliasKind;
import io.parley.account.Gender;
import io.parley.account.Source;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.SessionId;
import io.parley.control.Orders;
import io.parley.harness.TestClock;
import io.parley.harness.TestCore;
import io.parley.store.Together;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Logins that come together are opened as if each had come alone.
class OpeningTest {
  private static final int MAX = 3;
  private static final long NOW = 1_000_000;
  private static final List<String> CONTRACTS = List.of("one", "two");

  /// What became of some logins, what they ended by key.
  private record Seen(List<String> answers, List<SessionId> ended, List<SessionId> left) {}

  @TempDir Path dir;
  private final List<Account> accounts = new ArrayList<>();
  private final SessionStore store = new SessionStore();
  private Core core;
  private long ids;

  @BeforeEach
  void threeAccounts_oneOfThemDisabled() {
    core = TestCore.open(dir, new TestClock(), Map.of());
    for (String name : List.of("ann", "bob", "cyd")) {
      accounts.add(
          core.accounts.register(
              new Accounts.Registration(
                  Map.of(AliasKind.USERNAME, name), name, Gender.UNKNOWN, "", "secret1"),
              Source.OPERATOR));
    }
    core.logins.setDisabled(Orders.OPERATOR, accounts.getLast().id(), true, "test");
  }

  @AfterEach
  void close() {
    core.close();
  }

  @Test
  void open_manyTogether_isAsIfEachHadBeenAlone() {
    int refused = 0;
    int ended = 0;
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      List<SessionStore.Row> before = new ArrayList<>();
      for (int i = random.nextInt(8); i > 0; i--) {
        Opening.Item item = item(random, random.nextBoolean() ? NOW - 5 : NOW + 5_000);
        before.add(new SessionStore.Row(item.session(), item.tokenHash()));
      }
      List<Opening.Item> items = new ArrayList<>();
      for (int i = 1 + random.nextInt(12); i > 0; i--) {
        items.add(item(random, NOW + 10_000));
      }
      Seen alone = seen(before, items, 1);
      assertEquals(alone, seen(before, items, items.size()), "seed " + seed);
      refused += (int) alone.answers().stream().filter(each -> !each.equals("opened")).count();
      ended += alone.ended().size();
    }
    assertTrue(refused > 20, "some are refused: " + refused);
    assertTrue(ended > 20, "some make room: " + ended);
  }

  private Opening.Item item(Random random, long end) {
    Account account = accounts.get(random.nextInt(accounts.size()));
    long id = ++ids;
    Session session =
        new Session(
            new SessionId(id),
            account.id(),
            CONTRACTS.get(random.nextInt(CONTRACTS.size())),
            "",
            "",
            NOW + random.nextInt(3),
            end,
            0,
            0,
            false,
            new Session.Use(NOW, ""));
    return new Opening.Item(account, session, "token " + id, random.nextInt(4) == 0);
  }

  /// Opens them, so many at a time, and undoes it.
  private Seen seen(List<SessionStore.Row> before, List<Opening.Item> items, int atOnce) {
    List<String> answers = new ArrayList<>();
    List<SessionId> ended = new ArrayList<>();
    List<SessionId> left = new ArrayList<>();
    Opening opening = new Opening(core.accounts, MAX, (tx, account, id) -> ended.add(id));
    Fault undone =
        assertThrows(
            Fault.class,
            () ->
                core.db.change(
                    tx -> {
                      store.insert(tx, before);
                      for (int from = 0; from < items.size(); from += atOnce) {
                        opening.run(tx, items.subList(from, from + atOnce)).stream()
                            .map(OpeningTest::answer)
                            .forEach(answers::add);
                      }
                      for (Account account : accounts) {
                        store.list(tx, account.id(), 0).forEach(each -> left.add(each.id()));
                      }
                      throw Fault.of(FaultCode.FORBIDDEN, "undone");
                    }));
    assertEquals(FaultCode.FORBIDDEN, undone.code());
    Collections.sort(ended, Comparator.comparing(SessionId::value));
    return new Seen(answers, ended, left);
  }

  private static String answer(Together.Outcome<Session> outcome) {
    Fault refused = outcome.refused();
    return refused == null ? "opened" : refused.code().name();
  }
}
