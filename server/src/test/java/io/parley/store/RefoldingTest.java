package io.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.base.Clock;
import io.parley.base.Folding;
import io.parley.harness.TestLimits;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was stored before the folding of today is brought up to it.
class RefoldingTest {
  @TempDir private Path folder;

  @Test
  void open_foldsAnewWhatWasStored() {
    before(
        tx -> {
          account(tx, 1, "Σωκράτης");
          account(tx, 2, "Groẞ");
          account(tx, 3, "ann");
          account(tx, 4, "ısı");
          tx.update(
              """
              INSERT INTO friend (account_id, peer_id, remark, search_remark, changed, created_at)
              VALUES (1, 2, 'İbo', 'i̇bo', 0, 0)\
              """);
        });
    try (Db db = open()) {
      assertEquals(List.of(1L), search(db, "Σωκράτησ"));
      assertEquals(List.of(2L), search(db, "gross"));
      assertEquals(2, owner(db, "GROSS"));
      assertEquals(3, owner(db, "ANN"));
      assertEquals(4, owner(db, "ısı"));
      assertEquals(0, owner(db, "isi"));
      assertEquals(
          "ibo",
          db.read(tx -> tx.first("SELECT search_remark FROM friend", row -> row.getString(1))));
    }
  }

  @Test
  void open_namesThatBecameOne_letEachOwnerIn() {
    before(
        tx -> {
          account(tx, 1, "ibrahim");
          account(tx, 2, "İbrahim");
          account(tx, 3, "GROẞ");
          account(tx, 4, "Groẞ-2");
          account(tx, 5, "gross-2");
        });
    try (Db db = open()) {
      assertEquals(1, owner(db, "ibrahim"));
      assertEquals(1, owner(db, "IBRAHIM"));
      assertEquals(2, owner(db, "İbrahim"));
      assertEquals(3, owner(db, "gross"));
      assertEquals(4, owner(db, " Groẞ-2"));
      assertEquals(5, owner(db, "Gross-2"));
    }
  }

  @Test
  void looks_areNotedWhereTheyDiffer() {
    before(
        tx -> {
          account(tx, 1, "раураl");
          account(tx, 2, "ann");
        });
    try (Db db = open()) {
      assertEquals(
          List.of("paypa1"),
          db.read(tx -> tx.list("SELECT look FROM alias_look", row -> row.getString(1))));
    }
  }

  /// Neither may take the other's name while both change.
  @Test
  void open_aNameThatAnotherLeaves_isFree() {
    before(
        tx -> {
          account(tx, 1, "ısı");
          account(tx, 2, "İsİ");
        });
    try (Db db = open()) {
      assertEquals(1, owner(db, "ısı"));
      assertEquals(2, owner(db, "isi"));
    }
  }

  @Test
  void open_posts_areFoundByTheNewFolding() {
    TextIndex texts = new TextIndex("post_text");
    before(
        tx -> {
          tx.update(
              """
              INSERT INTO post (id, author_id, kind, listed, hot, like_count, view_count,
                comment_count, replier_count, report_count, enabled, review, operator_id,
                created_at, updated_at, deleted_at, remark, content)
              VALUES (7, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, NULL, '', 'STRAẞE')\
              """);
          texts.put(tx, 7, old("STRAẞE"));
        });
    try (Db db = open()) {
      String keyword = Folding.fold("straße");
      Budget budget = new Budget(1000, Duration.ofSeconds(60), Clock.SYSTEM);
      assertEquals(List.of(7L), db.read(tx -> texts.find(tx, keyword, 100, 5, budget)).ids());
    }
  }

  private interface Filling {
    void fill(Tx tx);
  }

  private void before(Filling filling) {
    try (Db db = open()) {
      db.write(
          tx -> {
            filling.fill(tx);
            Refolding.run(tx);
            LookFilling.run(tx);
            return tx;
          });
    }
  }

  private Db open() {
    return Db.open(StoreSettings.sqlite(), folder, TestLimits.defaults());
  }

  private static void account(Tx tx, long id, String name) {
    tx.update(
        """
        INSERT INTO account (id, nickname, search_name, gender, avatar_url, extra, rights, disabled,
          login_version, created_at, updated_at) VALUES (?, ?, ?, 0, '', '', '', 0, 0, 0, 0)\
        """,
        id,
        name,
        old(name));
    tx.update(
        "INSERT INTO account_alias (folded, kind, original, account_id) VALUES (?, 'USERNAME', ?,"
            + " ?)",
        old(name),
        name,
        id);
  }

  private static String old(String name) {
    String composed = Normalizer.normalize(name.strip(), Normalizer.Form.NFKC);
    String folded = composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(folded, Normalizer.Form.NFKC);
  }

  private static List<Long> search(Db db, String keyword) {
    return db.read(
        tx ->
            tx.list(
                "SELECT id FROM account WHERE search_name = ?",
                row -> row.getLong(1),
                Folding.fold(keyword)));
  }

  private static long owner(Db db, String name) {
    return db.read(
        tx ->
            tx.number(
                """
                SELECT account_id FROM account_alias
                WHERE folded IN (?, ?) ORDER BY folded LIMIT 1\
                """,
                Folding.exact(name),
                Folding.fold(name)));
  }
}
