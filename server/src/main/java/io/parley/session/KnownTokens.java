package io.parley.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.parley.account.Standing;
import io.parley.base.AccountId;
import io.parley.base.SessionId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Tokens that were recognised lately, by their hash: at most 100,000, for a minute.
///
/// Forgetting finds a session's or an account's tokens by an index, so that it costs the same
/// however many are known. A token that is being read while its session ends is read once more
/// after it is in the index, so either that read or the forgetting sees the end.
final class KnownTokens {
  /// A live session and what its account is allowed.
  record Known(Session session, Standing standing) {}

  private static final int KNOWN_MAX = 100_000;
  private static final Duration KEPT = Duration.ofMinutes(1);

  private final Map<AccountId, Map<SessionId, String>> index = new ConcurrentHashMap<>();
  private final Cache<String, Known> known =
      Caffeine.newBuilder()
          .maximumSize(KNOWN_MAX)
          .expireAfterWrite(KEPT)
          .evictionListener(this::evicted)
          .build();

  /// Null if it is not remembered. Never blocks.
  @Nullable Known peek(String tokenHash) {
    return known.getIfPresent(tokenHash);
  }

  /// What is remembered, else what `loader` finds; null, and nothing remembered, if it finds null.
  @SuppressWarnings("NullAway") // Caffeine takes a loader that returns null
  @Nullable Known get(String tokenHash, Function<String, @Nullable Known> loader) {
    return known.get(
        tokenHash,
        hash -> {
          Known first = loader.apply(hash);
          if (first == null) {
            return null;
          }
          enter(first.session(), hash);
          Known second = loader.apply(hash);
          if (second == null) {
            leave(first.session());
          }
          return second;
        });
  }

  /// Of many who want to put `after` in place of the same `before`, one does.
  boolean replace(String tokenHash, Known before, Known after) {
    return known.asMap().replace(tokenHash, before, after);
  }

  void forget(AccountId account, SessionId session) {
    Map<SessionId, String> tokens = index.get(account);
    String hash = tokens == null ? null : tokens.get(session);
    if (hash != null) {
      drop(hash);
    }
  }

  void forget(AccountId account) {
    Map<SessionId, String> tokens = index.get(account);
    if (tokens != null) {
      List.copyOf(tokens.values()).forEach(this::drop);
    }
  }

  void forgetAll() {
    List.copyOf(index.keySet()).forEach(this::forget);
  }

  /// How many tokens forgetting would find: those that are remembered, and no others for long.
  int indexed() {
    return index.values().stream().mapToInt(Map::size).sum();
  }

  /// Waits for a reader that is at it: of the map's operations only `compute` promises that.
  @SuppressWarnings("NullAway") // null removes
  private void drop(String hash) {
    known
        .asMap()
        .compute(
            hash,
            (key, value) -> {
              if (value != null) {
                leave(value.session());
              }
              return null;
            });
  }

  private void evicted(@Nullable String hash, @Nullable Known value, RemovalCause cause) {
    if (value != null) {
      leave(value.session());
    }
  }

  private void enter(Session session, String hash) {
    index.compute(
        session.account(),
        (account, tokens) -> {
          Map<SessionId, String> more = tokens == null ? new HashMap<>() : new HashMap<>(tokens);
          more.put(session.id(), hash);
          return Map.copyOf(more);
        });
  }

  private void leave(Session session) {
    index.computeIfPresent(
        session.account(),
        (account, tokens) -> {
          Map<SessionId, String> fewer = new HashMap<>(tokens);
          fewer.remove(session.id());
          return fewer.isEmpty() ? null : Map.copyOf(fewer);
        });
  }
}
