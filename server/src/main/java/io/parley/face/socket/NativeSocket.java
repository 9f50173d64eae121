package io.parley.face.socket;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.parley.api.realtime.AuthRequest;
import io.parley.api.realtime.AuthResponse;
import io.parley.api.common.PingRequest;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.SessionId;
import io.parley.face.rpc.RpcFault;
import io.parley.face.rpc.RpcMethod;
import io.parley.realtime.ClosingReason;
import io.parley.realtime.Connection;
import io.parley.realtime.SocketLine;
import io.parley.realtime.SocketListener;
import io.parley.realtime.Upgrade;
import io.parley.realtime.WireForm;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One native socket: frames in, calls and answers out. Everything here runs on the socket's lane.
///
/// Before authentication it answers `auth`, `ping` and the methods that need no token (a client may log in over the
/// socket); every other command is refused, and the socket closed when the deadline passes. While a token is being
/// looked at, the frames behind it wait.
final class NativeSocket implements SocketListener {
  private static final Logger log = LoggerFactory.getLogger(NativeSocket.class);
  private static final Duration IN_FLIGHT_RETRY = Duration.ofMillis(100);
  private static final int TOKEN_CHARS_MAX = 2048;
  private static final int DEVICE_CHARS_MAX = 64;
  private static final int CMD_ECHO_CHARS_MAX = 128;

  private final NativeEndpoint home;
  private final SocketLine line;
  private Caller caller;
  private @Nullable Connection connection;
  private @Nullable Wire wire;
  private int inFlight;

  NativeSocket(NativeEndpoint home, SocketLine line, Caller caller) {
    this.home = home;
    this.line = line;
    this.caller = caller;
  }

  /// Takes up what the upgrade request said: perhaps a token, the device (`?device_id=`), the form of pushes that
  /// come before the client's first frame (`?form=json`).
  void begin(Upgrade upgrade) {
    if (caller.accountId() == null) {
      return;
    }
    if (upgrade.parameter("form").equals("json")) {
      wire = TextWire.INSTANCE;
    }
    String token = upgrade.bearer() != null ? upgrade.bearer() : upgrade.cookie();
    connect(caller, token == null ? "" : token, device(upgrade.parameter("device_id")));
  }

  // --- frames in

  @Override
  public void onBinary(byte[] bytes) {
    speak(BinaryWire.INSTANCE, WireForm.BINARY);
    try {
      dispatch(BinaryWire.parse(bytes));
    } catch (BadFrame e) {
      answer(e);
    }
  }

  @Override
  public void onText(String text) {
    speak(TextWire.INSTANCE, WireForm.TEXT);
    try {
      dispatch(TextRequest.parse(text));
    } catch (BadFrame e) {
      answer(e);
    }
  }

  private void answer(BadFrame bad) {
    fail(bad.cmd(), bad.requestId(), bad.fault());
  }

  private void speak(Wire form, WireForm pushes) {
    if (wire == null) {
      wire = form;
      if (connection != null) {
        connection.speak(pushes);
      }
    }
  }

  @Override
  public void onClosed() {
    if (connection != null) {
      home.registry().remove(connection);
      connection = null;
    }
  }

  private void dispatch(Request request) {
    try {
      if (request.dataBytes() > home.limits().frameBytesMax()) {
        throw Fault.of(
            FaultCode.TOO_LARGE, "frame_bytes_max: data is over " + home.limits().frameBytesMax());
      }
      switch (request.cmd()) {
        case "auth" -> authenticate(request);
        case "ping" -> write(request.cmd(), request.id(), PingRequest.getDefaultInstance());
        default -> call(request);
      }
    } catch (Fault e) {
      fail(request.cmd(), request.id(), e);
    }
  }

  // --- authentication

  private void authenticate(Request request) {
    AuthRequest asked = request.data(AuthRequest.getDefaultInstance());
    if (connection != null) {
      if (!asked.getToken().isEmpty()) {
        throw Fault.of(FaultCode.FAILED_PRECONDITION, "this socket is authenticated already");
      }
      write(request.cmd(), request.id(), welcome(connection));
      return;
    }
    String token = asked.getToken();
    if (token.isEmpty() || token.length() > TOKEN_CHARS_MAX) {
      throw Fault.of(FaultCode.NOT_LOGGED_IN, "token: missing or too long");
    }
    String device = device(asked.getDeviceId());
    Caller anonymous = Caller.anonymous(caller.address(), caller.userAgent());
    line.pause();
    run(
        () -> {
          try {
            Caller known = home.authenticator().authenticate(token, anonymous);
            later(() -> authenticated(request, known, token, device));
          } catch (Throwable e) {
            Fault fault = logged(e);
            later(() -> refused(request, fault));
          }
        });
  }

  private static String device(String given) {
    if (given.length() > DEVICE_CHARS_MAX || given.chars().anyMatch(Character::isISOControl)) {
      throw Fault.invalid("device_id", "at most " + DEVICE_CHARS_MAX + " printable characters");
    }
    return given;
  }

