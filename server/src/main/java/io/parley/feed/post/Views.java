package io.parley.feed.post;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.parley.base.AccountId;
import io.parley.base.Clock;
import io.parley.store.Tx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Counts views in memory and hands them over in batches: one view of a post is one account within
/// an hour. A kill loses the views of the last second; a full table loses the views that do not
/// fit.
public final class Views {
  private static final int REMEMBERED_MAX = 200_000;
  private static final int WAITING_MAX = 50_000;
  private static final Duration WINDOW = Duration.ofHours(1);

  private record View(AccountId viewer, PostId post) {}

  private final PostStore store = new PostStore();
  private final Cache<View, Boolean> lately;
  private final Map<PostId, Long> waiting = new HashMap<>();

  public Views(Clock clock) {
    lately =
        Caffeine.newBuilder()
            .maximumSize(REMEMBERED_MAX)
            .expireAfterWrite(WINDOW)
            .ticker(clock::nanos)
            .build();
  }

  void saw(AccountId viewer, PostId post) {
    if (lately.asMap().putIfAbsent(new View(viewer, post), Boolean.TRUE) == null) {
      synchronized (waiting) {
        if (waiting.size() < WAITING_MAX || waiting.containsKey(post)) {
          waiting.merge(post, 1L, Long::sum);
        }
      }
    }
  }

  /// What was counted since the last call.
  public Map<PostId, Long> take() {
    synchronized (waiting) {
      Map<PostId, Long> taken = Map.copyOf(waiting);
      waiting.clear();
      return taken;
    }
  }

  /// Inside a transaction: adds what was taken to the posts.
  public void write(Tx tx, Map<PostId, Long> views) {
    views.forEach((post, count) -> store.addViews(tx, post.value(), count));
  }
}
