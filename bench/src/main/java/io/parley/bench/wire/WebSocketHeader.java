package io.parley.bench.wire;

/// The header of one frame from a WebSocket server (RFC 6455 section 5.2: unmasked). Reused by one
/// thread.
public final class WebSocketHeader {
  public static final int TEXT = 1;
  public static final int BINARY = 2;
  public static final int CLOSE = 8;
  public static final int PING = 9;
  public static final int PONG = 10;

  /// A server frame may not be longer than this many bytes; the protocol allows 64 KiB of data plus
  /// its envelope.
  public static final int PAYLOAD_BYTES_MAX = 1 << 20;

  private int opcode;
  private int payloadFrom;
  private int payloadTo;

  /// Reads the frame that starts at `source[from]`. False while `source[from, to)` does not hold
  /// all of it.
  public boolean read(byte[] source, int from, int to) {
    if (to - from < 2) {
      return false;
    }
    int first = source[from];
    if ((first & 0xf0) != 0x80) {
      throw new MalformedFrame("fragmented or extended frame " + Integer.toHexString(first & 0xff));
    }
    opcode = first & 0x0f;
    int length = source[from + 1];
    if (length < 0) {
      throw new MalformedFrame("masked frame from a server");
    }
    int at = from + 2;
    if (length >= 126) {
      int digits = length == 126 ? 2 : 8;
      if (to - at < digits) {
        return false;
      }
      length = extended(source, at, digits);
      at += digits;
    }
    payloadFrom = at;
    payloadTo = at + length;
    return payloadTo <= to;
  }

  private static int extended(byte[] source, int at, int digits) {
    long length = 0;
    for (int i = at; i < at + digits; i++) {
      length = length << 8 | (source[i] & 0xff);
    }
    if (length < 0 || length > PAYLOAD_BYTES_MAX) {
      throw new MalformedFrame("frame of " + length + " bytes");
    }
    return (int) length;
  }

  public int opcode() {
    return opcode;
  }

  public int payloadFrom() {
    return payloadFrom;
  }

  public int payloadTo() {
    return payloadTo;
  }
}
