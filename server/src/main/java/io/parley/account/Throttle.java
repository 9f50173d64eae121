package io.parley.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.time.Duration;

/// Slows down guessing: after some free failures, each further one doubles the wait before the next
/// try.
///
/// Failures are counted per login name, known or not, and per address. An entry is forgotten 15
/// minutes after its last failure; at most 100,000 are kept. A success clears the name's count, not
/// the address's.
public final class Throttle {
  /// What must wait.
  public record Locked(long names, long addresses) {}

  private record Failures(int count, long openAtMs) {}

  private static final Duration MEMORY = Duration.ofMinutes(15);
  private static final Duration WAIT_MAX = Duration.ofMinutes(1);
  private static final int KEYS_MAX = 100_000;
  private static final int NAME_FREE = 5;
  private static final int ADDRESS_FREE = 50;

  private final Clock clock;
  private final boolean on;
  private final Cache<String, Failures> failures =
      Caffeine.newBuilder().maximumSize(KEYS_MAX).expireAfterWrite(MEMORY).build();

  public Throttle(Clock clock, boolean on) {
    this.clock = clock;
    this.on = on;
  }

  /// Whether limits on tries are in force at all.
  public boolean on() {
    return on;
  }

  /// Passes or says how long to wait.
  ///
  /// @param address empty where it says nothing of who tries
  /// @throws Fault THROTTLED with the time until the next try is allowed
  public void check(String name, String address) {
    if (on) {
      check("name " + name);
      if (!address.isEmpty()) {
        check("address " + address);
      }
    }
  }

  public void failed(String name, String address) {
    if (on) {
      count("name " + name, NAME_FREE);
      if (!address.isEmpty()) {
        count("address " + address, ADDRESS_FREE);
      }
    }
  }

  public void succeeded(String name) {
    failures.invalidate("name " + name);
  }

  /// How many names and addresses must wait before their next try, now.
  public Locked locked() {
    long now = clock.millis();
    long names = 0;
    long addresses = 0;
    for (var entry : failures.asMap().entrySet()) {
      if (entry.getValue().openAtMs() > now) {
        if (entry.getKey().startsWith("name ")) {
          names++;
        } else {
          addresses++;
        }
      }
    }
    return new Locked(names, addresses);
  }

  private void check(String key) {
    Failures known = failures.getIfPresent(key);
    long wait = known == null ? 0 : known.openAtMs() - clock.millis();
    if (wait > 0) {
      throw Fault.retry(
          FaultCode.THROTTLED,
          "too many failed logins, try again in " + (wait + 999) / 1000 + " s",
          Duration.ofMillis(wait));
    }
  }

  private void count(String key, int free) {
    failures
        .asMap()
        .compute(
            key,
            (k, known) -> {
              int count = known == null ? 1 : known.count() + 1;
              long wait =
                  count < free
                      ? 0
                      : Math.min(WAIT_MAX.toMillis(), 1000L << Math.min(20, count - free));
              return new Failures(count, clock.millis() + wait);
            });
  }
}
