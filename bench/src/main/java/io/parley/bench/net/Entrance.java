package io.parley.bench.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/// A loopback port that takes connections, each served on a thread of its own.
final class Entrance implements AutoCloseable {
  private static final int BACKLOG = 256;

  private final ServerSocket listening;

  /// Listens on `port`, 0 is any; `serve` is given every connection.
  Entrance(int port, Consumer<Socket> serve) {
    try {
      listening = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException("port " + port, e);
    }
    Thread.ofVirtual().start(() -> accept(serve));
  }

  int port() {
    return listening.getLocalPort();
  }

  boolean isClosed() {
    return listening.isClosed();
  }

  private void accept(Consumer<Socket> serve) {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        Thread.ofVirtual().start(() -> serve.accept(client));
      } catch (IOException e) {
        // The listener was closed.
      }
    }
  }

  /// Takes no more connections; those that were taken are not touched.
  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
