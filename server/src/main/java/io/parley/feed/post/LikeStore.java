package io.parley.feed.post;

import io.parley.base.AccountId;
import io.parley.store.Tx;
import java.util.List;

/// The SQL of likes.
final class LikeStore {
  /// Whether it was not there before.
  boolean insert(Tx tx, Like like) {
    return tx.update(
            """
            INSERT INTO post_like (post_id, account_id, id, created_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (post_id, account_id) DO NOTHING\
            """,
            like.post().value(),
            like.account().value(),
            like.id(),
            like.createdAt())
        > 0;
  }

  /// Whether it was there.
  boolean delete(Tx tx, PostId post, AccountId account) {
    return tx.update(
            "DELETE FROM post_like WHERE post_id = ? AND account_id = ?",
            post.value(),
            account.value())
        > 0;
  }

  /// The newest with an id below `below`, of accounts that are not hidden and that no block
  /// separates from `reader`.
  List<Like> newest(Tx tx, PostId post, AccountId reader, long below, int limit) {
    return tx.list(
        """
        SELECT l.id, l.account_id, l.created_at FROM post_like l
        WHERE l.post_id = ? AND l.id < ?
          AND NOT EXISTS (SELECT 1 FROM hidden_account h WHERE h.account_id = l.account_id)
          AND NOT EXISTS (SELECT 1 FROM block b
            WHERE b.account_id = l.account_id AND b.peer_id = ?)
          AND NOT EXISTS (SELECT 1 FROM block b
            WHERE b.account_id = ? AND b.peer_id = l.account_id)
        ORDER BY l.id DESC LIMIT ?\
        """,
        row -> new Like(row.getLong(1), post, new AccountId(row.getLong(2)), row.getLong(3)),
        post.value(),
        below,
        reader.value(),
        reader.value(),
        limit);
  }
}
