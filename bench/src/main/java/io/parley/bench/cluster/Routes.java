package io.parley.bench.cluster;

/// How a node comes to the other parts: over their own ports, or over whatever stands in between.
public interface Routes {
  /// Straight.
  Routes STRAIGHT = (node, part, port) -> port;

  /// The port that node `node` (1 …) uses for `part`, which itself listens on `port`.
  int port(int node, String part, int port);
}
