package io.parley.base;

import java.util.concurrent.atomic.LongAdder;

/// Counts requests and those of them that were refused or failed. Any thread may add.
public final class Tally {
  private final LongAdder requests = new LongAdder();
  private final LongAdder faults = new LongAdder();

  /// One request ended.
  public void ended(boolean well) {
    requests.increment();
    if (!well) {
      faults.increment();
    }
  }

  /// Requests since the start.
  public long requests() {
    return requests.sum();
  }

  /// Of these, refused or failed.
  public long faults() {
    return faults.sum();
  }
}
