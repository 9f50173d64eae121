package io.parley.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// Slows down guessing. A try is counted before its password is looked at and given back if it was
/// right, so tries at the same time count like tries one after the other.
///
/// - Of one source at one name, known or not, 4 failures are free; each further one doubles the
///   wait, from a second to a minute.
/// - Of all sources at one name 49 are free, then the same: a guess from a thousand addresses is
///   slowed as well. It does not concern sources that logged in to the account before, so a
///   stranger keeps nobody out of the account.
/// - Of one source at all names 120 are free, then one in two seconds. That, too, lets those in who
///   were in from there before, and never closes for longer than the two seconds.
///
/// An entry is forgotten 15 minutes after its last failure, a source that got in after 30 days; at
/// most 100,000 of each are kept. Time is that of a clock which does not step.
public final class Throttle {
  /// What must wait.
  public record Locked(long names, long addresses) {}

  private record Failures(int count, long openAtMs) {}

  /// What is left of a source's tries, `atMs`.
  private record Share(double left, long atMs) {}

  private static final Duration MEMORY = Duration.ofMinutes(15);
  private static final Duration FAMILIAR = Duration.ofDays(30);
  private static final Duration WAIT_MAX = Duration.ofMinutes(1);
  private static final int KEYS_MAX = 100_000;
  private static final int PAIR_FREE = 5;
  private static final int NAME_FREE = 50;
  private static final int SOURCE_FREE = 120;
  private static final long SOURCE_REFILL_MS = 2_000;

  private final Clock clock;
  private final boolean on;
  private final Cache<String, Failures> pairs = kept(MEMORY);
  private final Cache<String, Failures> names = kept(MEMORY);
  private final Cache<String, Share> sources = kept(MEMORY);
  private final Cache<String, Boolean> familiar = kept(FAMILIAR);

  public Throttle(Clock clock, boolean on) {
    this.clock = clock;
    this.on = on;
  }

  private static <T> Cache<String, T> kept(Duration memory) {
    return Caffeine.newBuilder().maximumSize(KEYS_MAX).expireAfterWrite(memory).build();
  }

  /// Whether limits on tries are in force at all.
  public boolean on() {
    return on;
  }

  /// A try that may look at its password now. It counts as a failure until one of its methods is
  /// called.
  public final class Try {
    private final String name;
    private final Source source;
    private final boolean counted;

    private Try(String name, Source source, boolean counted) {
      this.name = name;
      this.source = source;
      this.counted = counted;
    }

    /// The password was right.
    public void succeeded() {
      if (on) {
        pairs.invalidate(pair(name, source));
        giveBackOfAll();
        if (source.told()) {
          familiar.put(pair(name, source), true);
        }
      }
    }

    /// Nobody looked at the password.
    public void abandoned() {
      if (on) {
        giveBack(pairs, pair(name, source), PAIR_FREE);
        giveBackOfAll();
      }
    }

    private void giveBackOfAll() {
      if (counted) {
        giveBack(names, name, NAME_FREE);
        refund(source);
      }
    }
  }

  /// Lets a try through, or says how long to wait.
  ///
  /// @param name folded
  /// @param known whether the account was logged in to from `source` before; asked where it matters
  /// @throws Fault THROTTLED with the time until the next try is allowed
  public Try begin(String name, Source source, BooleanSupplier known) {
    if (!on) {
      return new Try(name, source, false);
    }
    String pair = pair(name, source);
    long wait = reserve(pairs, pair, PAIR_FREE);
    if (wait > 0) {
      throw throttled(wait);
    }
    wait = reserve(names, name, NAME_FREE);
    if (wait == 0 && source.told()) {
      wait = take(source);
      if (wait > 0) {
        giveBack(names, name, NAME_FREE);
      }
    }
    if (wait == 0) {
      return new Try(name, source, true);
    }
    boolean let = false;
    try {
      let = source.told() && (familiar.getIfPresent(pair) != null || known.getAsBoolean());
    } finally {
      if (!let) {
        giveBack(pairs, pair, PAIR_FREE);
      }
    }
    if (!let) {
      throw throttled(wait);
    }
    return new Try(name, source, false);
  }

  /// How many names and addresses must wait before their next try, now.
  public Locked locked() {
    long now = now();
    Set<String> closed = new HashSet<>();
    pairs.asMap().forEach((pair, failures) -> addIfClosed(closed, nameOf(pair), failures, now));
    names.asMap().forEach((name, failures) -> addIfClosed(closed, name, failures, now));
    long addresses =
        sources.asMap().values().stream().filter(share -> left(share, now) < 1).count();
    return new Locked(closed.size(), addresses);
  }

  private static void addIfClosed(Set<String> closed, String name, Failures failures, long now) {
    if (failures.openAtMs() > now) {
      closed.add(name);
    }
  }

  private static String pair(String name, Source source) {
    return source.key() + '\n' + name;
  }

  private static String nameOf(String pair) {
    return pair.substring(pair.indexOf('\n') + 1);
  }

  private long now() {
    return clock.nanos() / 1_000_000;
  }

  private static Fault throttled(long wait) {
    return Fault.retry(
        FaultCode.THROTTLED,
        "too many failed logins, try again in " + (wait + 999) / 1000 + " s",
        Duration.ofMillis(wait));
  }

  /// Counts a try; the answer is 0, or the milliseconds to wait if it may not be made yet.
  private long reserve(Cache<String, Failures> tries, String key, int free) {
    long now = now();
    long[] wait = {0};
    tries
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

  @SuppressWarnings("NullAway") // null removes
  private static void giveBack(Cache<String, Failures> tries, String key, int free) {
    tries
        .asMap()
        .computeIfPresent(
            key,
            (k, known) -> {
              int count = known.count() - 1;
              return count <= 0
                  ? null
                  : new Failures(count, count < free ? Long.MIN_VALUE : known.openAtMs());
            });
  }

  private static double left(Share share, long now) {
    return Math.min(SOURCE_FREE, share.left() + (now - share.atMs()) / (double) SOURCE_REFILL_MS);
  }

  private long take(Source source) {
    long now = now();
    long[] wait = {0};
    sources
        .asMap()
        .compute(
            source.key(),
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

  private void refund(Source source) {
    if (source.told()) {
      long now = now();
      sources
          .asMap()
          .computeIfPresent(
              source.key(),
              (k, known) -> new Share(Math.min(SOURCE_FREE, left(known, now) + 1), now));
    }
  }
}
