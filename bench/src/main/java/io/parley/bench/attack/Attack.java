package io.parley.bench.attack;

import java.io.IOException;

/// One way to do harm. Safe for many threads.
///
/// @param name what the report calls it
/// @param atOnce how many strike at the same time
public record Attack(String name, int atOnce, Strike strike) {

  /// Does the harm once.
  @FunctionalInterface
  public interface Strike {
    /// For no longer than until `untilNanos` (System.nanoTime). The answer says in a word what came
    /// of it: a status, `cut`, `held`.
    ///
    /// @param number counts the strikes of this attack
    String go(long number, long untilNanos) throws IOException, InterruptedException;
  }
}
