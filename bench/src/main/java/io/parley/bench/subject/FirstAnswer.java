package io.parley.bench.subject;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/// Asks a starting server for `GET /v1/ping` until it answers. A bare socket: an HTTP client's own
/// warm-up would be in the figure.
public final class FirstAnswer {
  private static final long EVERY_NANOS = 2_000_000;
  private static final int READ_MS = 5_000;
  private static final byte[] EXPECTED = "HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII);

  private FirstAnswer() {}

  /// Returns the time from exec to the first 200.
  public static Duration await(ServerProcess server) {
    InetSocketAddress address =
        new InetSocketAddress(server.url().getHost(), server.url().getPort());
    byte[] request =
        ("GET /v1/ping HTTP/1.1\r\nHost: "
                + server.url().getAuthority()
                + "\r\nConnection: close\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    while (!answers(address, request)) {
      if (!server.alive()) {
        var unused = server.awaitReady(); // fails, with the server's last words
      }
      LockSupport.parkNanos(EVERY_NANOS);
    }
    return Duration.ofNanos(System.nanoTime() - server.execNanos());
  }

  private static boolean answers(InetSocketAddress address, byte[] request) {
    try (Socket socket = new Socket()) {
      socket.connect(address, READ_MS);
      socket.setSoTimeout(READ_MS);
      OutputStream out = socket.getOutputStream();
      out.write(request);
      InputStream in = socket.getInputStream();
      return Arrays.equals(in.readNBytes(EXPECTED.length), EXPECTED);
    } catch (IOException e) {
      return false;
    }
  }
}
