package io.parley.face.socket;

import com.google.protobuf.Message;
import io.parley.base.Caller;
import io.parley.base.Cancellable;
import io.parley.base.Completion;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.face.rpc.RpcMethod;
import io.parley.realtime.Lane;
import io.parley.realtime.SocketLine;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The native methods as one socket calls them, and the way of their answers back. On the socket's
/// lane: methods that never block run there, in the order in which their requests came; the others
/// each on a virtual thread.
final class Calls {
  private static final Logger log = LoggerFactory.getLogger(Calls.class);
  private static final Duration IN_FLIGHT_RETRY = Duration.ofMillis(100);

  private final NativeEndpoint endpoint;
  private final SocketLine line;
  private final Speaker out;
  private int inFlight;

  /// One for all calls, since they lose their caller together; from the first that may block.
  private @Nullable Cancellable blocking;

  Calls(NativeEndpoint endpoint, SocketLine line, Speaker out) {
    this.endpoint = endpoint;
    this.line = line;
    this.out = out;
  }

  /// Starts the method that `request` names. Fails with NO_SUCH_METHOD, NOT_LOGGED_IN, MALFORMED,
  /// or BUSY while `socket_in_flight_max` requests are unanswered; what fails later is answered.
  void start(Request request, Caller caller) {
    RpcMethod<?, ?> method = endpoint.table().find(request.cmd());
    if (method == null) {
      throw Fault.of(FaultCode.NO_SUCH_METHOD, "no such cmd");
    }
    if (!method.open()) {
      caller.requireAccount();
    }
    int inFlightMax = endpoint.limits().socketInFlightMax();
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
    method.start(caller, asked, new Answer<R>(method.name(), request.id()), this::run);
  }

  private void run(Runnable call) {
    Cancellable all = blocking == null ? new Cancellable() : blocking;
    blocking = all;
    endpoint.run(line, () -> all.during(call));
  }

  /// The socket is closed: ends what costs much and is for nobody any more.
  void leave() {
    if (blocking != null) {
      blocking.cancel();
    }
  }

  /// The answer to one request on its way back: taken from any thread, written on the socket's
  /// lane. The first of the two calls counts; a socket that is gone meanwhile makes it harmless.
  private final class Answer<R extends Message> implements Completion<R>, Lane.Work {
    private final Lane lane = line.lane();
    private final String cmd;
    private final int requestId;
    private boolean answered;
    private @Nullable R response;
    private @Nullable Fault fault;

    Answer(String cmd, int requestId) {
      this.cmd = cmd;
      this.requestId = requestId;
    }

    @Override
    public void done(R message) {
      send(message, null);
    }

    @Override
    public void failed(Fault why) {
      if (why.code() == FaultCode.INTERNAL) {
        log.error("{} failed", cmd, why);
      }
      send(null, why);
    }

    private void send(@Nullable R message, @Nullable Fault why) {
      synchronized (this) {
        if (answered) {
          return;
        }
        answered = true;
        response = message;
        fault = why;
      }
      lane.execute(this);
    }

    @Override
    public int run() {
      R message = response;
      inFlight--;
      endpoint.settings().tally().ended(message != null);
      if (message != null) {
        out.answer(cmd, requestId, message);
      } else {
        out.fail(cmd, requestId, fault == null ? Fault.of(FaultCode.INTERNAL, "no answer") : fault);
      }
      return 1;
    }
  }
}
