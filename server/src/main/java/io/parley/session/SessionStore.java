package io.parley.session;

import io.parley.base.AccountId;
import io.parley.base.SessionId;
import io.parley.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The SQL of sessions.
final class SessionStore {
  private static final String COLUMNS =
      "id, account_id, contract, device, address, created_at, expires_at, life_ms, confirmed_at,"
          + " second_factor, used_at, used_address";

  /// A session and what its token is stored as.
  record Row(Session session, String tokenHash) {}

  void insert(Tx tx, List<Row> rows) {
    tx.updateAll(
        """
        INSERT INTO session (id, token_hash, account_id, contract, device, address, created_at, expires_at,
          life_ms, second_factor)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        rows.stream().map(SessionStore::columns).toList());
  }

  private static @Nullable Object[] columns(Row row) {
    Session session = row.session();
    return new @Nullable Object[] {
      session.id().value(),
      row.tokenHash(),
      session.account().value(),
      session.contract(),
      session.device(),
      session.address(),
      session.createdAt(),
      session.expiresAt(),
      session.lifeMs(),
      session.secondFactor() ? 1 : 0
    };
  }

  /// The sessions of an account, expired ones included.
  ///
  /// @param nextEnd when the first of them expires or did, epoch milliseconds
  record Held(long count, long nextEnd) {
    static final Held NONE = new Held(0, Long.MAX_VALUE);
  }

  /// What each of these accounts has, if anything.
  Map<AccountId, Held> held(Tx tx, Collection<AccountId> accounts) {
    Map<AccountId, Held> held = new HashMap<>();
    tx.listAmong(
        """
        SELECT account_id, count(*), min(expires_at) FROM session
        WHERE account_id IN (:keys) GROUP BY account_id\
        """,
        row -> held.put(new AccountId(row.getLong(1)), new Held(row.getLong(2), row.getLong(3))),
        accounts.stream().map(id -> new Object[] {id.value()}).toList());
    return held;
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

  /// Ends so many of an account's sessions, the oldest first; which they were.
  List<SessionId> deleteOldest(Tx tx, AccountId account, long count) {
    return tx.list(
        """
        DELETE FROM session WHERE account_id = ? AND id IN (
          SELECT id FROM session WHERE account_id = ? ORDER BY id LIMIT ?)
        RETURNING id\
        """,
        row -> new SessionId(row.getLong(1)),
        account.value(),
        account.value(),
        count);
  }

  /// Whether there was such a session.
  boolean delete(Tx tx, AccountId account, SessionId id) {
    return tx.update(
            "DELETE FROM session WHERE id = ? AND account_id = ?", id.value(), account.value())
        > 0;
  }

  /// It was used, and ends later for it.
  void use(Tx tx, Session session) {
    tx.update(
        "UPDATE session SET expires_at = ?, used_at = ?, used_address = ? WHERE id = ?",
        session.expiresAt(),
        session.lastUse().at(),
        session.lastUse().address(),
        session.id().value());
  }

  /// The answer is how many there were.
  int deleteExpired(Tx tx, AccountId account, long now) {
    return tx.update(
        "DELETE FROM session WHERE account_id = ? AND expires_at <= ?", account.value(), now);
  }

  /// One that was not used since it was opened has no use of its own.
  private static Session map(ResultSet row) throws SQLException {
    long usedAt = row.getLong(11);
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
        row.getInt(10) != 0,
        usedAt == 0
            ? new Session.Use(row.getLong(6), row.getString(5))
            : new Session.Use(usedAt, row.getString(12)));
  }
}
