package io.parley.bench.load;

import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;

/// What came of the messages that were due in one part of the measured time.
///
/// @param ackNanos from when a send was due to its acknowledgement, nanoseconds
/// @param deliveryNanos from when a send was due to its push at a device, nanoseconds
/// @param refused sends that were answered with a failure
public record Slice(Histogram ackNanos, Histogram deliveryNanos, LongAdder refused) {
  static Slice upTo(long nanosMax) {
    return new Slice(
        new Histogram(1_000, nanosMax, 3), new Histogram(1_000, nanosMax, 3), new LongAdder());
  }

  void add(Slice other) {
    ackNanos.add(other.ackNanos);
    deliveryNanos.add(other.deliveryNanos);
    refused.add(other.refused.sum());
  }
}
