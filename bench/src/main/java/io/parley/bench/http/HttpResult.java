package io.parley.bench.http;

import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/// What a run of HTTP requests came to. Counts are of the measured time.
public final class HttpResult {
  private static final long LATENCY_NANOS_MAX = 120_000_000_000L;

  private final Histogram latency = new Histogram(1_000, LATENCY_NANOS_MAX, 3);
  private final TreeMap<String, Long> wrong = new TreeMap<>();
  private double seconds;

  void answered(long nanos) {
    latency.recordValue(Math.clamp(nanos, 0, LATENCY_NANOS_MAX));
  }

  void wrong(String what) {
    wrong.merge(what, 1L, Long::sum);
  }

  void measured(long nanos) {
    seconds = nanos / 1e9;
  }

  public double perSecond() {
    return latency.getTotalCount() / seconds;
  }

  public long answers() {
    return latency.getTotalCount();
  }

  /// Milliseconds that `percent` of the answers took at most.
  public double millis(double percent) {
    return latency.getValueAtPercentile(percent) / 1e6;
  }

  /// Answers that were not right and connections that were lost, at any time of the run.
  public long errors() {
    return wrong.values().stream().mapToLong(Long::longValue).sum();
  }

  /// What went wrong how often.
  public String describeErrors() {
    return wrong.toString();
  }
}
