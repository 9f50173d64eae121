package io.parley.bench.cluster;

import java.util.Locale;

/// Says on stderr what is being started and how long it took.
final class Progress {
  private int steps;

  /// Does one step and says so.
  void step(String what, Runnable work) {
    long start = System.nanoTime();
    System.err.println("parley: " + what + " …");
    work.run();
    steps++;
    double seconds = (System.nanoTime() - start) / 1e9;
    System.err.println(String.format(Locale.ROOT, "parley: %s ready (%.1f s)", what, seconds));
  }

  /// Steps done so far.
  int steps() {
    return steps;
  }
}
