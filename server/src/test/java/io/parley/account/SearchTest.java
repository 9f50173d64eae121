package io.parley.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.TestLimits;
import io.parley.base.AccountId;
import io.parley.base.Folding;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Searching for people where there are more than one search reads.
class SearchTest {
  private static final long OLD = 7;
  private static final long NEW = 1_000_000;

  @TempDir private static Path folder;
  private static Db db;
  private static final AccountStore STORE = new AccountStore();

  @BeforeAll
  static void manyAccounts() {
    db = Db.open("sqlite", folder, TestLimits.defaults());
    db.write(
        tx -> {
          insert(tx, OLD, "zebra crossing");
          for (int i = 0; i < AccountStore.SCANNED_MAX; i++) {
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
