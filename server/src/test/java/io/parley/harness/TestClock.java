package io.parley.harness;

import io.parley.base.Clock;
import java.time.Duration;

/// Time that stands still until a test moves it.
public final class TestClock implements Clock {
  private long millis = 1_800_000_000_000L;
  private long nanos;

  public synchronized void advance(Duration by) {
    millis += by.toMillis();
    nanos += by.toNanos();
  }

  /// Somebody sets the machine's clock: no time passes.
  public synchronized void step(Duration by) {
    millis += by.toMillis();
  }

  @Override
  public synchronized long millis() {
    return millis;
  }

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  @Override
  public void sleep(Duration duration) {
    advance(duration);
  }
}
