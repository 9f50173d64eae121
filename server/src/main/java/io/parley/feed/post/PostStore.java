package io.parley.feed.post;

import io.parley.base.AccountId;
import io.parley.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The SQL of posts and their media.
final class PostStore {
  /// Argument: the reader.
  private static final String SELECT =
      """
      SELECT p.id, p.author_id, p.kind, p.content, p.like_count, p.view_count, p.comment_count,
        p.replier_count, p.report_count, p.hot, p.enabled, p.review, p.operator_id, p.remark,
        EXISTS (SELECT 1 FROM post_like l WHERE l.post_id = p.id AND l.account_id = ?),
        p.created_at, p.updated_at, p.deleted_at
      FROM post p
      """;

  /// Arguments: the reader, twice.
  private static final String VISIBLE =
      """
      p.listed = 1
        AND NOT EXISTS (SELECT 1 FROM hidden_account h WHERE h.account_id = p.author_id)
        AND NOT EXISTS (SELECT 1 FROM block b WHERE b.account_id = p.author_id AND b.peer_id = ?)
        AND NOT EXISTS (SELECT 1 FROM block b WHERE b.account_id = ? AND b.peer_id = p.author_id)
      """;

  private static final String RELIST =
      "listed = CASE WHEN enabled = 1 AND review = 2 AND deleted_at IS NULL THEN 1 ELSE 0 END";

  void insert(Tx tx, Post post) {
    Post.Verdict verdict = post.verdict();
    tx.update(
        """
        INSERT INTO post (id, author_id, kind, listed, hot, like_count, view_count, comment_count,
          replier_count, report_count, enabled, review, operator_id, created_at, updated_at,
          remark, content)
        VALUES (?, ?, ?, ?, ?, 0, 0, 0, 0, 0, ?, ?, 0, ?, ?, '', ?)\
        """,
        post.id().value(),
        post.author().value(),
        post.kind().code(),
        post.listed() ? 1 : 0,
        post.counts().hot(),
        verdict.enabled() ? 1 : 0,
        verdict.review().code(),
        post.createdAt(),
        post.updatedAt(),
        post.content());
    putMedia(tx, post.id(), post.media());
  }

  void update(Tx tx, PostId id, PostDraft draft, Review review, long now) {
    tx.update(
        "UPDATE post SET kind = ?, content = ?, review = ?, updated_at = ? WHERE id = ?",
        draft.kind().code(),
        draft.content(),
        review.code(),
        now,
        id.value());
    relist(tx, id);
  }

  void putMedia(Tx tx, PostId id, List<PostMedia> media) {
    tx.update("DELETE FROM post_media WHERE post_id = ?", id.value());
    for (int place = 0; place < media.size(); place++) {
      PostMedia each = media.get(place);
      tx.update(
          """
          INSERT INTO post_media (post_id, place, id, url, cover_url, width, height, duration_ms,
            created_at)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)\
          """,
          id.value(),
          place,
          each.id(),
          each.url(),
          each.coverUrl(),
          each.width(),
          each.height(),
          each.durationMs(),
          each.createdAt());
    }
  }

  void delete(Tx tx, PostId id, long now) {
    tx.update("UPDATE post SET deleted_at = ?, updated_at = ? WHERE id = ?", now, now, id.value());
    relist(tx, id);
  }

  void judge(Tx tx, PostId id, Post.Verdict verdict) {
    tx.update(
        "UPDATE post SET enabled = ?, review = ?, operator_id = ?, remark = ? WHERE id = ?",
        verdict.enabled() ? 1 : 0,
        verdict.review().code(),
        verdict.operator(),
        verdict.remark(),
        id.value());
    relist(tx, id);
  }

  private static void relist(Tx tx, PostId id) {
    tx.update("UPDATE post SET " + RELIST + " WHERE id = ?", id.value());
  }

  void putCounts(Tx tx, PostId id, Post.Counts counts) {
    tx.update(
        """
        UPDATE post SET like_count = ?, comment_count = ?, replier_count = ?, report_count = ?,
          hot = ?
        WHERE id = ?\
        """,
        counts.likes(),
        counts.comments(),
        counts.repliers(),
        counts.reports(),
        counts.hot(),
        id.value());
  }

  void addViews(Tx tx, long id, long views) {
    tx.update("UPDATE post SET view_count = view_count + ? WHERE id = ?", views, id);
  }

  /// A post that is not deleted, whoever may see it.
  @Nullable Post find(Tx tx, PostId id, AccountId reader) {
    return withMedia(
        tx,
        tx.first(
            SELECT + "WHERE p.id = ? AND p.deleted_at IS NULL",
            PostStore::map,
            reader.value(),
            id.value()));
  }

  /// A post whatever has become of it.
  @Nullable QueuedPost findAny(Tx tx, PostId id, AccountId reader) {
    return tx.first(SELECT + "WHERE p.id = ?", PostStore::queued, reader.value(), id.value());
  }

  /// A post that is listed and of an account that is not hidden, neither blocks `reader` nor is
  /// blocked by it.
  @Nullable Post visible(Tx tx, long id, AccountId reader) {
    long self = reader.value();
    return withMedia(
        tx,
        tx.first(SELECT + "WHERE p.id = ? AND " + VISIBLE, PostStore::map, self, id, self, self));
  }

