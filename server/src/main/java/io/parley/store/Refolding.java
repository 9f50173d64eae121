package io.parley.store;

import io.parley.base.Folding;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/// The migration that folds anew whatever was stored folded: names of accounts and groups, remarks
/// on friends, posts, login names. Rows that stay the same are read, not written.
///
/// Two login names that were different may be one now. Then the one that did not change stays, or
/// else the older account's, and the other keeps a row of its own under [Folding#exact]: who types
/// it exactly as it was registered gets in, as before.
final class Refolding {
  private static final int PAGE = 5_000;

  private record Row(long key, long second, String text, String folded) {
    static Row of(ResultSet row) throws SQLException {
      return new Row(row.getLong(1), row.getLong(2), row.getString(3), row.getString(4));
    }

    boolean stale() {
      return !Folding.fold(text).equals(folded);
    }
  }

  private record Alias(String folded, String original, long account) {}

  private final Tx tx;

  private Refolding(Tx tx) {
    this.tx = tx;
  }

  static void run(Tx tx) {
    Refolding refolding = new Refolding(tx);
    refolding.table("account", "nickname");
    refolding.table("chat_group", "name");
    refolding.remarks();
    refolding.posts();
    refolding.aliases();
  }

  private void table(String table, String source) {
    String sql =
        "SELECT id, 0, %s, search_name FROM %s WHERE id > ? ORDER BY id LIMIT %d"
            .formatted(source, table, PAGE);
    String update = "UPDATE " + table + " SET search_name = ? WHERE id = ?";
    pages(
        after -> tx.list(sql, Row::of, after.key()),
        row -> tx.update(update, Folding.fold(row.text()), row.key()));
  }

  private void remarks() {
    pages(
        after ->
            tx.list(
                """
                SELECT account_id, peer_id, remark, search_remark FROM friend
                WHERE (account_id, peer_id) > (?, ?) ORDER BY account_id, peer_id LIMIT 5000\
                """,
                Row::of,
                after.key(),
                after.second()),
        row ->
            tx.update(
                "UPDATE friend SET search_remark = ? WHERE account_id = ? AND peer_id = ?",
                Folding.fold(row.text()),
                row.key(),
                row.second()));
  }

  private void posts() {
    TextIndex texts = new TextIndex("post_text");
    pages(
        after ->
            tx.list(
                """
                SELECT p.id, 0, p.content, t.text FROM post p JOIN post_text t ON t.rowid = p.id
                WHERE p.id > ? ORDER BY p.id LIMIT 5000\
                """,
                Row::of,
                after.key()),
        row -> texts.put(tx, row.key(), Folding.fold(row.text())));
  }

  private interface Pages {
    List<Row> after(Row last);
  }

  private static void pages(Pages pages, Consumer<Row> write) {
    Row last = new Row(Long.MIN_VALUE, Long.MIN_VALUE, "", "");
    List<Row> page = pages.after(last);
    while (!page.isEmpty()) {
      for (Row row : page) {
        if (row.stale()) {
          write.accept(row);
        }
      }
      page = page.size() < PAGE ? List.of() : pages.after(page.getLast());
    }
  }

  private void aliases() {
    List<Alias> stale = staleAliases();
    // All step aside first: one may want what another leaves.
    stale.forEach(alias -> rename(alias.folded(), Folding.exact(alias.original())));
    stale.sort(Comparator.comparingLong(Alias::account));
    for (Alias alias : stale) {
      String folded = Folding.fold(alias.original());
      if (tx.number("SELECT count(*) FROM account_alias WHERE folded = ?", folded) == 0) {
        rename(Folding.exact(alias.original()), folded);
      }
    }
  }

  private List<Alias> staleAliases() {
    List<Alias> stale = new ArrayList<>();
    String after = "";
    while (true) {
      List<Alias> page =
          tx.list(
              """
              SELECT folded, original, account_id FROM account_alias
              WHERE folded > ? ORDER BY folded LIMIT 5000\
              """,
              row -> new Alias(row.getString(1), row.getString(2), row.getLong(3)),
              after);
      for (Alias alias : page) {
        if (!Folding.fold(alias.original()).equals(alias.folded())) {
          stale.add(alias);
        }
      }
      if (page.size() < PAGE) {
        return stale;
      }
      after = page.getLast().folded();
    }
  }

  private void rename(String folded, String to) {
    tx.update("UPDATE account_alias SET folded = ? WHERE folded = ?", to, folded);
  }
}
