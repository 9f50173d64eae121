package io.parley.base;

import java.time.Duration;

/// Time and waiting, injected so that tests and simulations own them.
public interface Clock {
  /// Milliseconds since the Unix epoch, UTC. May step back when the machine's clock does.
  long millis();

  /// Nanoseconds of a monotonic clock with an arbitrary origin: for durations only.
  long nanos();

  /// Blocks the calling thread. An interrupt ends the wait early and stays set on the thread.
  void sleep(Duration duration);

  /// The machine's own clock.
  Clock SYSTEM =
      new Clock() {
        @Override
        public long millis() {
          return System.currentTimeMillis();
        }

        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void sleep(Duration duration) {
          try {
            Thread.sleep(duration);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        }
      };
}
