package io.parley.bench.chaos;

/// Acknowledgements in time: how many, and how long there was none. Counted in windows.
final class Pulse {
  private long count;
  private long last;
  private long longest;
  private long longestWait;

  /// Begins a window.
  synchronized void begin() {
    count = 0;
    last = System.nanoTime();
    longest = 0;
    longestWait = 0;
  }

  /// One more, for which its sender has waited since then.
  synchronized void acked(long sinceNanos) {
    long now = System.nanoTime();
    count++;
    longest = Math.max(longest, now - last);
    longestWait = Math.max(longestWait, now - sinceNanos);
    last = now;
  }

  /// Ends the window: a silence that lasts still counts, too.
  synchronized void end() {
    longest = Math.max(longest, System.nanoTime() - last);
  }

  /// Acknowledgements in the window.
  synchronized long count() {
    return count;
  }

  /// The longest time without any, in seconds.
  synchronized double silentSeconds() {
    return longest / 1e9;
  }

  /// The longest wait of one sender for one message, in seconds.
  synchronized double waitSeconds() {
    return longestWait / 1e9;
  }
}
