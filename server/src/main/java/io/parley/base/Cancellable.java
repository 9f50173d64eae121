package io.parley.base;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A piece of blocking work whose thread can be interrupted from elsewhere, when whoever asked for
/// it has gone. The interrupt reaches this work only: never what the thread does afterwards.
///
/// Work that costs much looks at the interrupt; other work is not changed by it.
///
/// A transport makes one for each call and binds it with [#during]; whatever costs much in that
/// call, however deep, runs its waiting with [#unlessLeft].
public final class Cancellable {
  private static final ScopedValue<Cancellable> CALL = ScopedValue.newInstance();

  private final Set<Thread> running = new HashSet<>(4);
  private boolean cancelled;

  /// Runs `call`, whose caller [#cancel] says has gone.
  public void during(Runnable call) {
    ScopedValue.where(CALL, this).run(call);
  }

  /// The same for one with a result.
  public <T extends @Nullable Object> T during(Supplier<T> call) {
    return ScopedValue.where(CALL, this).call(call::get);
  }

  /// Runs `work` on the calling thread, which is interrupted if the caller of the call that it is
  /// part of goes; where no transport has bound one, never.
  public static <T extends @Nullable Object> T unlessLeft(Supplier<T> work) {
    return CALL.isBound() ? CALL.get().run(work) : work.get();
  }

  /// Runs `work` on the calling thread; several threads may do so at once. If [#cancel] came first
  /// the thread is interrupted from the beginning.
  public <T extends @Nullable Object> T run(Supplier<T> work) {
    Thread here = Thread.currentThread();
    synchronized (this) {
      running.add(here);
      if (cancelled) {
        here.interrupt();
      }
    }
    try {
      return work.get();
    } finally {
      synchronized (this) {
        running.remove(here);
        if (cancelled) {
          var unused = Thread.interrupted();
        }
      }
    }
  }

  /// Interrupts the work if it is running, or when it begins. Never blocks for long; may be called
  /// at any time, any number of times.
  public synchronized void cancel() {
    if (!cancelled) {
      cancelled = true;
      running.forEach(Thread::interrupt);
    }
  }
}
