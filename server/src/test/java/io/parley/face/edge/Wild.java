package io.parley.face.edge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Connections that say whatever a test wants, byte for byte, and how HTTP/2 frames are made.
final class Wild {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;

  private Wild() {}

  static Socket plain(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    return socket;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /// Sends; a server that has closed already is no failure of the test.
  static void send(Socket socket, byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    } catch (IOException e) {
      // Refused before everything was said.
    }
  }

  /// What comes until the server closes, or says nothing for `quietMs`.
  static String read(Socket socket, int quietMs) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      socket.setSoTimeout(quietMs);
      byte[] buffer = new byte[8192];
      for (int n = socket.getInputStream().read(buffer);
          n >= 0;
          n = socket.getInputStream().read(buffer)) {
        out.write(buffer, 0, n);
      }
    } catch (SocketTimeoutException e) {
      out.writeBytes(bytes("\n(open)"));
    } catch (IOException e) {
      out.writeBytes(bytes("\n(reset)"));
    }
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  /// The head of an answer, or what came until the connection ended.
  static String head(Socket socket) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int b = socket.getInputStream().read(); b >= 0; b = socket.getInputStream().read()) {
      out.write(b);
      if (b == '\n' && out.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        break;
      }
    }
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  // --- HTTP/2

  static byte[] preface() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(bytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
    out.writeBytes(frame(4, 0, 0, new byte[0]));
    return out.toByteArray();
  }

  static byte[] frame(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .put((byte) (payload.length >> 16))
        .putShort((short) payload.length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  /// Headers as literals, no table, no Huffman code.
  static byte[] headers(List<Map.Entry<String, String>> headers) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    headers.forEach(
        header -> {
          out.write(0);
          literal(out, header.getKey());
          literal(out, header.getValue());
        });
    return out.toByteArray();
  }

  static List<Map.Entry<String, String>> request(String method, String path) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    headers.add(Map.entry(":method", method));
    headers.add(Map.entry(":scheme", "http"));
    headers.add(Map.entry(":path", path));
    headers.add(Map.entry(":authority", "127.0.0.1"));
    return headers;
  }

  private static void literal(ByteArrayOutputStream out, String text) {
    byte[] bytes = bytes(text);
    if (bytes.length < 127) {
      out.write(bytes.length);
    } else {
      out.write(127);
      int rest = bytes.length - 127;
      while (rest >= 128) {
        out.write(rest % 128 + 128);
        rest /= 128;
      }
      out.write(rest);
    }
    out.writeBytes(bytes);
  }
}
