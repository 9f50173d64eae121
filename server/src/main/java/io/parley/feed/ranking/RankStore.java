package io.parley.feed.ranking;

import io.parley.base.AccountId;
import io.parley.feed.post.Reason;
import io.parley.store.RowMapper;
import io.parley.store.Tx;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The SQL of ranked lists and of what was recommended.
final class RankStore {
  private static final RowMapper<Candidate> CANDIDATE =
      row -> new Candidate(row.getLong(1), row.getLong(2), row.getLong(3), Reason.HOT);

  private static final int LIKES_OF_EACH = 2;
  private static final int BATCH = 32;

  /// Posts that anybody may see whom no block separates from the author.
  private static final String LISTED =
      """
      SELECT id, author_id, hot FROM post
      WHERE listed = 1
        AND NOT EXISTS (SELECT 1 FROM hidden_account h WHERE h.account_id = post.author_id)
      """;

  private static final String FIND =
      LISTED + "AND id IN (" + String.join(", ", Collections.nCopies(BATCH, "?")) + ")";
  private static final String LIKED_BY =
      String.join(
          " UNION ALL ",
          Collections.nCopies(
              BATCH,
              "SELECT post_id, account_id FROM (SELECT post_id, account_id FROM post_like WHERE"
                  + " account_id = ? AND NOT EXISTS (SELECT 1 FROM hidden_account h WHERE"
                  + " h.account_id = post_like.account_id) ORDER BY id DESC LIMIT ?) AS newest"));

  /// Listed posts, hottest first.
  List<Candidate> hottest(Tx tx, int limit) {
    return tx.list(LISTED + "ORDER BY hot DESC, id DESC LIMIT ?", CANDIDATE, limit);
  }

  /// Listed posts below a place in the order of [#hottest].
  List<Candidate> hottestBelow(Tx tx, long hot, long id, int limit) {
    return tx.list(
        LISTED + "AND (hot, id) < (?, ?) ORDER BY hot DESC, id DESC LIMIT ?",
        CANDIDATE,
        hot,
        id,
        limit);
  }

  /// Listed posts, newest first.
  List<Candidate> newest(Tx tx, int limit) {
    return tx.list(LISTED + "ORDER BY id DESC LIMIT ?", CANDIDATE, limit);
  }

  /// Those of `posts` that are listed, in any order.
  List<Candidate> find(Tx tx, Collection<Long> posts) {
    List<Candidate> found = new ArrayList<>();
    inBatches(posts, batch -> found.addAll(tx.list(FIND, CANDIDATE, batch)));
    return found;
  }

  /// What each of `accounts` liked last, at most [#LIKES_OF_EACH]: post → those who did.
  Map<Long, List<AccountId>> likedBy(Tx tx, Collection<Long> accounts) {
    Map<Long, List<AccountId>> liked = new HashMap<>();
    inBatches(
        accounts,
        batch ->
            tx.list(
                LIKED_BY,
                row ->
                    liked
                        .computeIfAbsent(row.getLong(1), post -> new ArrayList<>())
                        .add(new AccountId(row.getLong(2))),
                limited(batch)));
    return liked;
  }

  /// Each account with how many of its likes are wanted.
  private static @Nullable Object[] limited(@Nullable Object[] accounts) {
    @Nullable Object[] args = new Object[2 * accounts.length];
    for (int i = 0; i < accounts.length; i++) {
      args[2 * i] = accounts[i];
      args[2 * i + 1] = LIKES_OF_EACH;
    }
    return args;
  }

  /// One statement of a fixed text for many ids: a statement each would cost more than the rows.
  /// The last batch is filled up with 0, which is no id.
  private static void inBatches(Collection<Long> ids, Consumer<@Nullable Object[]> run) {
    List<Long> all = List.copyOf(ids);
    for (int from = 0; from < all.size(); from += BATCH) {
      @Nullable Object[] batch = new Object[BATCH];
      for (int i = 0; i < BATCH; i++) {
        batch[i] = from + i < all.size() ? all.get(from + i) : Long.valueOf(0);
      }
      run.accept(batch);
    }
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
        ON CONFLICT (account_id) DO UPDATE SET posts = excluded.posts\
        """,
        reader.value(),
        bytes.array());
  }
}
