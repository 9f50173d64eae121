package io.parley.feed.post;

import io.parley.base.AccountId;
import io.parley.store.Tx;
import java.util.List;

/// The SQL of reports.
final class ReportStore {
  /// Whether that account had not reported it before.
  boolean insert(Tx tx, PostId post, Report report) {
    return tx.update(
            """
            INSERT INTO post_report (post_id, account_id, reason, created_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (post_id, account_id) DO NOTHING\
            """,
            post.value(),
            report.account().value(),
            report.reason(),
            report.createdAt())
        > 0;
  }

  /// In the order of the posts' and the reporters' ids.
  List<PostReport> after(Tx tx, long post, long account, int limit) {
    return tx.list(
        """
        SELECT post_id, account_id, reason, created_at FROM post_report
        WHERE post_id > ? OR (post_id = ? AND account_id > ?)
        ORDER BY post_id, account_id LIMIT ?\
        """,
        row ->
            new PostReport(
                new PostId(row.getLong(1)),
                new Report(new AccountId(row.getLong(2)), row.getString(3), row.getLong(4))),
        post,
        post,
        account,
        limit);
  }

  /// In the order of the reporters' ids, above `above`.
  List<Report> list(Tx tx, PostId post, long above, int limit) {
    return tx.list(
        """
        SELECT account_id, reason, created_at FROM post_report
        WHERE post_id = ? AND account_id > ? ORDER BY account_id LIMIT ?\
        """,
        row -> new Report(new AccountId(row.getLong(1)), row.getString(2), row.getLong(3)),
        post.value(),
        above,
        limit);
  }
}
