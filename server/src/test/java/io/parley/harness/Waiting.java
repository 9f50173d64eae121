package io.parley.harness;

import io.parley.base.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Waits for what other threads bring about: looks every two milliseconds, for at most thirty
/// seconds.
public final class Waiting {
  private static final long NANOS_MAX = Duration.ofSeconds(30).toNanos();

  private Waiting() {}

  /// @throws AssertionError if `condition` does not come true in time
  public static void until(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > NANOS_MAX) {
        throw new AssertionError("did not come true in time");
      }
      Clock.SYSTEM.sleep(Duration.ofMillis(2));
    }
  }
}
