package io.parley.face.socket;

import io.parley.api.common.PingRequest;
import io.parley.api.realtime.AuthRequest;
import io.parley.api.realtime.AuthResponse;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.SessionId;
import io.parley.realtime.Connection;
import io.parley.realtime.SocketLine;
import io.parley.realtime.SocketListener;
import io.parley.realtime.Upgrade;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One native socket: frames in, calls and answers out. Everything here runs on the socket's lane.
///
/// Before authentication it answers `auth`, `ping` and the methods that need no token (a client may
/// log in over the socket); every other command is refused, and the socket closed when the deadline
/// passes. While a token is being looked at, the frames behind it wait.
final class NativeSocket implements SocketListener {
  private static final Logger log = LoggerFactory.getLogger(NativeSocket.class);
  private static final int TOKEN_CHARS_MAX = 2048;
  private static final int DEVICE_CHARS_MAX = 64;

  private final NativeEndpoint endpoint;
  private final SocketLine line;
  private final Caller caller;
  private @Nullable Connection connection;
  private final Speaker out;
  private final Calls calls;

  NativeSocket(NativeEndpoint endpoint, SocketLine line, Caller caller) {
    this.endpoint = endpoint;
    this.line = line;
    this.caller = caller;
    this.out = new Speaker(line, endpoint.limits().frameBytesMax());
    this.calls = new Calls(endpoint, line, out);
  }

  /// Takes up what the upgrade request said: perhaps a token, the device (`?device_id=`), the form
  /// of pushes that come before the client's first frame (`?form=json`).
  void begin(Upgrade upgrade) {
    if (caller.accountId() == null) {
      return;
    }
    if (upgrade.parameter("form").equals("json")) {
      out.hears(TextWire.INSTANCE);
    }
    String shown = upgrade.bearer() != null ? upgrade.bearer() : upgrade.cookie();
    connect(caller, shown == null ? "" : shown, device(upgrade.parameter("device_id")));
  }

  // --- frames in

  @Override
  public void onBinary(byte[] bytes) {
    hear(BinaryWire.INSTANCE);
    try {
      dispatch(BinaryWire.parse(bytes));
    } catch (BadFrame e) {
      answer(e);
    }
  }

  @Override
  public void onText(String text) {
    hear(TextWire.INSTANCE);
    try {
      dispatch(TextRequest.parse(text, endpoint.table()));
    } catch (BadFrame e) {
      answer(e);
    }
  }

  private void answer(BadFrame bad) {
    out.fail(bad.cmd(), bad.requestId(), bad.fault());
  }

  private void hear(Wire form) {
    if (out.hears(form) && connection != null) {
      connection.speak(out.form());
    }
  }

  @Override
  public void onClosed() {
    calls.leave();
    if (connection != null) {
      endpoint.registry().remove(connection);
      connection = null;
    }
  }

  private void dispatch(Request request) {
    try {
      if (request.dataBytes() > endpoint.limits().frameBytesMax()) {
        throw Fault.of(
            FaultCode.TOO_LARGE,
            "limits.frame_bytes_max: data is over " + endpoint.limits().frameBytesMax());
      }
      switch (request.cmd()) {
        case "auth" -> authenticate(request);
        case "ping" -> ping(request);
        default -> calls.start(request, caller());
      }
    } catch (Fault e) {
      out.fail(request.cmd(), request.id(), e);
    }
  }

  /// Who speaks: nobody before authentication.
  private Caller caller() {
    return connection == null ? caller : connection.caller();
  }

  private void ping(Request request) {
    caller().requireAccount();
    out.answer(request.cmd(), request.id(), PingRequest.getDefaultInstance());
  }

  // --- authentication

  private void authenticate(Request request) {
    AuthRequest asked = request.data(AuthRequest.getDefaultInstance());
    if (connection != null) {
      if (!asked.getToken().isEmpty()) {
        throw Fault.of(FaultCode.FAILED_PRECONDITION, "this socket is authenticated already");
      }
      out.answer(request.cmd(), request.id(), welcome(connection));
      return;
    }
    String shown = asked.getToken();
    if (shown.isEmpty() || shown.length() > TOKEN_CHARS_MAX) {
      throw Fault.of(FaultCode.NOT_LOGGED_IN, "token: missing or too long");
    }
    String device = device(asked.getDeviceId());
    line.pause();
    endpoint.run(
        line,
        () -> {
          try {
            Caller known = endpoint.callers().authenticate(shown, caller.stranger());
            line.lane().run(() -> authenticated(request, known, shown, device));
          } catch (Throwable e) {
            Fault fault = logged(e);
            line.lane().run(() -> refused(request, fault));
          }
        });
  }

  private static String device(String given) {
    if (given.length() > DEVICE_CHARS_MAX || given.chars().anyMatch(Character::isISOControl)) {
      throw Fault.invalid("device_id", "at most " + DEVICE_CHARS_MAX + " printable characters");
    }
    return given;
  }

  private void authenticated(Request request, Caller known, String shown, String device) {
    if (!line.isOpen()) {
      return;
    }
    try {
      Connection fresh = connect(known, shown, device);
      out.answer(request.cmd(), request.id(), welcome(fresh));
    } catch (Fault e) {
      out.fail(request.cmd(), request.id(), e);
    }
    line.resume();
  }

  private void refused(Request request, Fault fault) {
    out.fail(request.cmd(), request.id(), fault);
    line.resume();
  }

  /// Makes the socket reachable for pushes.
  private Connection connect(Caller known, String shown, String device) {
    long id = endpoint.registry().nextId();
    SessionId session = known.sessionId();
    String name = !device.isEmpty() ? device : session == null ? "#" + id : session.toString();
    Connection fresh = new Connection(id, known.over(id), name, out.form(), line.lane(), line);
    Caller stranger = caller.stranger();
    endpoint.registry().admit(fresh, () -> endpoint.callers().authenticate(shown, stranger));
    connection = fresh;
    line.settle();
    return fresh;
  }

  private AuthResponse welcome(Connection of) {
    return AuthResponse.newBuilder()
        .setUserId(of.account().value())
        .setDeviceId(of.device())
        .setHeartbeatS(endpoint.limits().heartbeatS())
        .setLimits(ClientLimits.of(endpoint.limits()))
        .build();
  }

  private static Fault logged(Throwable e) {
    Fault fault = Fault.from(e);
    if (fault.code() == FaultCode.INTERNAL) {
      log.error("authentication failed", e);
    }
    return fault;
  }
}
