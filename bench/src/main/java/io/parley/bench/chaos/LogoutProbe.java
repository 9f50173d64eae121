package io.parley.bench.chaos;

import io.parley.bench.socket.ClientSocket;
import io.parley.bench.socket.Lanes;
import io.parley.bench.socket.SocketListener;
import io.parley.bench.subject.AccountApi;
import io.parley.bench.wire.FrameScan;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A session with a socket at one node, which is ended at another: how long until the socket is
/// closed and the token is taken no more.
final class LogoutProbe implements AutoCloseable {
  private static final long OPEN_S = 10;
  private static final long GIVE_UP_NANOS = 10_000_000_000L;
  private static final long LOOK_MS = 10;

  private final AccountApi from;
  private final AccountApi to;
  private final String token;
  private final ClientSocket socket;
  private final CountDownLatch closed = new CountDownLatch(1);

  /// Logs in at `from` and opens a socket at `to`.
  LogoutProbe(Lanes lanes, URI from, URI to, Person person) {
    this.from = new AccountApi(from);
    this.to = new AccountApi(to);
    token = this.from.login(person.nickname());
    SocketListener listener =
        new SocketListener() {
          @Override
          public void frame(FrameScan frame, long nowNanos) {}

          @Override
          public void closed(String reason) {
            closed.countDown();
          }
        };
    socket = lanes.connect(to, token, "logout-" + token.hashCode(), listener);
    var unused = socket.opened().orTimeout(OPEN_S, TimeUnit.SECONDS).join();
    if (!this.to.accepts(token)) {
      throw new IllegalStateException("a token that was just given is not taken at " + to);
    }
  }

  /// Ends the session and gives the milliseconds, from the answer to that, until a call is made
  /// with the token that is refused, however long the refusal takes, and, if `closes`, until the
  /// socket is closed, too; at most 10,000.
  long fire(boolean closes) {
    from.logout(token);
    long start = System.nanoTime();
    try {
      long called = start;
      while (to.accepts(token) && System.nanoTime() - start < GIVE_UP_NANOS) {
        Thread.sleep(LOOK_MS);
        called = System.nanoTime();
      }
      if (!closes) {
        return (called - start) / 1_000_000;
      }
      long left = GIVE_UP_NANOS - (System.nanoTime() - start);
      var unused = closed.await(Math.max(0, left), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    return (System.nanoTime() - start) / 1_000_000;
  }

  @Override
  public void close() {
    socket.close();
    from.close();
    to.close();
  }
}
