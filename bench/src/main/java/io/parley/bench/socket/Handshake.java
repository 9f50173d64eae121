package io.parley.bench.socket;

import io.parley.bench.wire.MalformedFrame;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/// The opening handshake of RFC 6455, without an Origin.
final class Handshake {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final byte[] BLANK_LINE = {'\r', '\n', '\r', '\n'};

  private final String key;

  Handshake() {
    byte[] nonce = new byte[16];
    ThreadLocalRandom.current().nextBytes(nonce);
    key = Base64.getEncoder().encodeToString(nonce);
  }

  byte[] request(URI server) {
    String text =
        """
        GET /ws HTTP/1.1
        Host: %s:%d
        Connection: Upgrade
        Upgrade: websocket
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: %s

        """
            .formatted(server.getHost(), server.getPort(), key);
    return text.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  /// The index after the server's answer in `source[from, to)`, or -1 while it is not all there.
  /// Anything but a valid 101 is refused.
  int end(byte[] source, int from, int to) {
    for (int i = from; i + 4 <= to; i++) {
      if (source[i] == '\r' && Arrays.equals(source, i, i + 4, BLANK_LINE, 0, 4)) {
        check(new String(source, from, i - from, StandardCharsets.ISO_8859_1));
        return i + 4;
      }
    }
    return -1;
  }

  private void check(String head) {
    if (!head.startsWith("HTTP/1.1 101")) {
      throw new MalformedFrame("upgrade refused: " + head.lines().findFirst().orElse(""));
    }
    boolean accepted =
        head.lines()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-accept:"))
            .anyMatch(line -> line.substring(line.indexOf(':') + 1).strip().equals(accept()));
    if (!accepted) {
      throw new MalformedFrame("Sec-WebSocket-Accept does not match");
    }
  }

  private String accept() {
    try {
      byte[] text = (key + GUID).getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
