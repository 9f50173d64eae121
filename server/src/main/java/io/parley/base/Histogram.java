package io.parley.base;

import java.util.concurrent.atomic.AtomicLongArray;

/// How often values of which size were seen, in buckets that are a quarter of a power of two wide:
/// a percentile is too high by at most a quarter. Of fixed size; any thread may add.
public final class Histogram {
  private static final int PARTS = 4;
  private static final int OCTAVES = 40;

  private final AtomicLongArray counts = new AtomicLongArray(PARTS * OCTAVES);

  /// `value`: below 0 counts as 0.
  public void add(long value) {
    counts.incrementAndGet(bucket(Math.max(0, value)));
  }

  /// The counts of all buckets, now: for [#percentile].
  public long[] counts() {
    long[] now = new long[counts.length()];
    for (int i = 0; i < now.length; i++) {
      now[i] = counts.get(i);
    }
    return now;
  }

  /// What `part` (0 … 1) of the values added between `before` and `now` did not exceed; 0 if there
  /// were none.
  public static long percentile(long[] before, long[] now, double part) {
    long total = 0;
    for (int i = 0; i < now.length; i++) {
      total += now[i] - before[i];
    }
    long wanted = (long) Math.ceil(total * part);
    long seen = 0;
    for (int i = 0; i < now.length && total > 0; i++) {
      seen += now[i] - before[i];
      if (seen >= wanted) {
        return top(i);
      }
    }
    return 0;
  }

  private static int bucket(long value) {
    if (value < PARTS) {
      return (int) value;
    }
    int octave = 63 - Long.numberOfLeadingZeros(value);
    int part = (int) (value >>> (octave - 2)) & (PARTS - 1);
    return Math.min((octave - 1) * PARTS + part, PARTS * OCTAVES - 1);
  }

  /// The largest value of a bucket.
  private static long top(int bucket) {
    if (bucket < PARTS) {
      return bucket;
    }
    int octave = bucket / PARTS + 1;
    return ((long) (PARTS + bucket % PARTS + 1) << (octave - 2)) - 1;
  }
}
