package io.parley.admin;

import io.parley.store.Tx;

/// The SQL of [Totals].
final class TotalsStore {
  Totals.Counts count(Tx tx, long now) {
    return new Totals.Counts(
        tx.number("SELECT count(*) FROM account"),
        tx.number("SELECT count(*) FROM account WHERE disabled = 1"),
        tx.number("SELECT count(*) FROM chat_group WHERE deleted_at IS NULL"),
        tx.number("SELECT count(*) FROM conversation"),
        tx.number("SELECT count(*) FROM message"),
        tx.number("SELECT count(*) FROM post WHERE deleted_at IS NULL"),
        now);
  }
}
