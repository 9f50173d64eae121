package io.parley.face.edge;

import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The memory that bodies of requests take while they are received and answered, of the whole
/// server: one budget, of which each account, and each address without one, may have a quarter. The
/// first bytes of a request count for nobody in particular: most requests have no more, and to find
/// out whose they are would cost more than they do.
public final class Bodies {
  static final int FREE_BYTES = 4096;
  private static final int SHARES = 4;
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final long max;
  private final long shareMax;
  private final AtomicLong taken = new AtomicLong();
  private final ConcurrentHashMap<String, Long> shares = new ConcurrentHashMap<>();

  /// @param shared whether each caller has a share only
  public Bodies(long max, boolean shared) {
    this.max = max;
    this.shareMax = shared ? max / SHARES : max;
  }

  /// Bytes of bodies that are held now.
  public long taken() {
    return taken.get();
  }

  /// What one request holds. Its methods may be called by any thread, one at a time.
  ///
  /// @param caller whom it is charged to, asked for when it matters
  Held open(Supplier<String> caller) {
    return new Held(caller);
  }

  final class Held {
    private final Supplier<String> caller;
    private @Nullable String charged;
    private long bytes;
    private boolean over;

    private Held(Supplier<String> caller) {
      this.caller = caller;
    }

    /// @throws Fault BUSY if there is no room
    synchronized void take(long more) {
      if (over || more == 0) {
        return; // Answered already: what still comes is dropped.
      }
      if (taken.addAndGet(more) > max) {
        taken.addAndGet(-more);
        throw busy();
      }
      bytes += more;
      if (bytes <= FREE_BYTES || shareMax == max) {
        return;
      }
      long share = more;
      if (charged == null) {
        charged = caller.get();
        share = bytes;
      }
      if (shares.merge(charged, share, Long::sum) > shareMax) {
        throw busy();
      }
    }

    synchronized void release() {
      over = true;
      if (bytes > 0) {
        taken.addAndGet(-bytes);
        if (charged != null) {
          shares.computeIfPresent(charged, (same, sum) -> sum <= bytes ? null : sum - bytes);
        }
        bytes = 0;
      }
    }
  }

  private static Fault busy() {
    return Fault.retry(
        FaultCode.BUSY, "limits.bodies_in_flight_bytes_max: too much is being received", RETRY);
  }
}
