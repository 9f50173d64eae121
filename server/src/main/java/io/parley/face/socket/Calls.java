package io.parley.face.socket;

import com.google.protobuf.Message;
import io.parley.base.Caller;
import io.parley.base.Cancellable;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.face.rpc.RpcMethod;
import io.parley.realtime.SocketLine;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The native methods as one socket calls them. On the socket's lane: methods that never block run
/// there, in the order in which their requests came; the others each on a virtual thread.
final class Calls {
  private static final Duration IN_FLIGHT_RETRY = Duration.ofMillis(100);

  private final NativeEndpoint home;
  private final SocketLine line;
  private final Speaker out;
  private int inFlight;

  /// One for all calls, since they lose their caller together; from the first that may block.
  private @Nullable Cancellable blocking;

  Calls(NativeEndpoint home, SocketLine line, Speaker out) {
    this.home = home;
    this.line = line;
    this.out = out;
  }

  /// Starts the method that `request` names. Fails with NO_SUCH_METHOD, NOT_LOGGED_IN, MALFORMED,
  /// or BUSY while `socket_in_flight_max` requests are unanswered; what fails later is answered.
  void start(Request request, Caller caller) {
    RpcMethod<?, ?> method = home.table().find(request.cmd());
    if (method == null) {
      throw Fault.of(FaultCode.NO_SUCH_METHOD, "no such cmd");
    }
    if (!method.open()) {
      caller.requireAccount();
    }
    int inFlightMax = home.limits().socketInFlightMax();
    if (inFlight >= inFlightMax) {
      throw Fault.retry(
          FaultCode.BUSY,
          "limits.socket_in_flight_max: " + inFlightMax + " requests are in flight",
          IN_FLIGHT_RETRY);
    }
    start(method, request, caller);
  }

  private <Q extends Message, R extends Message> void start(
      RpcMethod<Q, R> method, Request request, Caller caller) {
    Q asked = request.data(method.prototype());
    inFlight++;
    method.start(
        caller, asked, new Answer<>(this, line.lane(), method.name(), request.id()), this::run);
  }

  private void run(Runnable call) {
    Cancellable all = blocking == null ? new Cancellable() : blocking;
    blocking = all;
    home.run(line, () -> all.during(call));
  }

  /// The socket is closed: ends what costs much and is for nobody any more.
  void leave() {
    if (blocking != null) {
      blocking.cancel();
    }
  }

  void answer(String cmd, int requestId, Message response) {
    inFlight--;
    home.settings().tally().ended(true);
    out.answer(cmd, requestId, response);
  }

  void answer(String cmd, int requestId, Fault fault) {
    inFlight--;
    home.settings().tally().ended(false);
    out.fail(cmd, requestId, fault);
  }
}
