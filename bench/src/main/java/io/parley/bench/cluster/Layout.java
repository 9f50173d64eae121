package io.parley.bench.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a cluster consists of. Chosen once, and kept in its folder.
///
/// @param nodes servers
/// @param standby whether PostgreSQL has a synchronous standby
/// @param bus whether there is a Valkey or Redis
/// @param s3 whether uploads are on an S3 server, and not on each node's disk
/// @param settings further settings of every node, KEY=VALUE
/// @param secret the password of PostgreSQL and the bus, and the S3 server's secret key
/// @param ports of every part, by its name
public record Layout(
    int nodes,
    boolean standby,
    boolean bus,
    boolean s3,
    List<String> settings,
    String secret,
    Map<String, Integer> ports) {
  static final String BALANCER = "balancer";
  static final String BUS = "bus";
  static final String S3 = "s3";
  static final String POSTGRES_A = "postgres-a";
  static final String POSTGRES_B = "postgres-b";

  /// What somebody asks for.
  ///
  /// @param port of the balancer; 0: any
  public record Wish(
      int nodes, boolean standby, boolean bus, boolean s3, List<String> settings, int port) {}

  /// Chooses ports that are free and a secret that nobody guesses.
  public static Layout of(Wish wish) {
    if (wish.nodes() < 1 || wish.nodes() > 16) {
      throw new IllegalArgumentException("--nodes must be 1 to 16");
    }
    List<String> names = new ArrayList<>(List.of(POSTGRES_A));
    if (wish.standby()) {
      names.add(POSTGRES_B);
    }
    if (wish.bus()) {
      names.add(BUS);
    }
    if (wish.s3()) {
      names.add(S3);
    }
    for (int i = 1; i <= wish.nodes(); i++) {
      names.add(node(i));
      names.add(management(i));
    }
    Map<String, Integer> ports = freePorts(names);
    ports.put(
        BALANCER, wish.port() == 0 ? freePorts(List.of(BALANCER)).get(BALANCER) : wish.port());
    byte[] secret = new byte[20];
    new SecureRandom().nextBytes(secret);
    return new Layout(
        wish.nodes(),
        wish.standby(),
        wish.bus(),
        wish.s3(),
        List.copyOf(wish.settings()),
        HexFormat.of().formatHex(secret),
        ports);
  }

  /// The name of a node, counted from 1.
  public static String node(int i) {
    return "node-" + i;
  }

  static String management(int i) {
    return "node-" + i + "-management";
  }

  /// The port of a part.
  public int port(String part) {
    Integer port = ports.get(part);
    if (port == null) {
      throw new IllegalArgumentException("this cluster has no " + part);
    }
    return port;
  }

  /// The names of the PostgreSQL servers.
  public List<String> databases() {
    return standby ? List.of(POSTGRES_A, POSTGRES_B) : List.of(POSTGRES_A);
  }

  private static Map<String, Integer> freePorts(List<String> names) {
    Map<String, Integer> ports = new LinkedHashMap<>();
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (String name : names) {
        // All at once, so that no two get the same.
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        held.add(socket);
        ports.put(name, socket.getLocalPort());
      }
      for (ServerSocket socket : held) {
        socket.close();
      }
      return ports;
    } catch (IOException e) {
      throw new IllegalStateException("no free port", e);
    }
  }

  /// Without the secret: it may end up in a log.
  @Override
  public String toString() {
    return "Layout[nodes=" + nodes + ", ports=" + ports + "]";
  }
}
