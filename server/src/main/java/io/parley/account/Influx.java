package io.parley.account;

import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// How many accounts one source may register: so many an hour, and so many at the same time.
final class Influx {
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Hourly hours;
  private final int hourlyMax;
  private final int underWayMax;
  private final Map<String, Integer> underWay = new ConcurrentHashMap<>();

  /// `underWayMax`: registrations of one source at the same time.
  Influx(Clock clock, int hourlyMax, int underWayMax) {
    this.hours = new Hourly(clock);
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
          hours.giveBack(key);
        }
      }
    } finally {
      leave(key);
    }
  }

  private void count(String key) {
    Duration wait = hours.take(key, hourlyMax);
    if (!wait.isZero()) {
      throw Fault.retry(
          FaultCode.THROTTLED,
          "limits.registrations_per_hour_max accounts were registered from this address",
          wait);
    }
  }

  @SuppressWarnings("NullAway") // null removes
  private void leave(String key) {
    underWay.computeIfPresent(key, (k, count) -> count == 1 ? null : count - 1);
  }
}
