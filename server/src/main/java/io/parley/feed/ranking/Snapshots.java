package io.parley.feed.ranking;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.parley.base.AccountId;
import io.parley.base.Clock;
import io.parley.base.Entropy;
import io.parley.feed.post.PostId;
import io.parley.feed.post.Reason;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ranked lists as they were when their first page was read, so that later pages neither skip nor
/// repeat while scores move. In memory only: whoever reads one must do without it.
final class Snapshots {
  private static final int POSTS_MAX = 2_000_000;
  private static final Duration UNUSED = Duration.ofMinutes(30);

  /// One list of one reader.
  ///
  /// @param posts in order
  /// @param reasons why each is there
  record Snapshot(long id, AccountId owner, long[] posts, Reason[] reasons) {
    /// The place after a post of the order.
    int after(PostId post) {
      int at = 0;
      while (posts[at] != post.value()) {
        at++;
      }
      return at + 1;
    }
  }

  private final Entropy entropy;
  private final Cache<Long, Snapshot> known;

  Snapshots(Clock clock, Entropy entropy) {
    this.entropy = entropy;
    known =
        Caffeine.newBuilder()
            .maximumWeight(POSTS_MAX)
            .weigher((Long id, Snapshot snapshot) -> snapshot.posts().length + 16)
            .expireAfterAccess(UNUSED)
            .ticker(clock::nanos)
            .build();
  }

  Snapshot keep(AccountId owner, List<Candidate> order) {
    Snapshot snapshot =
        new Snapshot(
            entropy.below(Long.MAX_VALUE - 1) + 1,
            owner,
            order.stream().mapToLong(Candidate::post).toArray(),
            order.stream().map(Candidate::reason).toArray(Reason[]::new));
    known.put(snapshot.id(), snapshot);
    return snapshot;
  }

  @Nullable Snapshot find(long id, AccountId owner) {
    Snapshot snapshot = known.getIfPresent(id);
    return snapshot != null && snapshot.owner().equals(owner) ? snapshot : null;
  }
}
