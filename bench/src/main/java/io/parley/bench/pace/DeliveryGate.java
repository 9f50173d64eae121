package io.parley.bench.pace;

import java.util.concurrent.atomic.AtomicLong;

/// Closes the loop on deliveries: sending stops while more than `window` messages per receiver are
/// under way, because the acknowledgement of a group message says that it is stored and nothing
/// about its thousand deliveries. Safe for many threads; counts are added in batches.
public final class DeliveryGate {
  private final long window;
  private final AtomicLong receivers;
  private final AtomicLong messages = new AtomicLong();
  private final AtomicLong underWay = new AtomicLong();

  /// `receivers` devices get each message; on average at most `window` messages are under way to
  /// each.
  public DeliveryGate(int receivers, int window) {
    this.receivers = new AtomicLong(receivers);
    this.window = window;
  }

  /// Whether one more message may be sent.
  public boolean open() {
    return underWay.get() < window * receivers.get();
  }

  /// Notes one message sent to all who are left.
  public void sent() {
    messages.incrementAndGet();
    underWay.addAndGet(receivers.get());
  }

  /// Notes deliveries seen.
  public void delivered(long count) {
    underWay.addAndGet(-count);
  }

  /// Notes that a receiver is gone that got `received` messages and had sent `own` itself: the rest
  /// of what was sent is no longer under way to it.
  public void gone(long received, long own) {
    receivers.decrementAndGet();
    underWay.addAndGet(-(messages.get() - own - received));
  }
}
