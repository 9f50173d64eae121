package io.parley.face.socket;

import com.linecorp.armeria.server.ServerBuilder;
import io.parley.base.Clock;
import io.parley.face.rpc.Callers;
import io.parley.face.rpc.RpcTable;
import io.parley.realtime.Registry;
import io.parley.realtime.SocketEndpoint;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.IntPredicate;

/// The live sockets of the server: `/ws` with the native protocol, and the sockets of other
/// contracts.
///
/// - `GET /ws` upgrades to a WebSocket. A page's Origin must be allowed; without an Origin any
///   client is accepted. `Authorization: Bearer …` authenticates at once (401 if the token is
///   dead), so does the cookie `sessionid` where an allowed Origin came with it; otherwise the
///   first frame is `auth`.
/// - Optional in the query: `device_id` (for those who send no `auth` frame) and `form=json`
///   (pushes as JSON even before the client's first frame). A token is never read from a URL.
/// - Refusals are 400, 401, 403, 404, 426, 429, 503 with
///   `{"error_code","business_code","message"}`.
public final class SocketFace {
  private static final Duration DRAIN_STEP = Duration.ofMillis(20);

  private final SocketEngine engine;
  private final Registry registry;
  private final Clock clock;

  private SocketFace(SocketEngine engine, Registry registry, Clock clock) {
    this.engine = engine;
    this.registry = registry;
    this.clock = clock;
  }

  /// The native protocol's endpoint, to be given to [#of] with those of other contracts.
  ///
  /// @param executor starts a virtual thread for each task
  public static SocketEndpoint nativeEndpoint(
      RpcTable table,
      Callers callers,
      Registry registry,
      SocketSettings settings,
      Executor executor) {
    return new NativeEndpoint(table, callers, registry, settings, executor);
  }

  /// A face that serves `endpoints`. `executor` as above.
  public static SocketFace of(
      List<SocketEndpoint> endpoints,
      Registry registry,
      SocketSettings settings,
      Executor executor) {
    return new SocketFace(
        new SocketEngine(endpoints, settings, executor), registry, settings.clock());
  }

  /// Puts the sockets in front of the HTTP server that `server` builds, on all its ports but the
  /// management port: what is there is not for the public, and it has no TLS.
  ///
  /// @param management whether a port is that one
  public void install(ServerBuilder server, IntPredicate management) {
    List<byte[]> prefixes = SocketSniffer.prefixes(engine.paths());
    server.childChannelPipelineCustomizer(
        pipeline -> {
          boolean inside =
              pipeline.channel().localAddress() instanceof InetSocketAddress local
                  && management.test(local.getPort());
          if (!inside) {
            SocketSniffer.addTo(pipeline, engine, prefixes);
          }
        });
  }

  /// Sockets that are open, authenticated or not.
  public int openSockets() {
    return engine.openSockets();
  }

  /// Before the server stops: no new socket is admitted, every open one gets `push.closing` with
  /// reason `restart` and closes. Returns when all are gone or after `atMost`; the HTTP server
  /// closes what is left.
  public void drain(Duration atMost) {
    engine.drain();
    registry.drain();
    long end = clock.nanos() + atMost.toNanos();
    while (engine.openSockets() > 0 && clock.nanos() < end) {
      clock.sleep(DRAIN_STEP);
    }
  }
}
