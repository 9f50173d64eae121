package io.parley.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.parley.base.AccountId;
import io.parley.bus.Bus;
import io.parley.bus.Event;
import io.parley.store.Tx;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Tells of names and pictures that changed: friends and the account's own devices at once,
/// everybody else by the version that its messages carry for a day. Who missed that finds the
/// version with what it pulls.
public final class ProfileNews {
  private static final int KEPT_MAX = 100_000;
  private static final Duration KEPT = Duration.ofDays(1);

  private final Bus bus;
  private final Cache<AccountId, Long> versions =
      Caffeine.newBuilder().maximumSize(KEPT_MAX).expireAfterWrite(KEPT).build();
  private volatile Hearers hearers = (tx, account) -> List.of();

  /// Those who hear of it at once, inside the transaction that makes the change.
  @FunctionalInterface
  public interface Hearers {
    List<AccountId> of(Tx tx, AccountId account);
  }

  public ProfileNews(Bus bus) {
    this.bus = bus;
    bus.subscribe(
        event -> {
          if (event instanceof Event.ProfileChanged changed) {
            versions.put(changed.account(), changed.version());
          }
        });
  }

  /// Who hears besides the account itself. Set once, before anybody calls: friends are a feature
  /// that needs accounts.
  public void tellTo(Hearers who) {
    hearers = who;
  }

  /// Inside a transaction.
  ///
  /// @param version [Account#version]
  void tell(Tx tx, AccountId account, long version) {
    List<AccountId> audience =
        Stream.concat(Stream.of(account), hearers.of(tx, account).stream()).distinct().toList();
    bus.publish(tx, new Event.ProfileChanged(account, version, audience));
  }

  /// The version of a profile that changed in the last day; 0 for others, and after a restart.
  /// Never blocks.
  public long versionLately(AccountId account) {
    Long version = versions.getIfPresent(account);
    return version == null ? 0 : version;
  }
}
