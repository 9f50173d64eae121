package io.parley.face.socket;

import io.parley.base.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Waits for conditions, at most ten seconds.
final class Waiting {
  private static final long NANOS_MAX = Duration.ofSeconds(10).toNanos();

  private Waiting() {}

  static void until(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > NANOS_MAX) {
        throw new AssertionError("did not come true in time");
      }
      Clock.SYSTEM.sleep(Duration.ofMillis(2));
    }
  }
}
