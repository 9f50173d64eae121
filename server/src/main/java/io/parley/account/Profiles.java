package io.parley.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.parley.base.AccountId;
import io.parley.store.Db;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Profiles that were read lately: at most 100,000, for ten minutes.
///
/// One is read and remembered in one step of the cache and dropped after the commit that changes
/// it, so a reader that was slower than the commit cannot leave the old state behind.
final class Profiles {
  private static final int KEPT_MAX = 100_000;
  private static final Duration KEPT = Duration.ofMinutes(10);

  private final Db db;
  private final AccountStore store;
  private final Cache<AccountId, Profile> profiles =
      Caffeine.newBuilder().maximumSize(KEPT_MAX).expireAfterWrite(KEPT).build();

  Profiles(Db db, AccountStore store) {
    this.db = db;
    this.store = store;
  }

  /// Null where there is no such account, or it was deleted.
  @Nullable Profile find(AccountId id) {
    return present(profiles.get(id, this::load));
  }

  /// [Account#version], also of one that was deleted: so others learn of it; 0 where there never
  /// was such an account.
  long version(AccountId id) {
    Profile profile = profiles.get(id, this::load);
    return profile == null ? 0 : profile.account().version();
  }

  /// Null if it is not remembered. Never blocks.
  @Nullable Profile remembered(AccountId id) {
    return present(profiles.getIfPresent(id));
  }

  private static @Nullable Profile present(@Nullable Profile profile) {
    return profile == null || profile.account().deletedAt() != null ? null : profile;
  }

  /// Waits for a reader that is at it: of the map's operations only `compute` promises that.
  @SuppressWarnings("NullAway") // null removes
  void forget(AccountId id) {
    profiles.asMap().compute(id, (key, profile) -> null);
  }

  void forgetAll() {
    List.copyOf(profiles.asMap().keySet()).forEach(this::forget);
  }

  @SuppressWarnings("NullAway") // Caffeine takes null for "nothing", which it does not remember
  private Profile load(AccountId id) {
    return db.read(tx -> store.findProfile(tx, id));
  }
}
