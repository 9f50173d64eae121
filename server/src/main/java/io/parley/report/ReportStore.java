package io.parley.report;

import io.parley.base.AccountId;
import io.parley.base.MessageId;
import io.parley.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The SQL of reports.
final class ReportStore {
  private static final String SELECT =
      "SELECT id, kind, target_id, group_id, subject_id, reporter_id, reason, excerpt, created_at,"
          + " resolved_at, resolver_id, remark, answer FROM report WHERE ";

  /// Whether that account has no open report of it.
  boolean insert(Tx tx, Report report) {
    return tx.update(
            """
            INSERT INTO report (id, kind, target_id, group_id, subject_id, reporter_id, reason,
              excerpt, created_at, resolver_id, remark)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, '')
            ON CONFLICT (reporter_id, kind, target_id) WHERE resolved_at IS NULL DO NOTHING\
            """,
            report.id(),
            report.kind().name(),
            report.target(),
            report.group(),
            report.subject().value(),
            report.reporter().value(),
            report.reason(),
            report.excerpt(),
            report.createdAt())
        > 0;
  }

  void insertLines(Tx tx, long report, List<ReportLine> lines) {
    for (int place = 0; place < lines.size(); place++) {
      ReportLine line = lines.get(place);
      tx.update(
          """
          INSERT INTO report_line (report_id, place, message_id, sender_id, sent_at, excerpt)
          VALUES (?, ?, ?, ?, ?, ?)\
          """,
          report,
          place,
          line.message().value(),
          line.sender().value(),
          line.sentAt(),
          line.excerpt());
    }
  }

  List<ReportLine> lines(Tx tx, long report) {
    return tx.list(
        """
        SELECT message_id, sender_id, excerpt, sent_at FROM report_line
        WHERE report_id = ? ORDER BY place\
        """,
        row ->
            new ReportLine(
                new MessageId(row.getLong(1)),
                new AccountId(row.getLong(2)),
                row.getString(3),
                row.getLong(4)),
        report);
  }

  long openCount(Tx tx, AccountId reporter) {
    return tx.number(
        "SELECT count(*) FROM report WHERE reporter_id = ? AND resolved_at IS NULL",
        reporter.value());
  }

  /// Open reports of all, `most` at most.
  long openCount(Tx tx, int most) {
    return tx.number(
        "SELECT count(*) FROM (SELECT 1 FROM report WHERE resolved_at IS NULL LIMIT ?) x", most);
  }

  @Nullable Report find(Tx tx, long id) {
    return tx.first(SELECT + "id = ?", ReportStore::map, id);
  }

  /// Newest first.
  List<Report> list(Tx tx, Report.Filter filter, long below, int limit) {
    StringBuilder where = new StringBuilder("id < ?");
    List<Object> values = new ArrayList<>(List.of(below));
    if (filter.open()) {
      where.append(" AND resolved_at IS NULL");
    }
    if (filter.subject() != 0) {
      where.append(" AND subject_id = ?");
      values.add(filter.subject());
    }
    if (filter.reporter() != 0) {
      where.append(" AND reporter_id = ?");
      values.add(filter.reporter());
    }
    values.add(limit);
    return tx.list(
        SELECT + where + " ORDER BY id DESC LIMIT ?", ReportStore::map, values.toArray());
  }

  /// Oldest first.
  List<Report> after(Tx tx, long above, int limit) {
    return tx.list(SELECT + "id > ? ORDER BY id LIMIT ?", ReportStore::map, above, limit);
  }

  void resolve(Tx tx, long id, Report.Resolution resolution) {
    tx.update(
        "UPDATE report SET resolved_at = ?, resolver_id = ?, remark = ?, answer = ? WHERE id = ?",
        resolution.at(),
        resolution.by(),
        resolution.remark(),
        resolution.answer(),
        id);
  }

  private static Report map(ResultSet row) throws SQLException {
    long resolvedAt = row.getLong(10);
    return new Report(
        row.getLong(1),
        Report.Kind.valueOf(row.getString(2)),
        row.getLong(3),
        row.getLong(4),
        new AccountId(row.getLong(5)),
        new AccountId(row.getLong(6)),
        row.getString(7),
        row.getString(8),
        row.getLong(9),
        resolvedAt == 0
            ? null
            : new Report.Resolution(
                resolvedAt, row.getLong(11), row.getString(12), row.getString(13)));
  }
}
