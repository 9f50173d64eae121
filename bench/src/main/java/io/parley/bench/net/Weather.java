package io.parley.bench.net;

import java.time.Duration;

/// What a stretch of network does to bytes at present. It may change at any time, and then does for
/// bytes that are under way, too.
public final class Weather {
  private volatile long delayNanos;
  private boolean silent;

  /// Bytes of the client arrive so much later from now on, which is what it adds to a round trip.
  void delay(Duration delay) {
    delayNanos = delay.toNanos();
  }

  long delayNanos() {
    return delayNanos;
  }

  /// While it is silent nothing arrives in either direction and nobody is told. What was held back
  /// arrives afterwards, as TCP would have it.
  synchronized void silent(boolean now) {
    silent = now;
    notifyAll();
  }

  synchronized void awaitSound() throws InterruptedException {
    while (silent) {
      wait();
    }
  }
}
