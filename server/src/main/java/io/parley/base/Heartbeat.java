package io.parley.base;

import java.time.Duration;

/// Shows that a thread which must neither end nor hang is at work. The thread says when it takes
/// something up, when it waits for more, and when it can do no more; anybody may ask.
public final class Heartbeat {
  private static final long RESTING = Long.MIN_VALUE;

  private final String name;
  private volatile long busySinceNs = RESTING;
  private volatile boolean ended;

  /// `name`: the thread's.
  public Heartbeat(String name) {
    this.name = name;
  }

  public String name() {
    return name;
  }

  /// The thread has something to do.
  public void works() {
    busySinceNs = Clock.SYSTEM.nanos();
  }

  /// The thread waits for something to do.
  public void rests() {
    busySinceNs = RESTING;
  }

  /// The thread does nothing more, whatever the reason.
  public void ends() {
    ended = true;
  }

  /// Whether the thread is there and has not been at one thing for longer than `atMost`.
  public boolean beats(Duration atMost) {
    long since = busySinceNs;
    return !ended && (since == RESTING || Clock.SYSTEM.nanos() - since <= atMost.toNanos());
  }
}
