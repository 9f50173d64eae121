package io.parley.bench.socket;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/// Opens many sockets at a bounded pace: at most `perSecond` starts a second and [#UNDER_WAY]
/// handshakes at once.
public final class Opening {
  /// Handshakes under way at once, well below any listen backlog.
  public static final int UNDER_WAY = 64;

  private static final long TIMEOUT_S = 30;

  private Opening() {}

  /// Opens `count` sockets, each begun by `connect`, and waits until all are authenticated.
  /// `progress` hears how many were begun. Fails when one fails.
  public static List<ClientSocket> open(
      int count, double perSecond, IntFunction<ClientSocket> connect, IntConsumer progress) {
    Semaphore free = new Semaphore(UNDER_WAY);
    List<ClientSocket> sockets = new ArrayList<>(count);
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long early = start + (long) (i * 1e9 / perSecond) - System.nanoTime();
      if (early > 0) {
        LockSupport.parkNanos(early);
      }
      free.acquireUninterruptibly();
      ClientSocket socket = connect.apply(i);
      sockets.add(socket);
      var unused =
          socket
              .opened()
              .orTimeout(TIMEOUT_S, TimeUnit.SECONDS)
              .whenComplete((s, e) -> free.release());
      if (socket.opened().isCompletedExceptionally()) {
        break;
      }
      progress.accept(i + 1);
    }
    for (int i = 0; i < sockets.size(); i++) {
      try {
        var unused = sockets.get(i).opened().join();
      } catch (CompletionException e) {
        throw new IllegalStateException(
            "socket " + i + " of " + count + " did not open: " + e.getCause(), e);
      }
    }
    return sockets;
  }
}
