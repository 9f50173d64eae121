package io.parley.bench.attack;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/// A connection that says whatever an attack wants, byte for byte.
final class Wire implements Closeable {
  private static final int CONNECT_MS = 5_000;

  private final Socket socket = new Socket();

  Wire(Victim victim) throws IOException {
    if (victim.from() != null) {
      socket.bind(new InetSocketAddress(victim.from(), 0));
    }
    socket.connect(
        new InetSocketAddress(victim.server().getHost(), victim.server().getPort()), CONNECT_MS);
    socket.setTcpNoDelay(true);
  }

  void say(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  void say(String text) throws IOException {
    say(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// The status of the answer; `cut` where the connection ended without one, `held` where nothing
  /// came in the time.
  String status(int waitMs) throws IOException {
    socket.setSoTimeout(Math.max(1, waitMs));
    byte[] line = new byte["HTTP/1.1 200".length()];
    int filled = 0;
    try {
      while (filled < line.length) {
        int n = socket.getInputStream().read(line, filled, line.length - filled);
        if (n < 0) {
          return "cut";
        }
        filled += n;
      }
    } catch (SocketTimeoutException e) {
      return "held";
    }
    return new String(line, StandardCharsets.ISO_8859_1).substring("HTTP/1.1 ".length());
  }

  /// Says a byte now and then until the server has had enough or the time is over.
  String trickle(long untilNanos, int pauseMs) throws IOException {
    while (System.nanoTime() - untilNanos < 0) {
      String answer = status(pauseMs);
      if (!answer.equals("held")) {
        return answer;
      }
      say("a");
    }
    return "held";
  }

  /// Reads and forgets until the end.
  void drain() {
    byte[] buffer = new byte[65_536];
    try {
      while (socket.getInputStream().read(buffer) >= 0) {
        // What it says does not matter.
      }
    } catch (IOException e) {
      // It ended.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
