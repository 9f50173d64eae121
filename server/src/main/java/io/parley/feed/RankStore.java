package io.parley.feed;

import io.parley.base.AccountId;
import io.parley.store.RowMapper;
import io.parley.store.Tx;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The SQL of ranked lists and of what was recommended.
final class RankStore {
  private static final RowMapper<Candidate> CANDIDATE =
      row -> new Candidate(row.getLong(1), row.getLong(2), row.getLong(3));

  /// Listed posts, hottest first.
  List<Candidate> hottest(Tx tx, int limit) {
    return tx.list(
        """
        SELECT id, author_id, hot FROM post WHERE listed = 1
        ORDER BY hot DESC, id DESC LIMIT ?""",
        CANDIDATE,
        limit);
  }

  /// Listed posts below a place in the order of [#hottest].
  List<Candidate> hottestBelow(Tx tx, long hot, long id, int limit) {
    return tx.list(
        """
        SELECT id, author_id, hot FROM post WHERE listed = 1 AND (hot, id) < (?, ?)
        ORDER BY hot DESC, id DESC LIMIT ?""",
        CANDIDATE,
        hot,
        id,
        limit);
  }

  /// Listed posts, newest first.
  List<Candidate> newest(Tx tx, int limit) {
    return tx.list(
        "SELECT id, author_id, hot FROM post WHERE listed = 1 ORDER BY id DESC LIMIT ?",
        CANDIDATE,
        limit);
  }

  /// Null where it is not listed.
  @Nullable Candidate find(Tx tx, long post) {
    return tx.first(
        "SELECT id, author_id, hot FROM post WHERE id = ? AND listed = 1", CANDIDATE, post);
  }

  /// What an account liked last.
  List<Long> likedBy(Tx tx, long account, int limit) {
    return tx.list(
        "SELECT post_id FROM post_like WHERE account_id = ? ORDER BY id DESC LIMIT ?",
        row -> row.getLong(1),
        account,
        limit);
  }

  /// Oldest first; empty for an account that was shown nothing.
  long[] seen(Tx tx, AccountId reader) {
    byte[] bytes =
        tx.first(
            "SELECT posts FROM post_seen WHERE account_id = ?",
            row -> row.getBytes(1),
            reader.value());
    if (bytes == null) {
      return new long[0];
    }
    LongBuffer posts = ByteBuffer.wrap(bytes).asLongBuffer();
    long[] ids = new long[posts.remaining()];
    posts.get(ids);
    return ids;
  }

  void putSeen(Tx tx, AccountId reader, long[] posts) {
    ByteBuffer bytes = ByteBuffer.allocate(posts.length * Long.BYTES);
    bytes.asLongBuffer().put(posts);
    tx.update(
        """
        INSERT INTO post_seen (account_id, posts) VALUES (?, ?)
        ON CONFLICT (account_id) DO UPDATE SET posts = excluded.posts""",
        reader.value(),
        bytes.array());
  }
}
