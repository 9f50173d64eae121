package io.parley.session;

import io.parley.base.AccountId;
import io.parley.store.Tx;
import org.jspecify.annotations.Nullable;

/// The SQL of links that set another password.
final class RecoveryStore {
  /// A link as it was mailed.
  ///
  /// @param address where to
  /// @param loginVersion of the account then
  record Link(AccountId account, String address, long loginVersion) {}

  void insert(Tx tx, String hash, Link link, long expiresAt) {
    tx.update(
        """
        INSERT INTO recovery (hash, account_id, address, login_version, expires_at)
        VALUES (?, ?, ?, ?, ?)\
        """,
        hash,
        link.account().value(),
        link.address(),
        link.loginVersion(),
        expiresAt);
  }

  @Nullable Link find(Tx tx, String hash, long now) {
    return tx.first(
        """
        SELECT account_id, address, login_version FROM recovery
        WHERE hash = ? AND expires_at > ?\
        """,
        row -> new Link(new AccountId(row.getLong(1)), row.getString(2), row.getLong(3)),
        hash,
        now);
  }

  void deleteOf(Tx tx, AccountId account) {
    tx.update("DELETE FROM recovery WHERE account_id = ?", account.value());
  }

  void deleteExpired(Tx tx, long now) {
    tx.update("DELETE FROM recovery WHERE expires_at <= ?", now);
  }
}
