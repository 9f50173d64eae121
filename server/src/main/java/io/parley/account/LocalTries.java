package io.parley.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.parley.base.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/// Tries of one node, in memory: at most 100,000 of each kind. Time is that of a clock which does
/// not step.
public final class LocalTries implements Tries {
  private record Failures(int count, long openAtMs) {}

  /// What is left of a source's tries, `atMs`.
  private record Share(double left, long atMs) {}

  private static final int KEYS_MAX = 100_000;

  private final Clock clock;
  private final Cache<String, Failures> pairs = kept(MEMORY);
  private final Cache<String, Failures> names = kept(MEMORY);
  private final Cache<String, Share> sources = kept(MEMORY);
  private final Cache<String, Boolean> familiar = kept(FAMILIAR);

  public LocalTries(Clock clock) {
    this.clock = clock;
  }

  private static <T> Cache<String, T> kept(Duration memory) {
    return Caffeine.newBuilder().maximumSize(KEYS_MAX).expireAfterWrite(memory).build();
  }

  private Cache<String, Failures> failures(By by) {
    return switch (by) {
      case PAIR -> pairs;
      case NAME -> names;
    };
  }

  private long now() {
    return clock.nanos() / 1_000_000;
  }

  @Override
  public long reserve(By by, String key) {
    int free = by.free();
    long now = now();
    long[] wait = {0};
    failures(by)
        .asMap()
        .compute(
            key,
            (k, known) -> {
              if (known != null && known.openAtMs() > now) {
                wait[0] = known.openAtMs() - now;
                return known;
              }
              int count = known == null ? 1 : known.count() + 1;
              long next =
                  count < free
                      ? 0
                      : Math.min(WAIT_MAX.toMillis(), 1000L << Math.min(20, count - free));
              return new Failures(count, now + next);
            });
    return wait[0];
  }

  @Override
  @SuppressWarnings("NullAway") // null removes
  public void giveBack(By by, String key) {
    failures(by)
        .asMap()
        .computeIfPresent(
            key,
            (k, known) -> {
              int count = known.count() - 1;
              return count <= 0
                  ? null
                  : new Failures(count, count < by.free() ? Long.MIN_VALUE : known.openAtMs());
            });
  }

  @Override
  public void forget(By by, String key) {
    failures(by).invalidate(key);
  }

  private static double left(Share share, long now) {
    return Math.min(SOURCE_FREE, share.left() + (now - share.atMs()) / (double) SOURCE_REFILL_MS);
  }

  @Override
  public long take(String source) {
    long now = now();
    long[] wait = {0};
    sources
        .asMap()
        .compute(
            source,
            (k, known) -> {
              double left = known == null ? SOURCE_FREE : left(known, now);
              if (left < 1) {
                wait[0] = (long) Math.ceil((1 - left) * SOURCE_REFILL_MS);
                return new Share(left, now);
              }
              return new Share(left - 1, now);
            });
    return wait[0];
  }

  @Override
  public void refund(String source) {
    long now = now();
    sources
        .asMap()
        .computeIfPresent(
            source, (k, known) -> new Share(Math.min(SOURCE_FREE, left(known, now) + 1), now));
  }

  @Override
  public void remember(String pair) {
    familiar.put(pair, true);
  }

  @Override
  public boolean isFamiliar(String pair) {
    return familiar.getIfPresent(pair) != null;
  }

  @Override
  public Throttle.Locked locked() {
    long now = now();
    Set<String> closed = new HashSet<>();
    pairs
        .asMap()
        .forEach((pair, failures) -> addIfClosed(closed, Throttle.nameOf(pair), failures, now));
    names.asMap().forEach((name, failures) -> addIfClosed(closed, name, failures, now));
    long addresses =
        sources.asMap().values().stream().filter(share -> left(share, now) < 1).count();
    return new Throttle.Locked(closed.size(), addresses);
  }

  private static void addIfClosed(Set<String> closed, String name, Failures failures, long now) {
    if (failures.openAtMs() > now) {
      closed.add(name);
    }
  }
}
