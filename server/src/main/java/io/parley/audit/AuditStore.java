package io.parley.audit;

import io.parley.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The SQL of the audit log.
final class AuditStore {
  private static final String SELECT =
      "SELECT id, at, operator_id, act, target, details, address, program FROM audit WHERE ";

  void insert(Tx tx, Entry entry) {
    tx.update(
        """
        INSERT INTO audit (id, at, operator_id, act, target, details, address, program)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        entry.id(),
        entry.at(),
        entry.operator(),
        entry.act(),
        entry.target(),
        entry.details(),
        entry.address(),
        entry.program());
  }

  /// Newest first.
  List<Entry> list(Tx tx, Entry.Filter filter, long below, int limit) {
    StringBuilder sql = new StringBuilder(SELECT).append("id < ?");
    List<@Nullable Object> args = new ArrayList<>();
    args.add(below);
    if (filter.operator() != 0) {
      sql.append(" AND operator_id = ?");
      args.add(filter.operator());
    }
    if (!filter.act().isEmpty()) {
      // Also whatever begins with it and a dot; '/' is the character after '.'.
      sql.append(" AND (act = ? OR (act > ? AND act < ?))");
      args.addAll(List.of(filter.act(), filter.act() + '.', filter.act() + '/'));
    }
    if (!filter.target().isEmpty()) {
      sql.append(" AND target = ?");
      args.add(filter.target());
    }
    if (filter.from() != 0) {
      sql.append(" AND at >= ?");
      args.add(filter.from());
    }
    if (filter.until() != 0) {
      sql.append(" AND at < ?");
      args.add(filter.until());
    }
    args.add(limit);
    return tx.list(
        sql.append(" ORDER BY id DESC LIMIT ?").toString(), AuditStore::map, args.toArray());
  }

  /// Oldest first.
  List<Entry> after(Tx tx, long above, int limit) {
    return tx.list(SELECT + "id > ? ORDER BY id LIMIT ?", AuditStore::map, above, limit);
  }

  private static Entry map(ResultSet row) throws SQLException {
    return new Entry(
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getString(8));
  }
}
