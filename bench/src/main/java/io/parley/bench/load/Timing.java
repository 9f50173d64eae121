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

  boolean over(long nanos) {
    return nanos - to >= 0;
  }
}
