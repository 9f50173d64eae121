package io.parley.face.socket;

import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.Limits;
import io.parley.face.rpc.Callers;
import io.parley.face.rpc.RpcTable;
import io.parley.realtime.Registry;
import io.parley.realtime.SocketEndpoint;
import io.parley.realtime.SocketLine;
import io.parley.realtime.SocketListener;
import io.parley.realtime.Upgrade;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/// The native protocol's socket, `/ws`. A token in `Authorization` that is not live refuses the
/// upgrade; a dead cookie does not, because a page may hold a stale one and still authenticate with
/// its first frame.
///
/// @param executor runs what may block, each task on a virtual thread
record NativeEndpoint(
    RpcTable table, Callers callers, Registry registry, SocketSettings settings, Executor executor)
    implements SocketEndpoint {
  private static final int MISSED_HEARTBEATS = 3;

  Limits limits() {
    return settings.limits();
  }

  @Override
  public Set<String> paths() {
    return Set.of("/ws");
  }

  @Override
  public Duration silenceMax() {
    return Duration.ofSeconds((long) MISSED_HEARTBEATS * limits().heartbeatS());
  }

  @Override
  public Caller admit(Upgrade upgrade) {
    Caller anonymous = upgrade.stranger();
    if (upgrade.bearer() != null) {
      return callers.authenticate(upgrade.bearer(), anonymous);
    }
    if (upgrade.cookie() != null) {
      try {
        return callers.authenticate(upgrade.cookie(), anonymous);
      } catch (Fault e) {
        return anonymous;
      }
    }
    return anonymous;
  }

  @Override
  public SocketListener open(Upgrade upgrade, Caller caller, SocketLine line) {
    NativeSocket socket = new NativeSocket(this, line, caller);
    socket.begin(upgrade);
    return socket;
  }

  /// Runs what may block; a server that stops closes the socket instead.
  void run(SocketLine line, Runnable blocking) {
    try {
      executor.execute(blocking);
    } catch (RejectedExecutionException e) {
      line.close(FrameBytes.GOING_AWAY, "restart");
    }
  }
}
