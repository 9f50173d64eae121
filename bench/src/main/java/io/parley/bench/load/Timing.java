package io.parley.bench.load;

/// The moments of a run, as System.nanoTime.
///
/// @param start the first message
/// @param from the measured time begins
/// @param to it ends, and so does sending
record Timing(long start, long from, long to) {
  static Timing of(long now, Plan plan) {
    long from = now + plan.warmup().toNanos();
    return new Timing(now, from, from + plan.measured().toNanos());
  }

  boolean measures(long nanos) {
    return nanos - from >= 0 && nanos - to < 0;
  }

  /// Which of `parts` equal parts of the measured time a moment of it belongs to.
  int part(long nanos, int parts) {
    return Math.clamp((nanos - from) / ((to - from) / parts), 0, parts - 1);
  }

  boolean over(long nanos) {
    return nanos - to >= 0;
  }
}
