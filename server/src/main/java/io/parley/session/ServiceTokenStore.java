package io.parley.session;

import io.parley.base.Right;
import io.parley.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The SQL of service tokens.
final class ServiceTokenStore {
  /// A token that is good, under its hash.
  record Live(String hash, ServiceToken token) {}

  private static final String SELECT =
      "SELECT id, name, rights, created_by, created_at, last_used_at, revoked_at, token_hash"
          + " FROM service_token";

  void insert(Tx tx, ServiceToken token, String hash) {
    tx.update(
        """
        INSERT INTO service_token (id, name, token_hash, rights, created_by, created_at)
        VALUES (?, ?, ?, ?, ?, ?)\
        """,
        token.id(),
        token.name(),
        hash,
        token.rights().stream().map(Right::name).sorted().collect(Collectors.joining(" ")),
        token.createdBy(),
        token.createdAt());
  }

  long liveCount(Tx tx) {
    return tx.number("SELECT count(*) FROM service_token WHERE revoked_at IS NULL");
  }

  List<Live> live(Tx tx) {
    return tx.list(
        SELECT + " WHERE revoked_at IS NULL", row -> new Live(row.getString(8), map(row)));
  }

  /// Newest first, revoked ones too.
  List<ServiceToken> list(Tx tx, int limit) {
    return tx.list(SELECT + " ORDER BY id DESC LIMIT ?", ServiceTokenStore::map, limit);
  }

  /// Good ones with that id or name.
  List<ServiceToken> find(Tx tx, long id, String name) {
    return tx.list(
        SELECT + " WHERE revoked_at IS NULL AND (id = ? OR name = ?)",
        ServiceTokenStore::map,
        id,
        name);
  }

  void revoke(Tx tx, long id, long now) {
    tx.update("UPDATE service_token SET revoked_at = ? WHERE id = ?", now, id);
  }

  void used(Tx tx, long id, long now) {
    tx.update("UPDATE service_token SET last_used_at = ? WHERE id = ?", now, id);
  }

  private static ServiceToken map(ResultSet row) throws SQLException {
    long lastUsed = row.getLong(6);
    long revoked = row.getLong(7);
    return new ServiceToken(
        row.getLong(1),
        row.getString(2),
        rights(row.getString(3)),
        row.getLong(4),
        row.getLong(5),
        lastUsed == 0 ? null : Long.valueOf(lastUsed),
        revoked == 0 ? null : Long.valueOf(revoked));
  }

  private static Set<Right> rights(String text) {
    return Arrays.stream(text.split(" ")).map(Right::valueOf).collect(Collectors.toSet());
  }
}
