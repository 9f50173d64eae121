package io.parley.bench.attack;

import java.io.IOException;

/// One way to do harm. Safe for many threads.
public interface Attack {
  /// What the report calls it.
  String name();

  /// How many strike at the same time.
  int atOnce();

  /// Strikes once, for no longer than until `untilNanos` (System.nanoTime), and returns in a word
  /// what came of it: a status, `cut`, `held`.
  ///
  /// @param number counts the strikes of this attack
  String strike(long number, long untilNanos) throws IOException, InterruptedException;
}
