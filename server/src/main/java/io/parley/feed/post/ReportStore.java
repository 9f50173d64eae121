package io.parley.feed.post;

import io.parley.base.AccountId;
import io.parley.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/// The SQL of reports.
final class ReportStore {
  private static final String COLUMNS =
      "post_id, account_id, reason, excerpt, created_at, resolved_at";

  /// Whether it counts: that account had not reported the post, or the post was changed since what
  /// it reported was resolved.
  boolean put(Tx tx, Post post, Report report) {
    return tx.update(
            """
            INSERT INTO post_report (post_id, account_id, reason, excerpt, created_at)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (post_id, account_id) DO UPDATE SET reason = excluded.reason,
              excerpt = excluded.excerpt, created_at = excluded.created_at, resolved_at = NULL
            WHERE post_report.resolved_at <= ?\
            """,
            post.id().value(),
            report.account().value(),
            report.reason(),
            report.excerpt(),
            report.createdAt(),
            post.updatedAt())
        > 0;
  }

  /// Resolves the open reports of a post.
  void resolve(Tx tx, PostId post, long now) {
    tx.update(
        "UPDATE post_report SET resolved_at = ? WHERE post_id = ? AND resolved_at IS NULL",
        now,
        post.value());
  }

  /// In the order of the posts' and the reporters' ids.
  List<PostReport> after(Tx tx, long post, long account, int limit) {
    return tx.list(
        "SELECT "
            + COLUMNS
            + """
             FROM post_report WHERE post_id > ? OR (post_id = ? AND account_id > ?)
            ORDER BY post_id, account_id LIMIT ?\
            """,
        row -> new PostReport(new PostId(row.getLong(1)), map(row)),
        post,
        post,
        account,
        limit);
  }

  /// In the order of the reporters' ids, above `above`.
  List<Report> list(Tx tx, PostId post, long above, int limit) {
    return tx.list(
        "SELECT "
            + COLUMNS
            + " FROM post_report WHERE post_id = ? AND account_id > ? ORDER BY account_id LIMIT ?",
        ReportStore::map,
        post.value(),
        above,
        limit);
  }

  private static Report map(ResultSet row) throws SQLException {
    long resolvedAt = row.getLong(6);
    return new Report(
        new AccountId(row.getLong(2)),
        row.getString(3),
        row.getString(4),
        row.getLong(5),
        resolvedAt == 0 ? null : Long.valueOf(resolvedAt));
  }
}
