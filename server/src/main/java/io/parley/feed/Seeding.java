package io.parley.feed;

import io.parley.base.Folding;
import io.parley.base.Ids;
import io.parley.feed.post.Post;
import io.parley.feed.post.Ranking;
import io.parley.store.Db;
import io.parley.store.TextIndex;
import io.parley.store.Tx;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;

/// Fills an empty feed for load tests: accounts that cannot log in, their follows, posts over the
/// last year, likes. The same numbers give the same data. Popularity is skewed: the share of all
/// follows that the most popular `x` of the accounts have is the cube root of `x`.
public final class Seeding {
  /// How much to make.
  ///
  /// @param readers ids of accounts that exist already and follow like the others
  public record Plan(List<Long> readers, int accounts, int posts, int followsEach, int likes) {
    /// Rows that are made.
    public long rows() {
      long people = (long) accounts + readers.size();
      return accounts + people * followsEach + posts + likes;
    }
  }

  private static final int BATCH = 5_000;
  private static final long YEAR_MS = 365L * 24 * 3600 * 1000;
  private static final int FIRST_ACCOUNT = 1_000;
  private static final List<String> WORDS =
      List.of(
          "morning", "coffee", "今天", "天气", "很好", "garden", "photo", "我们", "music", "river", "读书",
          "train", "window", "朋友", "summer", "bread", "山上", "winter", "quiet", "窗外");

  /// Indexes whose order is not the order in which rows are made, as the migrations make them.
  /// Built at the end they are sorted once; growing row by row they would be searched for each.
  private static final Map<String, String> INDEXES =
      Map.of(
          "follow_followee", " ON follow (followee_id, follower_id)",
          "post_author", " ON post (author_id, id, listed)",
          "post_hot", " ON post (hot, id, author_id) WHERE listed = 1",
          "post_like_newest", " ON post_like (post_id, id)");

  private final Db db;
  private final Plan plan;
  private final long now;
  private final LongConsumer progress;
  private final TextIndex texts = new TextIndex("post_text");
  private final SplittableRandom drawn = new SplittableRandom(1);
  private long done;

  /// `now`: epoch milliseconds of the newest post; `progress` hears how many rows are made.
  public Seeding(Db db, Plan plan, long now, LongConsumer progress) {
    this.db = db;
    this.plan = plan;
    this.now = now;
    this.progress = progress;
  }

  /// Makes everything.
  public void run() {
    INDEXES.keySet().forEach(name -> db.write(tx -> tx.update("DROP INDEX " + name)));
    batches(plan.accounts(), (tx, i) -> account(tx, FIRST_ACCOUNT + i));
    batches(plan.accounts(), (tx, i) -> follows(tx, FIRST_ACCOUNT + i));
    batches(plan.readers().size(), (tx, i) -> follows(tx, plan.readers().get((int) i)));
    batches(plan.posts(), this::post);
    batches(plan.likes(), this::like);
    INDEXES.forEach((name, on) -> db.write(tx -> tx.update("CREATE INDEX " + name + on)));
  }

  /// Marks the authors that have more than `followersMax` followers, as their next post would.
  public void pull(int followersMax) {
    db.change(
        tx ->
            tx.update(
                """
                INSERT INTO pulled_author (author_id)
                SELECT followee_id FROM follow GROUP BY followee_id HAVING count(*) > ?\
                """,
                followersMax));
  }

  private interface Row {
    void make(Tx tx, long i);
  }

  private void batches(long count, Row row) {
    for (long from = 0; from < count; from += BATCH) {
      long start = from;
      long end = Math.min(count, from + BATCH);
      db.change(
          tx -> {
            for (long i = start; i < end; i++) {
              row.make(tx, i);
            }
          });
      progress.accept(done);
    }
  }

  private void account(Tx tx, long id) {
    tx.update(
        """
        INSERT INTO account (id, nickname, search_name, gender, avatar_url, extra, rights,
          disabled, login_version, created_at, updated_at)
        VALUES (?, ?, ?, 0, '', '', '', 0, 0, ?, ?)\
        """,
        id,
        "seed " + id,
        "seed " + id,
        now,
        now);
    done++;
  }

  private void follows(Tx tx, long follower) {
    for (int i = 0; i < plan.followsEach(); i++) {
      double u = draw(1 << 30) / (double) (1 << 30);
      long followee = FIRST_ACCOUNT + (long) (plan.accounts() * u * u * u);
      tx.update(
          """
          INSERT INTO follow (follower_id, followee_id, created_at) VALUES (?, ?, ?)
          ON CONFLICT (follower_id, followee_id) DO NOTHING\
          """,
          follower,
          followee,
          now - YEAR_MS);
      done++;
    }
  }

  private long postId(long i) {
    long at = now - YEAR_MS + YEAR_MS / plan.posts() * i;
    return (at - Ids.EPOCH_MS) << 22;
  }

  private void post(Tx tx, long i) {
    long id = postId(i);
    long createdAt = (id >>> 22) + Ids.EPOCH_MS;
    StringBuilder text = new StringBuilder();
    for (int word = 0; word < 12; word++) {
      text.append(WORDS.get(draw(WORDS.size()))).append(' ');
    }
    text.append(i);
    long likes = draw(100) < 90 ? draw(3) : draw(500);
    Post.Counts counts = new Post.Counts(likes, 10 * likes, likes / 10, likes / 20, 0, 0);
    tx.update(
        """
        INSERT INTO post (id, author_id, kind, listed, hot, like_count, view_count, comment_count,
          replier_count, report_count, enabled, review, operator_id, created_at, updated_at,
          remark, content)
        VALUES (?, ?, 0, 1, ?, ?, ?, ?, ?, 0, 1, 2, 0, ?, ?, '', ?)\
        """,
        id,
        FIRST_ACCOUNT + draw(plan.accounts()),
        Ranking.DEFAULT.hot(counts, createdAt),
        counts.likes(),
        counts.views(),
        counts.comments(),
        counts.repliers(),
        createdAt,
        createdAt,
        text.toString());
    texts.put(tx, id, Folding.fold(text.toString()));
    done++;
  }

  private void like(Tx tx, long i) {
    tx.update(
        """
        INSERT INTO post_like (post_id, account_id, id, created_at) VALUES (?, ?, ?, ?)
        ON CONFLICT (post_id, account_id) DO NOTHING\
        """,
        postId(plan.posts() - 1 - draw(plan.posts()) / 10),
        FIRST_ACCOUNT + draw(plan.accounts()),
        i + 1,
        now);
    done++;
  }

  private int draw(int bound) {
    return drawn.nextInt(bound);
  }
}
