package io.parley.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// What percentiles say of values that are known.
class HistogramTest {
  @Test
  void percentile_isNeverTooLow_andTooHighByAQuarterAtMost() {
    for (long value = 0; value < 1L << 40; value = value * 9 / 8 + 1) {
      Histogram histogram = new Histogram();
      long[] none = histogram.counts();
      histogram.add(value);
      long told = Histogram.percentile(none, histogram.counts(), 0.5);
      assertTrue(told >= value, told + " for " + value);
      assertTrue(told <= value + value / 4, told + " for " + value);
    }
  }

  @Test
  void percentile_isOfWhatCameInBetween() {
    Histogram histogram = new Histogram();
    long[] start = histogram.counts();
    assertEquals(0, Histogram.percentile(start, histogram.counts(), 0.99));
    histogram.add(3);
    long[] before = histogram.counts();
    for (int i = 0; i < 99; i++) {
      histogram.add(1);
    }
    histogram.add(2);
    long[] now = histogram.counts();
    assertEquals(1, Histogram.percentile(before, now, 0.5));
    assertEquals(1, Histogram.percentile(before, now, 0.99));
    assertEquals(2, Histogram.percentile(before, now, 1));
    assertEquals(3, Histogram.percentile(start, now, 1));
    assertEquals(0, Histogram.percentile(now, now, 1));
  }

  @Test
  void whatIsOutOfRange_countsAsTheNearest() {
    Histogram histogram = new Histogram();
    long[] none = histogram.counts();
    histogram.add(-5);
    assertEquals(0, Histogram.percentile(none, histogram.counts(), 1));
    histogram.add(Long.MAX_VALUE);
    assertEquals((1L << 41) - 1, Histogram.percentile(none, histogram.counts(), 1));
  }
}
