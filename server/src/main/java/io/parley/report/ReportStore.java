package io.parley.report;

import io.parley.base.AccountId;
import io.parley.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The SQL of reports.
final class ReportStore {
  private static final String SELECT =
      "SELECT id, kind, target_id, subject_id, reporter_id, reason, excerpt, created_at,"
          + " resolved_at, resolver_id, remark FROM report WHERE ";

  /// Whether that account had not reported it before.
  boolean insert(Tx tx, Report report) {
    return tx.update(
            """
            INSERT INTO report (id, kind, target_id, subject_id, reporter_id, reason, excerpt,
              created_at, resolver_id, remark)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, '')
            ON CONFLICT (reporter_id, kind, target_id) DO NOTHING""",
            report.id(),
            report.kind().name(),
            report.target(),
            report.subject().value(),
            report.reporter().value(),
            report.reason(),
            report.excerpt(),
            report.createdAt())
        > 0;
  }

  long openCount(Tx tx, AccountId reporter) {
    return tx.number(
        "SELECT count(*) FROM report WHERE reporter_id = ? AND resolved_at IS NULL",
        reporter.value());
  }

  @Nullable Report find(Tx tx, long id) {
    return tx.first(SELECT + "id = ?", ReportStore::map, id);
  }

  /// Newest first.
  List<Report> list(Tx tx, boolean open, long below, int limit) {
    return tx.list(
        SELECT + "id < ?" + (open ? " AND resolved_at IS NULL" : "") + " ORDER BY id DESC LIMIT ?",
        ReportStore::map,
        below,
        limit);
  }

  /// Oldest first.
  List<Report> after(Tx tx, long above, int limit) {
    return tx.list(SELECT + "id > ? ORDER BY id LIMIT ?", ReportStore::map, above, limit);
  }

  void resolve(Tx tx, long id, Report.Resolution resolution) {
    tx.update(
        "UPDATE report SET resolved_at = ?, resolver_id = ?, remark = ? WHERE id = ?",
        resolution.at(),
        resolution.by(),
        resolution.remark(),
        id);
  }

  private static Report map(ResultSet row) throws SQLException {
    long resolvedAt = row.getLong(9);
    return new Report(
        row.getLong(1),
        Report.Kind.valueOf(row.getString(2)),
        row.getLong(3),
        new AccountId(row.getLong(4)),
        new AccountId(row.getLong(5)),
        row.getString(6),
        row.getString(7),
        row.getLong(8),
        resolvedAt == 0
            ? null
            : new Report.Resolution(resolvedAt, row.getLong(10), row.getString(11)));
  }
}
