package io.parley.bench.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A stretch of network in front of one server on this machine, which can be slow, fall silent, or
/// be cut, without anybody's leave.
public final class Link implements AutoCloseable {
  private static final int CONNECT_MS = 2_000;

  private final Entrance entrance;
  private final int target;
  private final Weather weather = new Weather();
  private final Set<Crossing> crossings = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  /// A link to the port `target`, in fair weather.
  public Link(int target) {
    this.target = target;
    entrance = new Entrance(0, this::connect);
  }

  /// Where to connect instead of the server's own port.
  public int port() {
    return entrance.port();
  }

  /// Connections that are open.
  public int open() {
    return crossings.size();
  }

  /// Adds so much to each round trip.
  public void delay(Duration roundTrip) {
    weather.delay(roundTrip);
  }

  /// Nothing arrives in either direction any more and nobody is told, as when a cable is pulled.
  public void silence() {
    weather.silent(true);
  }

  /// Closes what is open, and new connections as soon as they are made.
  public void cut() {
    cut = true;
    crossings.forEach(Crossing::close);
  }

  /// Fair weather: no delay, no silence, no cut.
  public void heal() {
    cut = false;
    weather.delay(Duration.ZERO);
    weather.silent(false);
  }

  private void connect(Socket client) {
    Socket server = new Socket();
    try {
      // A handshake is an exchange like any other.
      weather.awaitSound();
      server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_MS);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      Crossing crossing = new Crossing(client, server, crossings::remove);
      crossings.add(crossing);
      if (cut || entrance.isClosed()) {
        crossing.close();
        return;
      }
      crossing.carry(weather);
    } catch (IOException e) {
      Crossing.shut(client);
      Crossing.shut(server);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      Crossing.shut(client);
    }
  }

  @Override
  public void close() {
    entrance.close();
    crossings.forEach(Crossing::close);
    heal();
  }
}