  /// The newest with an id below `below` that `reader` may see as anybody.
  List<Post> newest(Tx tx, AccountId reader, long below, int limit) {
    long self = reader.value();
    return withMedia(
        tx,
        tx.list(
            SELECT + "WHERE p.id < ? AND " + VISIBLE + " ORDER BY p.id DESC LIMIT ?",
            PostStore::map,
            self,
            below,
            self,
            self,
            limit));
  }

  /// The newest of `author` with an id below `below`, listed or not.
  ///
  /// @param review null: in any state
  /// @param pattern for the folded text, escaped with `!`; null: any
  List<Post> own(
      Tx tx,
      AccountId author,
      long below,
      @Nullable Review review,
      @Nullable String pattern,
      int limit) {
    long self = author.value();
    String where =
        "WHERE p.author_id = ? AND p.id < ? AND p.deleted_at IS NULL AND p.review >= ? AND p.review"
            + " <= ?";
    int least = review == null ? 0 : review.code();
    int most = review == null ? Review.FAILED.code() : review.code();
    String order = " ORDER BY p.id DESC LIMIT ?";
    return withMedia(
        tx,
        pattern == null
            ? tx.list(SELECT + where + order, PostStore::map, self, self, below, least, most, limit)
            : tx.list(
                SELECT
                    + where
                    + " AND (SELECT t.text FROM post_text t WHERE t.rowid = p.id) LIKE ? ESCAPE '!'"
                    + order,
                PostStore::map,
                self,
                self,
                below,
                least,
                most,
                pattern,
                limit));
  }

  /// Posts that wait for a moderator, oldest first, with an id above `above`.
  List<Post> waiting(Tx tx, AccountId reader, long above, int limit) {
    return withMedia(
        tx,
        tx.list(
            SELECT
                + "WHERE p.review = 1 AND p.deleted_at IS NULL AND p.id > ? ORDER BY p.id LIMIT ?",
            PostStore::map,
            reader.value(),
            above,
            limit));
  }

  /// `most` at most.
  long waitingCount(Tx tx, int most) {
    return tx.number(
        "SELECT count(*) FROM (SELECT 1 FROM post WHERE review = 1 AND deleted_at IS NULL LIMIT ?)"
            + " x",
        most);
  }

  /// `most` at most.
  long reportedCount(Tx tx, int most) {
    return tx.number(
        "SELECT count(*) FROM (SELECT 1 FROM post WHERE report_count > 0 LIMIT ?) x", most);
  }

  /// Posts that were reported, deleted ones too, the most reported first, after the one with
  /// `reports` and `id`.
  List<QueuedPost> reported(Tx tx, AccountId reader, long reports, long id, int limit) {
    List<QueuedPost> found =
        tx.list(
            SELECT
                + """
                WHERE p.report_count > 0 AND (p.report_count, p.id) < (?, ?)
                ORDER BY p.report_count DESC, p.id DESC LIMIT ?\
                """,
            PostStore::queued,
            reader.value(),
            reports,
            id,
            limit);
    List<Post> posts = new ArrayList<>(found.stream().map(QueuedPost::post).toList());
    withMedia(tx, posts);
    return IntStream.range(0, posts.size())
        .mapToObj(at -> new QueuedPost(posts.get(at), found.get(at).deleted()))
        .toList();
  }

  /// Notes that a post is on its way into timelines, from where the fan-out reads it.
  void enqueue(Tx tx, PostId post, AccountId author) {
    tx.update(
        """
        INSERT INTO post_fanout (post_id, author_id, phase, after_id) VALUES (?, ?, 0, 0)
        ON CONFLICT (post_id) DO NOTHING\
        """,
        post.value(),
        author.value());
  }

  private static @Nullable Post withMedia(Tx tx, @Nullable Post post) {
    return post == null || post.kind() == PostKind.TEXT ? post : post.with(media(tx, post.id()));
  }

  private static List<Post> withMedia(Tx tx, List<Post> posts) {
    posts.replaceAll(post -> post.kind() == PostKind.TEXT ? post : post.with(media(tx, post.id())));
    return posts;
  }

  private static List<PostMedia> media(Tx tx, PostId id) {
    return tx.list(
        """
        SELECT id, url, cover_url, width, height, duration_ms, created_at FROM post_media
        WHERE post_id = ? ORDER BY place\
        """,
        row ->
            new PostMedia(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7)),
        id.value());
  }

  private static QueuedPost queued(ResultSet row) throws SQLException {
    return new QueuedPost(map(row), row.getLong(18) != 0);
  }

  private static Post map(ResultSet row) throws SQLException {
    return new Post(
        new PostId(row.getLong(1)),
        new AccountId(row.getLong(2)),
        PostKind.of(row.getInt(3)),
        row.getString(4),
        List.of(),
        new Post.Counts(
            row.getLong(5),
            row.getLong(6),
            row.getLong(7),
            row.getLong(8),
            row.getLong(9),
            row.getLong(10)),
        new Post.Verdict(
            row.getInt(11) != 0, Review.of(row.getInt(12)), row.getLong(13), row.getString(14)),
        row.getBoolean(15),
        row.getLong(16),
        row.getLong(17),
        null);
  }
}
