package io.parley.account;

import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.time.Duration;
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
/// An entry is forgotten 15 minutes after its last failure, a source that got in after 30 days.
/// What is counted, and on how many nodes, is the [Tries]' business.
public final class Throttle {
  /// What must wait.
  public record Locked(long names, long addresses) {}

  private final Tries tries;
  private final boolean on;

  /// Counts what happens on this node.
  public Throttle(Clock clock, boolean on) {
    this(new LocalTries(clock), on);
  }

  /// `on` false lifts all limits.
  public Throttle(Tries tries, boolean on) {
    this.tries = tries;
    this.on = on;
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
        tries.forget(Tries.By.PAIR, pair(name, source));
        giveBackOfAll();
        if (source.told()) {
          tries.remember(pair(name, source));
        }
      }
    }

    /// Nobody looked at the password.
    public void abandoned() {
      if (on) {
        tries.giveBack(Tries.By.PAIR, pair(name, source));
        giveBackOfAll();
      }
    }

    private void giveBackOfAll() {
      if (counted) {
        tries.giveBack(Tries.By.NAME, name);
        if (source.told()) {
          tries.refund(source.key());
        }
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
    long wait = tries.reserve(Tries.By.PAIR, pair);
    if (wait > 0) {
      throw throttled(wait);
    }
    wait = tries.reserve(Tries.By.NAME, name);
    if (wait == 0 && source.told()) {
      wait = tries.take(source.key());
      if (wait > 0) {
        tries.giveBack(Tries.By.NAME, name);
      }
    }
    if (wait == 0) {
      return new Try(name, source, true);
    }
    boolean let = false;
    try {
      let = source.told() && (tries.isFamiliar(pair) || known.getAsBoolean());
    } finally {
      if (!let) {
        tries.giveBack(Tries.By.PAIR, pair);
      }
    }
    if (!let) {
      throw throttled(wait);
    }
    return new Try(name, source, false);
  }

  /// How many names and addresses must wait before their next try, now.
  public Locked locked() {
    return tries.locked();
  }

  private static String pair(String name, Source source) {
    return source.key() + '\n' + name;
  }

  /// The name of a key that counts a name and a source.
  public static String nameOf(String pair) {
    return pair.substring(pair.indexOf('\n') + 1);
  }

  private static Fault throttled(long wait) {
    return Fault.retry(
        FaultCode.THROTTLED,
        "too many failed logins, try again in " + (wait + 999) / 1000 + " s",
        Duration.ofMillis(wait));
  }
}
