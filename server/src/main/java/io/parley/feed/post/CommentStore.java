package io.parley.feed.post;

import io.parley.base.AccountId;
import io.parley.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The SQL of comments.
final class CommentStore {
  private static final String SELECT =
      """
      SELECT c.id, c.post_id, c.author_id, c.reply_to, c.content, c.created_at, c.deleted_at
      FROM post_comment c
      """;

  void insert(Tx tx, Comment comment) {
    tx.update(
        """
        INSERT INTO post_comment (id, post_id, author_id, reply_to, content, created_at)
        VALUES (?, ?, ?, ?, ?, ?)\
        """,
        comment.id(),
        comment.post().value(),
        comment.author().value(),
        comment.replyTo(),
        comment.content(),
        comment.createdAt());
  }

  void delete(Tx tx, long id, long now) {
    tx.update("UPDATE post_comment SET content = '', deleted_at = ? WHERE id = ?", now, id);
  }

  /// Null for one that is not there or deleted.
  @Nullable Comment find(Tx tx, long id) {
    return tx.first(SELECT + "WHERE c.id = ? AND c.deleted_at IS NULL", CommentStore::map, id);
  }

  /// Whether `account` has a comment on `post` that answers `comment`.
  boolean answers(Tx tx, PostId post, long comment, AccountId account) {
    return tx.number(
            """
            SELECT count(*) FROM post_comment
            WHERE post_id = ? AND id > ? AND reply_to = ? AND author_id = ? AND deleted_at IS NULL\
            """,
            post.value(),
            comment,
            comment,
            account.value())
        > 0;
  }

  /// Adds to the number of comments that `account` has on `post`; the answer is the new number.
  long addReplier(Tx tx, PostId post, AccountId account, int by) {
    tx.update(
        """
        INSERT INTO post_replier (post_id, account_id, comments) VALUES (?, ?, ?)
        ON CONFLICT (post_id, account_id) DO UPDATE
        SET comments = post_replier.comments + excluded.comments\
        """,
        post.value(),
        account.value(),
        by);
    return tx.number(
        "SELECT comments FROM post_replier WHERE post_id = ? AND account_id = ?",
        post.value(),
        account.value());
  }

  /// The newest with an id below `below` that are not deleted, of accounts that are not hidden and
  /// that no block separates from `reader`.
  List<Comment> newest(Tx tx, PostId post, AccountId reader, long below, int limit) {
    return tx.list(
        SELECT
            + """
            WHERE c.post_id = ? AND c.id < ? AND c.deleted_at IS NULL
              AND NOT EXISTS (SELECT 1 FROM hidden_account h WHERE h.account_id = c.author_id)
              AND NOT EXISTS (SELECT 1 FROM block b
                WHERE b.account_id = c.author_id AND b.peer_id = ?)
              AND NOT EXISTS (SELECT 1 FROM block b
                WHERE b.account_id = ? AND b.peer_id = c.author_id)
            ORDER BY c.id DESC LIMIT ?\
            """,
        CommentStore::map,
        post.value(),
        below,
        reader.value(),
        reader.value(),
        limit);
  }

  /// Those of an author below `below` that are not deleted, newest first.
  List<Comment> own(Tx tx, AccountId author, long below, int limit) {
    return tx.list(
        SELECT
            + "WHERE c.author_id = ? AND c.id < ? AND c.deleted_at IS NULL ORDER BY c.id DESC LIMIT"
            + " ?",
        CommentStore::map,
        author.value(),
        below,
        limit);
  }

  private static Comment map(ResultSet row) throws SQLException {
    long deletedAt = row.getLong(7);
    return new Comment(
        row.getLong(1),
        new PostId(row.getLong(2)),
        new AccountId(row.getLong(3)),
        row.getLong(4),
        row.getString(5),
        row.getLong(6),
        deletedAt == 0 ? null : Long.valueOf(deletedAt));
  }
}
