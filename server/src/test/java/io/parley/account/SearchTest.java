package io.parley.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.Folding;
import io.parley.base.Right;
import io.parley.base.Slice;
import io.parley.harness.TestLimits;
import io.parley.harness.TestStore;
import io.parley.store.Db;
import io.parley.store.Scans;
import io.parley.store.Tx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Searching for people where there are more than one search reads.
class SearchTest {
  private static final long OLD = 7;
  private static final long EMOJI = 8;
  private static final long LAST = 9;
  private static final long NEW = 1_000_000;

  @TempDir private static Path folder;
  private static Db db;
  private static final SearchStore STORE = new SearchStore();

  @BeforeAll
  static void manyAccounts() {
    db = Db.open(TestStore.settings(folder), folder, TestLimits.defaults());
    db.write(
        tx -> {
          insert(tx, OLD, "zebra crossing");
          insert(tx, EMOJI, "ann😀");
          insert(tx, LAST, "ann" + Character.toString(Character.MAX_CODE_POINT) + "z");
          for (int i = 0; i < SearchStore.SCANNED_MAX; i++) {
            insert(tx, 100 + i, "user " + i);
          }
          insert(tx, NEW, "grevy's zebra");
          return NEW;
        });
  }

  @AfterAll
  static void close() {
    db.close();
  }

  @Test
  void beginningOfAName_isFoundAmongAll() {
    assertEquals(List.of(NEW, OLD), byDisplayName("ZEBRA"));
    assertEquals(List.of(NEW, OLD), byLoginName("ZEBRA"));
    long found = db.read(tx -> STORE.searchCount(tx, "zebra"));
    assertEquals(2, found);
  }

  @Test
  void partOfAName_isFoundAmongTheNewest() {
    assertEquals(List.of(NEW), byDisplayName("vy's"));
    assertEquals(List.of(), byDisplayName("crossing"));
    assertEquals(List.of(NEW), byLoginName("vy's"));
    assertEquals(List.of(), byLoginName("crossing"));
  }

  @Test
  void whateverFollowsTheBeginning_isFound() {
    assertEquals(List.of(LAST, EMOJI), byDisplayName("ann"));
    assertEquals(List.of(LAST, EMOJI), byLoginName("ann"));
    assertEquals(List.of(EMOJI), byDisplayName("ann😀"));
    assertEquals("b", Names.behind("a"));
    assertEquals("a😁", Names.behind("a😀"));
    assertEquals("b", Names.behind("a\uDBFF\uDFFF"));
    assertEquals("\uE000", Names.behind("\uD7FF"));
  }

  @Test
  void operatorsSearch_goesDownToTheOldest_inAsManyCallsAsTheBudgetTakes() {
    var limits = TestLimits.with(Map.of("limits.search_chars_max", "1000000"));
    try (Scans scans = new Scans(db, limits, Clock.SYSTEM)) {
      AccountSearch search = new AccountSearch(db, scans, limits);
      AccountSearch.Filter filter = new AccountSearch.Filter("zebra", false, false);
      List<Long> found = new ArrayList<>();
      String cursor = "";
      int calls = 0;
      do {
        Slice<Profile> part = search.list(OPERATOR, filter, new Slice.Request(cursor, 19));
        part.rows().forEach(profile -> found.add(profile.account().id().value()));
        cursor = part.next();
        calls++;
      } while (!cursor.isEmpty());
      assertEquals(List.of(NEW, OLD), found);
      assertEquals(2, calls, "of 40,000 accounts each");
    }
  }

  private static final Caller OPERATOR =
      new Caller(new AccountId(1), null, Set.of(Right.ADMIN), "127.0.0.1", "test", 0);

  private static List<Long> byDisplayName(String keyword) {
    return db.read(tx -> STORE.search(tx, keyword, 20, 0)).stream()
        .map(account -> account.id().value())
        .toList();
  }

  private static List<Long> byLoginName(String keyword) {
    return db.read(tx -> STORE.searchNames(tx, keyword, 20, 0)).stream()
        .map(AccountId::value)
        .toList();
  }

  private static void insert(Tx tx, long id, String name) {
    tx.update(
        """
        INSERT INTO account (id, nickname, search_name, gender, avatar_url, extra, rights, disabled,
          login_version, created_at, updated_at) VALUES (?, ?, ?, 0, '', '', '', 0, 0, 0, 0)\
        """,
        id,
        name,
        Folding.fold(name));
    tx.update(
        "INSERT INTO account_alias (folded, kind, original, account_id) VALUES (?, 'USERNAME', ?,"
            + " ?)",
        Folding.fold(name),
        name,
        id);
  }
}
