package io.parley;

import com.linecorp.armeria.server.ServerBuilder;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.Limits;
import io.parley.base.Tally;
import io.parley.config.Config;
import io.parley.face.edge.Bodies;
import io.parley.face.edge.Connections;
import io.parley.face.edge.Cors;
import io.parley.face.edge.Edge;
import io.parley.face.edge.Proxies;
import io.parley.face.rpc.Callers;
import io.parley.face.web.ResumeFace;
import io.parley.session.Sessions;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How the server listens: who may connect, what holds for every request, who is recognised.
final class Listening {
  /// Whose bodies go to files, besides parts of uploads.
  private static final Set<String> TO_FILES =
      Set.of("/v1/images", "/v1/files", "/android/save_file/", "/android/save_file");

  private static final int MANAGEMENT_CONNECTIONS_MAX = 64;

  private final Config config;
  private final Sessions sessions;
  private final Tally traffic;
  private final Bodies bodies;
  private final Clock clock;

  Listening(Config config, Sessions sessions, Tally traffic, Clock clock) {
    this.config = config;
    this.sessions = sessions;
    this.traffic = traffic;
    this.clock = clock;
    bodies = new Bodies(config.limits().bodiesInFlightBytesMax(), config.security().throttled());
  }

  Bodies bodies() {
    return bodies;
  }

  /// The management port may be chosen by the system; the main port is known.
  boolean isManagement(int port) {
    return port != config.server().port();
  }

  /// Those of the main port share one count; the management port has one of its own, so that
  /// strangers never keep an operator out.
  void connections(ServerBuilder builder) {
    Limits limits = config.limits();
    Proxies proxies = new Proxies(config.server().proxies());
    Duration deadline = Duration.ofSeconds(limits.headDeadlineS());
    int perAddress = config.security().throttled() ? limits.connectionsPerAddressMax() : 0;
    Connections outside =
        new Connections(
            new Connections.Settings(
                limits.connectionsMax(), perAddress, deadline, proxies, clock));
    Connections inside =
        new Connections(
            new Connections.Settings(MANAGEMENT_CONNECTIONS_MAX, 0, deadline, Proxies.NONE, clock));
    // More than both together: who has to go is decided there.
    builder.maxNumConnections(limits.connectionsMax() + 2 * MANAGEMENT_CONNECTIONS_MAX);
    Connections.install(builder, port -> isManagement(port) ? inside : outside);
  }

  /// What happens to every request.
  void edge(ServerBuilder builder) {
    Edge edge =
        new Edge(
            traffic,
            bodies,
            new Edge.Settings(
                config.limits().bodyRateBytesMin(),
                path -> TO_FILES.contains(path) || path.startsWith(ResumeFace.FOLDER),
                Set.of("/gateway.GatewayService/SendMessage"),
                this::recognised,
                clock));
    edge.install(builder, config.publicUrl().startsWith("https:"));
    Cors.install(builder, config.server().allowedOrigins());
  }

  private @Nullable AccountId recognised(@Nullable String authorization) {
    String token = Callers.token(authorization);
    Caller known = token == null ? null : sessions.recognise(token, Caller.anonymous("", ""));
    return known == null ? null : known.accountId();
  }

  /// Who calls.
  Callers callers() {
    return new Callers() {
      @Override
      public Caller authenticate(String token, Caller anonymous) {
        return sessions.authenticate(token, anonymous);
      }

      @Override
      public Caller identify(String token, Caller anonymous) {
        return sessions.identify(token, anonymous);
      }

      @Override
      public @Nullable Caller recognise(String token, Caller anonymous) {
        return sessions.recognise(token, anonymous);
      }
    };
  }

  /// Pages of which origins may open a live socket.
  Set<String> origins() {
    Set<String> origins = new HashSet<>(config.server().allowedOrigins());
    origins.addAll(ownOrigins());
    return origins;
  }

  /// This server's own, as browsers have them.
  Set<String> ownOrigins() {
    Set<String> origins = new TreeSet<>();
    origins.add(config.publicOrigin());
    if (config.publicOrigin().contains("//127.0.0.1")) {
      // The same server by its other loopback name: a page that was opened as localhost may talk to
      // it too.
      origins.add(config.publicOrigin().replace("//127.0.0.1", "//localhost"));
    }
    return origins;
  }
}
