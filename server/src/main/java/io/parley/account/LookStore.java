package io.parley.account;

import io.parley.base.AccountId;
import io.parley.base.Folding;
import io.parley.base.Look;
import io.parley.store.Tx;
import java.util.Set;

/// The SQL of what login names look like. A name that looks like its folded form has no row.
final class LookStore {
  /// Notes what a login name of `id` looks like.
  void put(Tx tx, AccountId id, String name) {
    String folded = Folding.fold(name);
    for (String look : Look.of(name)) {
      if (!look.equals(folded)) {
        tx.update(
            """
            INSERT INTO alias_look (look, account_id) VALUES (?, ?)
            ON CONFLICT (look, account_id) DO NOTHING\
            """,
            look,
            id.value());
      }
    }
  }

  /// Forgets what the login names of `id` look like.
  void delete(Tx tx, AccountId id) {
    tx.update("DELETE FROM alias_look WHERE account_id = ?", id.value());
  }

  /// Whether another account than `id` has a login name that has one of these looks.
  boolean isAnothers(Tx tx, AccountId id, Set<String> looks) {
    return find(
        tx,
        """
        SELECT 1 FROM account_alias WHERE folded = ? AND account_id <> ?
        UNION ALL SELECT 1 FROM alias_look WHERE look = ? AND account_id <> ? LIMIT 1\
        """,
        id,
        looks);
  }

  /// Whether `id` itself has one.
  boolean isOwn(Tx tx, AccountId id, Set<String> looks) {
    return find(
        tx,
        """
        SELECT 1 FROM account_alias WHERE folded = ? AND account_id = ?
        UNION ALL SELECT 1 FROM alias_look WHERE look = ? AND account_id = ? LIMIT 1\
        """,
        id,
        looks);
  }

  private static boolean find(Tx tx, String sql, AccountId id, Set<String> looks) {
    return looks.stream().anyMatch(look -> tx.number(sql, look, id.value(), look, id.value()) != 0);
  }
}
