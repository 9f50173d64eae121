package io.parley.feed;

import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.store.TextIndex;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Lets one search that has to read texts, rather than look them up, run at a time: more of them
/// would hold every connection that others read with.
final class Scans {
  private static final Duration WAIT = Duration.ofSeconds(3);

  private final Semaphore free = new Semaphore(1, true);

  /// Runs `search`, at once if the index serves `keyword`, else when it is its turn.
  ///
  /// @throws Fault BUSY if its turn does not come within 3 s
  <T> T run(String keyword, Supplier<T> search) {
    if (keyword.isEmpty() || !TextIndex.reads(keyword)) {
      return search.get();
    }
    try {
      if (!free.tryAcquire(WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw Fault.retry(FaultCode.BUSY, "too many searches for short words", WAIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Fault.of(FaultCode.UNAVAILABLE, "interrupted");
    }
    try {
      return search.get();
    } finally {
      free.release();
    }
  }
}
