package io.parley.bench.chaos;

import com.google.protobuf.Message;
import io.parley.bench.socket.CallFailed;
import io.parley.bench.socket.ClientSocket;
import io.parley.bench.socket.Lanes;
import io.parley.bench.socket.SocketListener;
import io.parley.bench.wire.FrameScan;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A device's connection to a cluster, as a client keeps it: when it is lost, silent or of no use
/// it is made anew, to the next node. Calls block; one thread calls.
final class Line implements AutoCloseable {
  private static final int UNAVAILABLE = 14;
  private static final long OPEN_MS = 3_000;
  private static final long ANSWER_MS = 4_000;

  /// Who hears what comes unasked. On the lane's thread.
  interface Ear {
    /// Hears nothing.
    Ear NONE = frame -> {};

    /// A push of a message; `frame` is only valid during the call.
    void pushed(FrameScan frame);

    /// A connection stands that did not before.
    default void opened() {}

    /// The server asks for a pull.
    default void told() {}
  }

  /// Where a device connects.
  ///
  /// @param lanes loops for sockets
  /// @param places the nodes, in the order in which they are tried; the first is home
  record Net(Lanes lanes, List<URI> places) {}

  private final Net net;
  private final Person person;
  private final String device;
  private final Ear ear;
  private @Nullable ClientSocket socket;
  private volatile int generation;
  private int place;

  Line(Net net, Person person, String device, Ear ear) {
    this.net = net;
    this.person = person;
    this.device = device;
    this.ear = ear;
  }

  /// Opens the connection if it is not open.
  void open() {
    var unused = standing();
  }

  /// Calls a method.
  ///
  /// @throws CallFailed the server refused
  /// @throws Unanswered nobody answered
  byte[] call(String cmd, Message request) {
    ClientSocket open = standing();
    try {
      return answer(open.call(cmd, request), ANSWER_MS);
    } catch (Unanswered e) {
      moveOn();
      throw e;
    } catch (CallFailed e) {
      if (e.code() == UNAVAILABLE) {
        moveOn();
      }
      throw e;
    }
  }

  /// Leaves this node for the next.
  private void moveOn() {
    drop();
    place = (place + 1) % net.places().size();
  }

  /// Goes back to its own node, unless it is there.
  void goHome() {
    if (place != 0) {
      drop();
      place = 0;
    }
  }

  private void drop() {
    ClientSocket old = socket;
    socket = null;
    if (old != null) {
      old.close();
    }
  }

  private ClientSocket standing() {
    ClientSocket known = socket;
    if (known != null && known.open()) {
      return known;
    }
    int mine = generation + 1;
    generation = mine;
    SocketListener listener =
        new SocketListener() {
          @Override
          public void frame(FrameScan frame, long nowNanos) {
            // What an earlier connection still brings is not of this one.
            if (mine == generation && frame.kind() == FrameScan.Kind.PUSH_MESSAGE) {
              ear.pushed(frame);
            }
          }

          @Override
          public void pull() {
            if (mine == generation) {
              ear.told();
            }
          }

          @Override
          public void closed(String reason) {}
        };
    // Before the socket is: pushes may come with the answer to its first frame.
    ear.opened();
    ClientSocket next =
        net.lanes().connect(net.places().get(place), person.token(), device, listener);
    try {
      socket = answer(next.opened(), OPEN_MS);
      return next;
    } catch (Unanswered | CallFailed e) {
      next.close();
      moveOn();
      throw e;
    }
  }

  private static <T> T answer(CompletableFuture<T> future, long withinMs) {
    try {
      return future.get(withinMs, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unanswered("interrupted", e);
    } catch (TimeoutException e) {
      throw new Unanswered("no answer within " + withinMs + " ms", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CallFailed failed) {
        throw failed;
      }
      throw new Unanswered(String.valueOf(e.getCause()), e);
    }
  }

  @Override
  public void close() {
    drop();
  }
}
