package io.parley.bench.attack;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Frames of RFC 9113, headers as literals of RFC 7541: no table, no Huffman code.
final class Http2 {
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int SETTINGS = 4;
  private static final int END_HEADERS = 4;

  private Http2() {}

  static byte[] preface() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(frame(SETTINGS, 0, 0, new byte[0]));
    return out.toByteArray();
  }

  /// The headers of a POST of JSON, to be sent with [#headers(int, byte\[\])].
  static byte[] post(String path) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    field(out, ":method", "POST");
    field(out, ":scheme", "http");
    field(out, ":path", path);
    field(out, ":authority", "127.0.0.1");
    field(out, "content-type", "application/json");
    return out.toByteArray();
  }

  static byte[] headers(int stream, byte[] head) {
    return frame(HEADERS, END_HEADERS, stream, head);
  }

  static byte[] data(int stream, byte[] piece) {
    return frame(DATA, 0, stream, piece);
  }

  private static byte[] frame(int type, int flags, int stream, byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(9 + payload.length);
    out.write(payload.length >> 16);
    out.write(payload.length >> 8);
    out.write(payload.length);
    out.write(type);
    out.write(flags);
    for (int shift = 24; shift >= 0; shift -= 8) {
      out.write(stream >> shift);
    }
    out.writeBytes(payload);
    return out.toByteArray();
  }

  private static void field(ByteArrayOutputStream out, String name, String value) {
    out.write(0);
    text(out, name);
    text(out, value);
  }

  /// Shorter than 127 bytes, so that its length is one byte.
  private static void text(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    out.write(bytes.length);
    out.writeBytes(bytes);
  }
}
