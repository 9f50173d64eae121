package io.parley.bench.load;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/// What one lane counted; written by its thread only, read after the run. A rate counts what
/// arrived in the measured time; a latency belongs to a message that was due in it, even if it
/// arrived later.
final class LaneStats {
  private static final long LATENCY_NANOS_MAX = 120_000_000_000L;

  final Histogram ackNanos = new Histogram(1_000, LATENCY_NANOS_MAX, 3);
  final Histogram deliveryNanos = new Histogram(1_000, LATENCY_NANOS_MAX, 3);
  final TreeMap<String, Long> refusals = new TreeMap<>();
  final List<Slice> slices;
  long acked;
  long ackedMeasured;
  long delivered;
  long deliveredMeasured;
  long foreign;
  long stallNanos;

  /// `parts`: equal parts of the measured time that are also counted apart; 0: none.
  LaneStats(int parts) {
    slices = Stream.generate(() -> Slice.upTo(LATENCY_NANOS_MAX)).limit(parts).toList();
  }

  void ack(long now, long due, Timing timing) {
    acked++;
    if (timing.measures(now)) {
      ackedMeasured++;
    }
    if (timing.measures(due)) {
      ackNanos.recordValue(bounded(now - due));
      if (!slices.isEmpty()) {
        slice(due, timing).ackNanos().recordValue(bounded(now - due));
      }
    }
  }

  void delivery(long now, long due, Timing timing) {
    delivered++;
    if (timing.measures(now)) {
      deliveredMeasured++;
    }
    if (timing.measures(due)) {
      deliveryNanos.recordValue(bounded(now - due));
      if (!slices.isEmpty()) {
        slice(due, timing).deliveryNanos().recordValue(bounded(now - due));
      }
    }
  }

  void refusal(String description) {
    refusals.merge(description, 1L, Long::sum);
  }

  /// A refusal of a send that was due then.
  void refusal(String description, long due, Timing timing) {
    refusal(description);
    if (!slices.isEmpty() && timing.measures(due)) {
      slice(due, timing).refused().increment();
    }
  }

  private Slice slice(long due, Timing timing) {
    return slices.get(timing.part(due, slices.size()));
  }

  void add(LaneStats other) {
    ackNanos.add(other.ackNanos);
    deliveryNanos.add(other.deliveryNanos);
    other.refusals.forEach((what, count) -> refusals.merge(what, count, Long::sum));
    acked += other.acked;
    ackedMeasured += other.ackedMeasured;
    delivered += other.delivered;
    deliveredMeasured += other.deliveredMeasured;
    foreign += other.foreign;
    for (int i = 0; i < slices.size(); i++) {
      slices.get(i).add(other.slices.get(i));
    }
    stallNanos = Math.max(stallNanos, other.stallNanos);
  }

  long refused() {
    return refusals.values().stream().mapToLong(Long::longValue).sum();
  }

  private static long bounded(long nanos) {
    return Math.clamp(nanos, 0, LATENCY_NANOS_MAX);
  }
}