  private void authenticated(Request request, Caller known, String token, String device) {
    if (!line.isOpen()) {
      return;
    }
    try {
      Connection fresh = connect(known, token, device);
      write(request.cmd(), request.id(), welcome(fresh));
    } catch (Fault e) {
      fail(request.cmd(), request.id(), e);
    }
    line.resume();
  }

  private void refused(Request request, Fault fault) {
    fail(request.cmd(), request.id(), fault);
    line.resume();
  }

  /// Makes the socket reachable for pushes, then looks at the token once more: a session that ended after the first
  /// look and before the registration has left no event that would find this connection.
  private Connection connect(Caller known, String token, String device) {
    long id = home.registry().nextId();
    SessionId session = known.sessionId();
    String name = !device.isEmpty() ? device : session == null ? "#" + id : session.toString();
    WireForm form = wire == TextWire.INSTANCE ? WireForm.TEXT : WireForm.BINARY;
    Connection fresh = new Connection(id, known.over(id), name, form, line.lane(), line);
    home.registry().add(fresh);
    connection = fresh;
    caller = fresh.caller();
    line.settle();
    run(
        () -> {
          try {
            home.authenticator().authenticate(token, known);
          } catch (Throwable e) {
            logged(e);
            home.registry().cutLater(fresh, ClosingReason.SESSION_ENDED);
          }
        });
    return fresh;
  }

  private AuthResponse welcome(Connection of) {
    return AuthResponse.newBuilder()
        .setUserId(of.account().value())
        .setDeviceId(of.device())
        .setHeartbeatS(home.limits().heartbeatS())
        .build();
  }

  // --- calls

  private void call(Request request) {
    RpcMethod<?, ?> method = home.table().find(request.cmd());
    if (method == null) {
      throw Fault.of(FaultCode.NO_SUCH_METHOD, "no such cmd");
    }
    if (!method.open()) {
      caller.requireAccount();
    }
    if (inFlight >= home.limits().socketInFlightMax()) {
      throw Fault.retry(
          FaultCode.BUSY,
          "socket_in_flight_max: " + home.limits().socketInFlightMax() + " requests are in flight",
          IN_FLIGHT_RETRY);
    }
    call(method, request);
  }

  private <Q extends Message, R extends Message> void call(
      RpcMethod<Q, R> method, Request request) {
    Q asked = request.data(prototype(method));
    Answer<R> answer = new Answer<>(this, line.lane(), method.name(), request.id());
    Caller who = caller;
    inFlight++;
    switch (method.handler()) {
      case RpcMethod.Direct<Q, R> direct -> {
        try {
          direct.call(who, asked, answer);
        } catch (RuntimeException e) {
          answer.failed(Fault.from(e));
        }
      }
      case RpcMethod.Blocking<Q, R> blocking ->
          run(
              () -> {
                try {
                  answer.done(blocking.call(who, asked));
                } catch (Throwable e) {
                  answer.failed(Fault.from(e));
                }
              });
    }
  }

  private static <Q extends Message> Q prototype(RpcMethod<Q, ?> method) {
    // Generated marshallers hold the default instance of their type.
    var marshaller = (PrototypeMarshaller<Q>) method.descriptor().getRequestMarshaller();
    return Objects.requireNonNull(marshaller.getMessagePrototype());
  }

  // --- answers out

  void answer(String cmd, int requestId, Message response) {
    inFlight--;
    int bytes = response.getSerializedSize();
    if (bytes > home.limits().frameBytesMax()) {
      fail(
          cmd,
          requestId,
          Fault.of(FaultCode.TOO_LARGE, "frame_bytes_max: the answer has " + bytes + ", ask for less"));
      return;
    }
    write(cmd, requestId, response);
  }

  void answer(String cmd, int requestId, Fault fault) {
    inFlight--;
    fail(cmd, requestId, fault);
  }

  private void write(String cmd, int requestId, Message response) {
    if (line.isOpen()) {
      line.write(form().data(cmd, requestId, response));
    }
  }

  private void fail(String cmd, int requestId, Fault fault) {
    if (line.isOpen()) {
      String echo = cmd.length() <= CMD_ECHO_CHARS_MAX ? cmd : cmd.substring(0, CMD_ECHO_CHARS_MAX);
      line.write(form().error(echo, requestId, RpcFault.of(fault)));
    }
  }

  private Wire form() {
    return wire == null ? BinaryWire.INSTANCE : wire;
  }

  // --- threads

  private void later(Runnable action) {
    line.lane()
        .execute(
            () -> {
              action.run();
              return 1;
            });
  }

  private void run(Runnable blocking) {
    try {
      home.executor().execute(blocking);
    } catch (RejectedExecutionException e) {
      line.close(FrameBytes.GOING_AWAY, "restart");
    }
  }

  private static Fault logged(Throwable e) {
    Fault fault = Fault.from(e);
    if (fault.code() == FaultCode.INTERNAL) {
      log.error("authentication failed", e);
    }
    return fault;
  }
}
