package io.parley.store;

import io.parley.base.Look;
import java.util.List;

/// The migration that notes what the login names of before look like. Those that look like each
/// other stay as they are.
final class LookFilling {
  private record Alias(String folded, String original, long account) {}

  private LookFilling() {}

  static void run(Tx tx) {
    String after = "";
    List<Alias> page = page(tx, after);
    while (!page.isEmpty()) {
      page.forEach(alias -> fill(tx, alias));
      page = page(tx, page.getLast().folded());
    }
  }

  private static List<Alias> page(Tx tx, String after) {
    return tx.list(
        """
        SELECT folded, original, account_id FROM account_alias
        WHERE folded > ? ORDER BY folded LIMIT 5000\
        """,
        row -> new Alias(row.getString(1), row.getString(2), row.getLong(3)),
        after);
  }

  private static void fill(Tx tx, Alias alias) {
    for (String look : Look.of(alias.original())) {
      if (!look.equals(alias.folded())) {
        tx.update(
            """
            INSERT INTO alias_look (look, account_id) VALUES (?, ?)
            ON CONFLICT (look, account_id) DO NOTHING\
            """,
            look,
            alias.account());
      }
    }
  }
}
