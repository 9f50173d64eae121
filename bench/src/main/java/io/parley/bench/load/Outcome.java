package io.parley.bench.load;

import io.parley.bench.subject.CpuShare;
import java.util.List;
import org.HdrHistogram.Histogram;

/// What was measured.
///
/// @param stats the counts and latencies of all lanes
/// @param seconds length of the measured time
/// @param cpu who used the processors in that time
/// @param drainSeconds from the end of sending until nothing was under way
/// @param unanswered sends that never got an answer
/// @param unsent messages of the timetable that never left
public record Outcome(
    LaneStats stats,
    double seconds,
    CpuShare cpu,
    double drainSeconds,
    long unanswered,
    long unsent) {

  /// Acknowledgements a second.
  public double acksPerSecond() {
    return stats.ackedMeasured / seconds;
  }

  /// Pushes a second over all devices.
  public double deliveriesPerSecond() {
    return stats.deliveredMeasured / seconds;
  }

  /// From when a send was due to its acknowledgement, nanoseconds.
  public Histogram ackNanos() {
    return stats.ackNanos;
  }

  /// From when a send was due to its push at a device, nanoseconds.
  public Histogram deliveryNanos() {
    return stats.deliveryNanos;
  }

  /// The parts of the measured time, where they were asked for.
  public List<Slice> slices() {
    return stats.slices;
  }

  /// The longest delay of the generator's own timer in the measured time: how much of a maximum may
  /// be its fault.
  public double stallMillis() {
    return stats.stallNanos / 1e6;
  }

  /// Whether every send was answered with a seq: only then do the acknowledgements tell all that is
  /// stored.
  public boolean exact() {
    return unanswered == 0 && stats.refused() == 0;
  }
}
