package io.parley.feed.timeline;

import io.parley.base.AccountId;
import io.parley.store.RowMapper;
import io.parley.store.Tx;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The SQL of timelines and of what is still to be written into them.
final class TimelineStore {
  /// A followed account or friend.
  ///
  /// @param since epoch milliseconds
  /// @param pulled whether its posts are not written into timelines
  record Source(long author, long since, boolean pulled) {}

  /// How far a timeline can be trusted.
  record Head(long horizon, long sources) {}

  /// A line of a timeline.
  record Entry(long post, long author) {}

  /// A post on its way into timelines.
  record Pending(long post, long author, int phase, long after) {}

  /// A follower or friend of an author.
  ///
  /// @param reads whether it has a timeline
  record Reader(AccountId account, boolean reads) {}

  private static final RowMapper<Source> SOURCE =
      row -> new Source(row.getLong(1), row.getLong(2), row.getBoolean(3));
  private static final RowMapper<Reader> READER =
      row -> new Reader(new AccountId(row.getLong(1)), row.getBoolean(2));

  /// Whom `reader` follows, by id; friends are not in it.
  List<Source> followees(Tx tx, AccountId reader) {
    return tx.list(
        """
        SELECT f.followee_id, f.created_at, p.author_id IS NOT NULL FROM follow f
        LEFT JOIN pulled_author p ON p.author_id = f.followee_id
        WHERE f.follower_id = ? ORDER BY f.followee_id\
        """,
        SOURCE,
        reader.value());
  }

  List<Source> friends(Tx tx, AccountId reader) {
    return tx.list(
        """
        SELECT f.peer_id, f.created_at, p.author_id IS NOT NULL FROM friend f
        LEFT JOIN pulled_author p ON p.author_id = f.peer_id
        WHERE f.account_id = ? ORDER BY f.peer_id\
        """,
        SOURCE,
        reader.value());
  }

  @Nullable Head head(Tx tx, AccountId reader) {
    return tx.first(
        "SELECT horizon, sources FROM timeline_head WHERE account_id = ?",
        row -> new Head(row.getLong(1), row.getLong(2)),
        reader.value());
  }

  void putHead(Tx tx, AccountId reader, Head head) {
    tx.update(
        """
        INSERT INTO timeline_head (account_id, horizon, sources) VALUES (?, ?, ?)
        ON CONFLICT (account_id) DO UPDATE
        SET horizon = excluded.horizon, sources = excluded.sources\
        """,
        reader.value(),
        head.horizon(),
        head.sources());
  }

  void insert(Tx tx, AccountId reader, long post, long author) {
    tx.update(
        """
        INSERT INTO timeline (account_id, post_id, author_id) VALUES (?, ?, ?)
        ON CONFLICT (account_id, post_id) DO NOTHING\
        """,
        reader.value(),
        post,
        author);
  }

  List<Entry> newest(Tx tx, AccountId reader, long below, int limit) {
    return tx.list(
        """
        SELECT post_id, author_id FROM timeline WHERE account_id = ? AND post_id < ?
        ORDER BY post_id DESC LIMIT ?\
        """,
        row -> new Entry(row.getLong(1), row.getLong(2)),
        reader.value(),
        below,
        limit);
  }

  /// Listed posts of `author` between two ids, both exclusive, newest first.
  List<Long> newestOf(Tx tx, long author, long above, long below, int limit) {
    return tx.list(
        """
        SELECT id FROM post WHERE author_id = ? AND listed = 1 AND id > ? AND id < ?
        ORDER BY id DESC LIMIT ?\
        """,
        row -> row.getLong(1),
        author,
        above,
        below,
        limit);
  }

  /// Keeps the newest `rows` of a timeline.
  void trim(Tx tx, AccountId reader, int rows) {
    long oldest =
        tx.number(
            """
            SELECT post_id FROM timeline WHERE account_id = ?
            ORDER BY post_id DESC LIMIT 1 OFFSET ?\
            """,
            reader.value(),
            rows - 1);
    // Without that many rows the number is 0, and nothing is below it.
    drop(tx, reader, oldest);
    tx.update(
        "UPDATE timeline_head SET horizon = ? WHERE account_id = ? AND horizon < ?",
        oldest,
        reader.value(),
        oldest);
  }

  void drop(Tx tx, AccountId reader, long below) {
    tx.update("DELETE FROM timeline WHERE account_id = ? AND post_id < ?", reader.value(), below);
  }

  /// The oldest that waits; null where none does.
  @Nullable Pending pending(Tx tx) {
    return tx.first(
        "SELECT post_id, author_id, phase, after_id FROM post_fanout ORDER BY post_id LIMIT 1",
        row -> new Pending(row.getLong(1), row.getLong(2), row.getInt(3), row.getLong(4)));
  }

  void advance(Tx tx, Pending to) {
    tx.update(
        "UPDATE post_fanout SET phase = ?, after_id = ? WHERE post_id = ?",
        to.phase(),
        to.after(),
        to.post());
  }

  void done(Tx tx, long post) {
    tx.update("DELETE FROM post_fanout WHERE post_id = ?", post);
  }

  /// Authors with posts on their way, each once; at most `limit`.
  List<Long> pendingAuthors(Tx tx, int limit) {
    return tx.list(
        "SELECT DISTINCT author_id FROM post_fanout LIMIT ?", row -> row.getLong(1), limit);
  }

  List<Reader> followersAfter(Tx tx, long author, long after, int limit) {
    return tx.list(
        """
        SELECT f.follower_id, h.account_id IS NOT NULL FROM follow f
        LEFT JOIN timeline_head h ON h.account_id = f.follower_id
        WHERE f.followee_id = ? AND f.follower_id > ? ORDER BY f.follower_id LIMIT ?\
        """,
        READER,
        author,
        after,
        limit);
  }

  /// Friends that do not follow as well.
  List<Reader> friendsAfter(Tx tx, long author, long after, int limit) {
    return tx.list(
        """
        SELECT f.peer_id, h.account_id IS NOT NULL FROM friend f
        LEFT JOIN timeline_head h ON h.account_id = f.peer_id
        WHERE f.account_id = ? AND f.peer_id > ?
          AND NOT EXISTS (SELECT 1 FROM follow w
            WHERE w.follower_id = f.peer_id AND w.followee_id = f.account_id)
        ORDER BY f.peer_id LIMIT ?\
        """,
        READER,
        author,
        after,
        limit);
  }

  /// Followers and friends of `author`, counted up to `most`.
  long readers(Tx tx, long author, int most) {
    return tx.number(
            "SELECT count(*) FROM (SELECT 1 FROM follow WHERE followee_id = ? LIMIT ?) AS counted",
            author,
            most)
        + tx.number(
            "SELECT count(*) FROM (SELECT 1 FROM friend WHERE account_id = ? LIMIT ?) AS counted",
            author,
            most);
  }

  boolean isPulled(Tx tx, long author) {
    return tx.number("SELECT count(*) FROM pulled_author WHERE author_id = ?", author) > 0;
  }

  void pull(Tx tx, long author) {
    tx.update(
        "INSERT INTO pulled_author (author_id) VALUES (?) ON CONFLICT (author_id) DO NOTHING",
        author);
  }
}
