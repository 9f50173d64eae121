package io.parley.bench.net;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// A client's connection and the server's that continues it. An end that one side sends is passed
/// on, and the other direction goes on; a failure of either side ends both.
final class Crossing implements AutoCloseable {
  private final Socket client;
  private final Socket server;
  private final Consumer<Crossing> whenOver;
  private final AtomicInteger halves = new AtomicInteger(2);

  Crossing(Socket client, Socket server, Consumer<Crossing> whenOver) {
    this.client = client;
    this.server = server;
    this.whenOver = whenOver;
  }

  /// Carries bytes as fast as they come.
  void carry() {
    Thread.ofVirtual().start(() -> half(() -> Pipe.straight(client, server)));
    Thread.ofVirtual().start(() -> half(() -> Pipe.straight(server, client)));
  }

  /// Carries bytes as the weather has it.
  void carry(Weather weather) {
    Thread.ofVirtual().start(() -> half(() -> new Pipe(weather, true).run(client, server)));
    Thread.ofVirtual().start(() -> half(() -> new Pipe(weather, false).run(server, client)));
  }

  private interface Half {
    void run() throws IOException, InterruptedException;
  }

  private void half(Half half) {
    try {
      half.run();
      if (halves.decrementAndGet() == 0) {
        close();
      }
    } catch (IOException e) {
      // One side has gone, so the other goes.
      close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
    }
  }

  @Override
  public void close() {
    shut(client);
    shut(server);
    whenOver.accept(this);
  }

  static void shut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone.
    }
  }
}
