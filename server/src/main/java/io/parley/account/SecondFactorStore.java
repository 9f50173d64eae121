package io.parley.account;

import io.parley.base.AccountId;
import io.parley.store.Tx;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// The SQL of second factors.
final class SecondFactorStore {
  /// @param secret sealed
  /// @param confirmedAt epoch milliseconds; 0 while it is not in force
  /// @param lastStep of the code that was taken last; -1 before the first
  /// @param failures wrong codes since the last right one
  /// @param failedAt epoch milliseconds of the last wrong one
  record Row(String secret, long confirmedAt, long lastStep, long failures, long failedAt) {}

  void putPending(Tx tx, AccountId id, String secret) {
    tx.update(
        """
        INSERT INTO totp (account_id, secret, confirmed_at, last_step, failures, failed_at)
        VALUES (?, ?, 0, -1, 0, 0)
        ON CONFLICT (account_id) DO UPDATE SET secret = excluded.secret, confirmed_at = 0,
          last_step = -1, failures = 0, failed_at = 0\
        """,
        id.value(),
        secret);
  }

  @Nullable Row find(Tx tx, AccountId id) {
    return tx.first(
        """
        SELECT secret, confirmed_at, last_step, failures, failed_at FROM totp
        WHERE account_id = ?\
        """,
        row ->
            new Row(
                row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)),
        id.value());
  }

  void confirm(Tx tx, AccountId id, long step, long now) {
    tx.update(
        "UPDATE totp SET confirmed_at = ?, last_step = ? WHERE account_id = ?",
        now,
        step,
        id.value());
    AccountStore.change(tx, id, now, "second_factor = 1, login_version = login_version + 1");
  }

  void taken(Tx tx, AccountId id, long step) {
    tx.update(
        "UPDATE totp SET last_step = ?, failures = 0, failed_at = 0 WHERE account_id = ?",
        step,
        id.value());
  }

  void failed(Tx tx, AccountId id, long now) {
    tx.update(
        "UPDATE totp SET failures = failures + 1, failed_at = ? WHERE account_id = ?",
        now,
        id.value());
  }

  void delete(Tx tx, AccountId id, long now) {
    tx.update("DELETE FROM totp WHERE account_id = ?", id.value());
    tx.update("DELETE FROM recovery_code WHERE account_id = ?", id.value());
    AccountStore.change(tx, id, now, "second_factor = 0, login_version = login_version + 1");
  }

  void replaceRecoveryCodes(Tx tx, AccountId id, Collection<String> hashes) {
    tx.update("DELETE FROM recovery_code WHERE account_id = ?", id.value());
    hashes.forEach(
        hash ->
            tx.update(
                "INSERT INTO recovery_code (account_id, hash) VALUES (?, ?)", id.value(), hash));
  }

  /// Whether the account had that code; it has it no more.
  boolean spend(Tx tx, AccountId id, String hash) {
    return tx.update(
            "DELETE FROM recovery_code WHERE account_id = ? AND hash = ?", id.value(), hash)
        > 0;
  }

  long recoveryCodes(Tx tx, AccountId id) {
    return tx.number("SELECT count(*) FROM recovery_code WHERE account_id = ?", id.value());
  }
}
