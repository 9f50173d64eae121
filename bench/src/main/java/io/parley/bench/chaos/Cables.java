package io.parley.bench.chaos;

import io.parley.bench.cluster.Layout;
import io.parley.bench.net.Link;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// The stretches of network of one node: to each database, to the bus.
final class Cables implements AutoCloseable {
  private static final String DATABASE = "postgres-";

  private final Map<String, Link> links = new LinkedHashMap<>();

  Cables(Layout layout) {
    layout
        .ports()
        .forEach(
            (part, port) -> {
              if (part.startsWith(DATABASE) || part.equals("bus")) {
                links.put(part, new Link(port));
              }
            });
  }

  /// The port that leads to a part; its own where nothing stands in between.
  int port(String part, int port) {
    Link link = links.get(part);
    return link == null ? port : link.port();
  }

  /// What leads to the databases is as said from now on.
  void database(Consumer<Link> change) {
    links.forEach(
        (part, link) -> {
          if (part.startsWith(DATABASE)) {
            change.accept(link);
          }
        });
  }

  /// The same of what leads to the bus.
  void bus(Consumer<Link> change) {
    Link link = links.get("bus");
    if (link != null) {
      change.accept(link);
    }
  }

  void databaseDelay(Duration roundTrip) {
    database(link -> link.delay(roundTrip));
  }

  void heal() {
    links.values().forEach(Link::heal);
  }

  @Override
  public void close() {
    links.values().forEach(Link::close);
  }
}
