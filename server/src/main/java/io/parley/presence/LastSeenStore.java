package io.parley.presence;

import io.parley.base.AccountId;
import io.parley.store.Tx;

/// The SQL of when accounts were last here.
final class LastSeenStore {
  void put(Tx tx, AccountId account, long now) {
    tx.update(
        """
        INSERT INTO last_seen (account_id, at) VALUES (?, ?)
        ON CONFLICT (account_id) DO UPDATE SET at = excluded.at""",
        account.value(),
        now);
  }

  /// 0 for never.
  long find(Tx tx, AccountId account) {
    return tx.number("SELECT at FROM last_seen WHERE account_id = ?", account.value());
  }
}
