package io.parley.base;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A piece of blocking work whose thread can be interrupted from elsewhere, when whoever asked for
/// it has gone. The interrupt reaches this work only: never what the thread does afterwards.
///
/// Work that costs much looks at the interrupt; other work is not changed by it.
public final class Cancellable {
  private @Nullable Thread running;
  private boolean cancelled;

  /// Runs `work` on the calling thread. If [#cancel] came first the thread is interrupted from the
  /// beginning.
  public <T extends @Nullable Object> T run(Supplier<T> work) {
    synchronized (this) {
      running = Thread.currentThread();
      if (cancelled) {
        running.interrupt();
      }
    }
    try {
      return work.get();
    } finally {
      synchronized (this) {
        running = null;
        if (cancelled) {
          var unused = Thread.interrupted();
        }
      }
    }
  }

  /// Interrupts the work if it is running, or when it begins. Never blocks for long; may be called
  /// at any time, any number of times.
  public synchronized void cancel() {
    if (cancelled) {
      return;
    }
    cancelled = true;
    if (running != null) {
      running.interrupt();
    }
  }
}
