package io.parley.bench.chaos;

import io.parley.bench.cluster.Layout;
import io.parley.bench.cluster.Routes;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// The cables of all nodes. A node that is started while it is plugged in has them between itself
/// and the rest; one that is started otherwise is connected straight.
public final class CableBox implements Routes, AutoCloseable {
  private final Map<Integer, Cables> cables = new TreeMap<>();
  private volatile boolean plugged;

  /// For a cluster of that layout.
  public CableBox(Layout layout) {
    for (int i = 1; i <= layout.nodes(); i++) {
      cables.put(i, new Cables(layout));
    }
  }

  /// Whether nodes that are started from now on use it.
  public void plugged(boolean now) {
    plugged = now;
  }

  @Override
  public int port(int node, String part, int port) {
    Cables found = cables.get(node);
    return plugged && found != null ? found.port(part, port) : port;
  }

  /// Adds so much to each round trip to the database, of every node.
  public void databaseDelay(Duration roundTrip) {
    cables.values().forEach(each -> each.databaseDelay(roundTrip));
  }

  Map<Integer, Cables> all() {
    return Map.copyOf(cables);
  }

  @Override
  public void close() {
    cables.values().forEach(Cables::close);
  }
}
