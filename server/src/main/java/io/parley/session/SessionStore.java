package io.parley.session;

import io.parley.base.AccountId;
import io.parley.base.SessionId;
import io.parley.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The SQL of sessions.
final class SessionStore {
  private static final String COLUMNS =
      "id, account_id, contract, device, address, created_at, expires_at, life_ms, confirmed_at,"
          + " second_factor";

  void insert(Tx tx, Session session, String tokenHash) {
    tx.update(
        """
        INSERT INTO session (id, token_hash, account_id, contract, device, address, created_at, expires_at,
          life_ms, second_factor)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        session.id().value(),
        tokenHash,
        session.account().value(),
        session.contract(),
        session.device(),
        session.address(),
        session.createdAt(),
        session.expiresAt(),
        session.lifeMs(),
        session.secondFactor() ? 1 : 0);
  }

  @Nullable Session findLive(Tx tx, String tokenHash, long now) {
    return tx.first(
        "SELECT " + COLUMNS + " FROM session WHERE token_hash = ? AND expires_at > ?",
        SessionStore::map,
        tokenHash,
        now);
  }

  @Nullable Session find(Tx tx, AccountId account, SessionId id, long now) {
    return tx.first(
        "SELECT " + COLUMNS + " FROM session WHERE id = ? AND account_id = ? AND expires_at > ?",
        SessionStore::map,
        id.value(),
        account.value(),
        now);
  }

  /// The password was shown again.
  void confirm(Tx tx, SessionId id, long now) {
    tx.update("UPDATE session SET confirmed_at = ? WHERE id = ?", now, id.value());
  }

  /// A code of the second factor was shown.
  void showedCode(Tx tx, SessionId id) {
    tx.update("UPDATE session SET second_factor = 1 WHERE id = ?", id.value());
  }

  /// Newest first.
  List<Session> list(Tx tx, AccountId account, long now) {
    return tx.list(
        "SELECT "
            + COLUMNS
            + " FROM session WHERE account_id = ? AND expires_at > ? ORDER BY id DESC",
        SessionStore::map,
        account.value(),
        now);
  }

  /// All but the `kept` newest, at most a thousand.
  List<SessionId> oldest(Tx tx, AccountId account, int kept) {
    return tx.list(
        "SELECT id FROM session WHERE account_id = ? ORDER BY id DESC LIMIT 1000 OFFSET ?",
        row -> new SessionId(row.getLong(1)),
        account.value(),
        kept);
  }

  /// Whether there was such a session.
  boolean delete(Tx tx, AccountId account, SessionId id) {
    return tx.update(
            "DELETE FROM session WHERE id = ? AND account_id = ?", id.value(), account.value())
        > 0;
  }

  void extend(Tx tx, SessionId id, long expiresAt) {
    tx.update("UPDATE session SET expires_at = ? WHERE id = ?", expiresAt, id.value());
  }

  void deleteExpired(Tx tx, AccountId account, long now) {
    tx.update("DELETE FROM session WHERE account_id = ? AND expires_at <= ?", account.value(), now);
  }

  private static Session map(ResultSet row) throws SQLException {
    return new Session(
        new SessionId(row.getLong(1)),
        new AccountId(row.getLong(2)),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getLong(6),
        row.getLong(7),
        row.getLong(8),
        row.getLong(9),
        row.getInt(10) != 0);
  }
}
