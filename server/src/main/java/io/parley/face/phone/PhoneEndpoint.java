package io.parley.face.phone;

import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.face.rpc.Callers;
import io.parley.realtime.ClosingReason;
import io.parley.realtime.Registry;
import io.parley.realtime.SocketEndpoint;
import io.parley.realtime.SocketLine;
import io.parley.realtime.SocketListener;
import io.parley.realtime.Upgrade;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/// The push WebSocket, `/android/websocket/`: for sessions only, shown by the cookie or by
/// `Authorization`.
///
/// @param heartbeatS seconds between a client's heartbeats; three missed close the socket
/// @param executor runs what may block, each task on a virtual thread
public record PhoneEndpoint(
    PhoneCore core,
    Callers callers,
    Registry registry,
    Settings settings,
    Limits limits,
    Executor executor)
    implements SocketEndpoint {
  private static final int MISSED_HEARTBEATS = 3;
  private static final int GOING_AWAY = 1001;

  /// @param infoObject whether a device that has sent no message yet is pushed each info as an
  ///     object
  public record Settings(int heartbeatS, boolean infoObject) {}

  @Override
  public Set<String> paths() {
    return Set.of("/android/websocket", "/android/websocket/");
  }

  @Override
  public Duration silenceMax() {
    return Duration.ofSeconds((long) MISSED_HEARTBEATS * settings.heartbeatS());
  }

  @Override
  public Caller admit(Upgrade upgrade) {
    Caller caller = callers.authenticate(token(upgrade), upgrade.stranger());
    caller.requireSession();
    return caller;
  }

  @Override
  public SocketListener open(Upgrade upgrade, Caller caller, SocketLine line) {
    line.settle();
    return new PhoneSocket(this, line, caller, token(upgrade));
  }

  private static String token(Upgrade upgrade) {
    String token = upgrade.bearer() != null ? upgrade.bearer() : upgrade.cookie();
    if (token == null) {
      throw Fault.of(FaultCode.NOT_LOGGED_IN, "log in first");
    }
    return token;
  }

  /// Runs what may block; a server that stops closes the socket instead.
  void run(SocketLine line, Runnable blocking) {
    try {
      executor.execute(blocking);
    } catch (RejectedExecutionException e) {
      line.lane().run(() -> line.close(GOING_AWAY, ClosingReason.RESTART.wire()));
    }
  }
}
