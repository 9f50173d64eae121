package io.parley.account;

import io.parley.base.AccountId;
import io.parley.base.Folding;
import io.parley.store.Tx;
import org.jspecify.annotations.Nullable;

/// The SQL of e-mail addresses: which one an account has, and which one it is about to take.
final class EmailStore {
  /// An address that waits for its code.
  ///
  /// @param hash of the code
  /// @param expiresAt epoch milliseconds
  /// @param tries wrong codes so far
  record Pending(String address, String hash, long expiresAt, long tries) {}

  /// @param verifiedAt epoch milliseconds, 0 for never
  record Held(String address, long verifiedAt) {}

  @Nullable Held find(Tx tx, AccountId id) {
    return tx.first(
        """
        SELECT original, verified_at FROM account_alias WHERE account_id = ? AND kind = 'EMAIL'
        ORDER BY verified_at DESC LIMIT 1\
        """,
        row -> new Held(row.getString(1), row.getLong(2)),
        id.value());
  }

  @Nullable Pending pending(Tx tx, AccountId id) {
    return tx.first(
        "SELECT address, hash, expires_at, tries FROM email_code WHERE account_id = ?",
        row -> new Pending(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4)),
        id.value());
  }

  /// In place of the one that was begun before.
  void putPending(Tx tx, AccountId id, String address, String hash, long expiresAt) {
    tx.update(
        """
        INSERT INTO email_code (account_id, address, hash, expires_at, tries)
        VALUES (?, ?, ?, ?, 0)
        ON CONFLICT (account_id) DO UPDATE SET address = excluded.address, hash = excluded.hash,
          expires_at = excluded.expires_at, tries = 0\
        """,
        id.value(),
        address,
        hash,
        expiresAt);
  }

  void failed(Tx tx, AccountId id) {
    tx.update("UPDATE email_code SET tries = tries + 1 WHERE account_id = ?", id.value());
  }

  void deletePending(Tx tx, AccountId id) {
    tx.update("DELETE FROM email_code WHERE account_id = ?", id.value());
  }

  /// The account logs in by no other address than `kept`; null: by none.
  void deleteOthers(Tx tx, AccountId id, @Nullable String kept) {
    tx.update(
        "DELETE FROM account_alias WHERE account_id = ? AND kind = 'EMAIL' AND folded <> ?",
        id.value(),
        kept == null ? "" : Folding.fold(kept));
  }

  void verified(Tx tx, AccountId id, String address, long now) {
    tx.update(
        "UPDATE account_alias SET verified_at = ? WHERE account_id = ? AND folded = ?",
        now,
        id.value(),
        Folding.fold(address));
  }
}
