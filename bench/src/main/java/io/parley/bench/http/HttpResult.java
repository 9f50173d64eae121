package io.parley.bench.http;

import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/// What a run of HTTP requests came to. Counts are of the measured time.
public final class HttpResult {
  private static final long LATENCY_NANOS_MAX = 120_000_000_000L;
  private static final int WRONG_MAX = 10;

  private final Histogram latency = new Histogram(1_000, LATENCY_NANOS_MAX, 3);
  private final TreeMap<String, Long> wrong = new TreeMap<>();
  private long right;
  private long busy;
  private double seconds;

  void wasRight() {
    right++;
  }

  void answered(long nanos) {
    latency.recordValue(Math.clamp(nanos, 0, LATENCY_NANOS_MAX));
  }

  void wasBusy() {
    busy++;
  }

  /// Of answers that differ the first are told apart.
  void wrong(String what) {
    boolean told = wrong.size() < WRONG_MAX || wrong.containsKey(what);
    wrong.merge(told ? what : "others", 1L, Long::sum);
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

  /// Right answers at any time of the run, measured or not.
  public long right() {
    return right;
  }

  /// Answers that said that the server has too much to do, at any time of the run.
  public long busy() {
    return busy;
  }

  /// Milliseconds that `percent` of the answers took at most.
  public double millis(double percent) {
    return latency.getValueAtPercentile(percent) / 1e6;
  }

  /// Answers that were neither right nor said that the server is busy, and connections that were
  /// lost, at any time of the run.
  public long errors() {
    return wrong.values().stream().mapToLong(Long::longValue).sum();
  }

  /// What went wrong how often.
  public String describeErrors() {
    return wrong.toString();
  }
}
