package io.parley.bench.pace;

/// A fixed timetable: message k is due at `start + k / rate`, whatever became of the ones before.
/// Latency counted from the due time shows a stall to every message that it delayed (no coordinated
/// omission).
public final class OpenLoop {
  private final long startNanos;
  private final double intervalNanos;
  private long taken;

  /// `perSecond` messages a second, the first at `startNanos`.
  public OpenLoop(long startNanos, double perSecond) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("rate must be above 0, not " + perSecond);
    }
    this.startNanos = startNanos;
    this.intervalNanos = 1e9 / perSecond;
  }

  /// When the next message is due.
  public long nextNanos() {
    return startNanos + (long) (taken * intervalNanos);
  }

  /// Whether a message is due at `nowNanos`.
  public boolean due(long nowNanos) {
    return nextNanos() - nowNanos <= 0;
  }

  /// Takes the next message off the timetable and returns its due time.
  public long take() {
    long due = nextNanos();
    taken++;
    return due;
  }
}
