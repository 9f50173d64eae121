package io.parley.bench.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One of the servers that a balancer stands before.
///
/// @param port where clients are served
/// @param management where `/readyz` is answered; 0: it is not asked
public record Backend(int port, int management) {
  private static final int LOOK_MS = 1_000;
  private static final byte[] READY = "HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] QUESTION =
      "GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  /// Connects, or says that it refuses.
  Socket connect(int timeoutMs) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), timeoutMs);
      socket.setTcpNoDelay(true);
      return socket;
    } catch (IOException e) {
      Crossing.shut(socket);
      throw e;
    }
  }

  /// Whether it says that it is ready, within a second.
  public boolean ready() {
    if (management == 0) {
      return true;
    }
    try (Socket socket = new Socket()) {
      InetAddress here = InetAddress.getLoopbackAddress();
      socket.connect(new InetSocketAddress(here, management), LOOK_MS);
      socket.setSoTimeout(LOOK_MS);
      socket.getOutputStream().write(QUESTION);
      return Arrays.equals(socket.getInputStream().readNBytes(READY.length), READY);
    } catch (IOException e) {
      return false;
    }
  }
}
