package io.parley.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// How many accounts one source may register: so many an hour, and so many at the same time.
final class Influx {
  private record Hour(int count, long endsAtMs) {}

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final int KEYS_MAX = 100_000;

  private final Clock clock;
  private final int hourlyMax;
  private final int underWayMax;
  private final Cache<String, Hour> hours =
      Caffeine.newBuilder().maximumSize(KEYS_MAX).expireAfterWrite(HOUR).build();
  private final Map<String, Integer> underWay = new ConcurrentHashMap<>();

  /// `underWayMax`: registrations of one source at the same time.
  Influx(Clock clock, int hourlyMax, int underWayMax) {
    this.clock = clock;
    this.hourlyMax = hourlyMax;
    this.underWayMax = underWayMax;
  }

  /// What `registering` answers. One that throws does not count for the hour.
  ///
  /// @throws Fault THROTTLED, BUSY
  <T> T admit(Source source, Supplier<T> registering) {
    String key = source.key();
    if (underWay.merge(key, 1, Integer::sum) > underWayMax) {
      leave(key);
      throw Fault.retry(
          FaultCode.BUSY, underWayMax + " registrations from one address at a time", RETRY);
    }
    try {
      count(key);
      boolean made = false;
      try {
        T result = registering.get();
        made = true;
        return result;
      } finally {
        if (!made) {
          hours.asMap().computeIfPresent(key, (k, h) -> new Hour(h.count() - 1, h.endsAtMs()));
        }
      }
    } finally {
      leave(key);
    }
  }

  private void count(String key) {
    long now = clock.nanos() / 1_000_000;
    Hour hour =
        hours
            .asMap()
            .compute(
                key,
                (k, known) ->
                    known == null || known.endsAtMs() <= now
                        ? new Hour(1, now + HOUR.toMillis())
                        : new Hour(Math.min(known.count(), hourlyMax) + 1, known.endsAtMs()));
    if (hour.count() > hourlyMax) {
      throw Fault.retry(
          FaultCode.THROTTLED,
          "limits.registrations_per_hour_max accounts were registered from this address",
          Duration.ofMillis(hour.endsAtMs() - now));
    }
  }

  @SuppressWarnings("NullAway") // null removes
  private void leave(String key) {
    underWay.computeIfPresent(key, (k, count) -> count == 1 ? null : count - 1);
  }
}
