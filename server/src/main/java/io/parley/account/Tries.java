package io.parley.account;

import java.time.Duration;

/// Counts the tries that a [Throttle] slows down. Each method is one step: tries at the same time
/// count like tries one after the other, on whichever node they are made.
public interface Tries {
  /// What failures are counted by.
  enum By {
    /// A name and a source.
    PAIR(5),
    /// A name, of all sources.
    NAME(50);

    private final int free;

    By(int free) {
      this.free = free;
    }

    /// The failure after which the next try has to wait.
    public int free() {
      return free;
    }
  }

  /// So long after its last failure a count is forgotten.
  Duration MEMORY = Duration.ofMinutes(15);

  /// So long after it got in a source is known.
  Duration FAMILIAR = Duration.ofDays(30);

  /// The wait doubles from a second up to this.
  Duration WAIT_MAX = Duration.ofMinutes(1);

  /// Tries that one source has, and how long it takes until it has one more.
  int SOURCE_FREE = 120;

  long SOURCE_REFILL_MS = 2_000;

  /// Counts a try at `key`; the answer is 0, or the milliseconds to wait if it may not be made yet.
  long reserve(By by, String key);

  /// A try at `key` did not fail after all.
  void giveBack(By by, String key);

  /// The tries at `key` were its owner's.
  void forget(By by, String key);

  /// Takes one of a source's tries; the answer is 0, or the milliseconds to wait if none is left.
  long take(String source);

  /// Gives one of them back.
  void refund(String source);

  /// A name was logged in to from a source.
  void remember(String pair);

  /// Whether that happened, within [#FAMILIAR].
  boolean isFamiliar(String pair);

  /// How many names and addresses must wait before their next try, now, as far as this node knows.
  Throttle.Locked locked();
}
