package io.parley.bench.net;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Spreads TCP connections over equal servers, in turn. A server that refuses a connection or does
/// not say that it is ready gets none until it does again; connections that it has stay. When none
/// is ready all are tried: a balancer that is wrong must not be an outage.
public final class Balancer implements AutoCloseable {
  private static final int CONNECT_MS = 2_000;

  private final Entrance entrance;
  private final List<Backend> backends;
  private final Set<Backend> away = ConcurrentHashMap.newKeySet();
  private final Set<Crossing> crossings = ConcurrentHashMap.newKeySet();
  private final AtomicInteger turn = new AtomicInteger();
  private final Thread watch;

  /// Listens on `port`, 0 is any, and asks each server every `look` whether it is ready.
  public Balancer(int port, List<Backend> backends, Duration look) {
    this.backends = List.copyOf(backends);
    entrance = new Entrance(port, this::serve);
    watch = Thread.ofVirtual().start(() -> watch(look));
  }

  public int port() {
    return entrance.port();
  }

  /// Servers that get no connections at present.
  public Set<Backend> away() {
    return Set.copyOf(away);
  }

  private void watch(Duration look) {
    try {
      while (!entrance.isClosed()) {
        List<Thread> looks = new ArrayList<>();
        for (Backend backend : backends) {
          looks.add(Thread.ofVirtual().start(() -> note(backend, backend.ready())));
        }
        for (Thread each : looks) {
          each.join();
        }
        Thread.sleep(look);
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private void note(Backend backend, boolean ready) {
    if (ready) {
      away.remove(backend);
    } else {
      away.add(backend);
    }
  }

  private void serve(Socket client) {
    Socket server = connect();
    if (server == null) {
      Crossing.shut(client);
      return;
    }
    try {
      client.setTcpNoDelay(true);
    } catch (IOException e) {
      // It is gone, which the first read finds.
    }
    Crossing crossing = new Crossing(client, server, crossings::remove);
    crossings.add(crossing);
    crossing.carry();
  }

  private @Nullable Socket connect() {
    int first = Math.floorMod(turn.getAndIncrement(), backends.size());
    List<Backend> order = new ArrayList<>();
    for (int i = 0; i < backends.size(); i++) {
      order.add(backends.get((first + i) % backends.size()));
    }
    // Those that are away come last.
    order.sort((a, b) -> Boolean.compare(away.contains(a), away.contains(b)));
    for (Backend backend : order) {
      try {
        return backend.connect(CONNECT_MS);
      } catch (IOException e) {
        away.add(backend);
      }
    }
    return null;
  }

  @Override
  public void close() {
    entrance.close();
    watch.interrupt();
    crossings.forEach(Crossing::close);
  }
}
