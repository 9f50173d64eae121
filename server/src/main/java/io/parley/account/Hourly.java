package io.parley.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.parley.base.Clock;
import java.time.Duration;

/// Counts acts by key: so many an hour, which begins with the first of them. Of this server, in
/// memory; of more than 100,000 keys some are forgotten. Time is that of a clock which does not
/// step.
public final class Hourly {
  private record Hour(int count, long endsAtMs) {}

  private static final Duration HOUR = Duration.ofHours(1);
  private static final int KEYS_MAX = 100_000;

  private final Clock clock;
  private final Cache<String, Hour> hours =
      Caffeine.newBuilder().maximumSize(KEYS_MAX).expireAfterWrite(HOUR).build();

  public Hourly(Clock clock) {
    this.clock = clock;
  }

  /// Counts one at `key`; the answer is zero, or how long to wait where there were `max` already.
  public Duration take(String key, int max) {
    long now = clock.nanos() / 1_000_000;
    Hour hour =
        hours
            .asMap()
            .compute(
                key,
                (k, known) ->
                    known == null || known.endsAtMs() <= now
                        ? new Hour(1, now + HOUR.toMillis())
                        : new Hour(Math.min(known.count(), max) + 1, known.endsAtMs()));
    return hour.count() > max ? Duration.ofMillis(hour.endsAtMs() - now) : Duration.ZERO;
  }

  /// One that was counted at `key` did not happen after all.
  public void giveBack(String key) {
    hours.asMap().computeIfPresent(key, (k, hour) -> new Hour(hour.count() - 1, hour.endsAtMs()));
  }
}
