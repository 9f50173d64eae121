package io.parley.face.socket;

import com.google.common.base.Utf8;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The framing of RFC 6455, section 5.2, as a server writes it: whole messages, never masked.
final class FrameBytes {
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  static final int NORMAL = 1000;
  static final int GOING_AWAY = 1001;
  static final int PROTOCOL_ERROR = 1002;
  static final int NOT_UTF8 = 1007;
  static final int REFUSED = 1008;
  static final int TOO_BIG = 1009;
  static final int BROKEN = 1011;

  private static final int FIN = 0x80;
  private static final int LENGTH_7_MAX = 125;
  private static final int LENGTH_16_MAX = 0xFFFF;
  private static final int REASON_BYTES_MAX = 123;

  private FrameBytes() {}

  /// A buffer that holds the header and has room for exactly `length` bytes of payload.
  static ByteBuf begin(int opcode, int length) {
    ByteBuf frame = ByteBufAllocator.DEFAULT.directBuffer(headerBytes(length) + length);
    frame.writeByte(FIN | opcode);
    if (length <= LENGTH_7_MAX) {
      frame.writeByte(length);
    } else if (length <= LENGTH_16_MAX) {
      frame.writeByte(LENGTH_7_MAX + 1).writeShort(length);
    } else {
      frame.writeByte(LENGTH_7_MAX + 2).writeLong(length);
    }
    return frame;
  }

  private static int headerBytes(int length) {
    return length <= LENGTH_7_MAX ? 2 : length <= LENGTH_16_MAX ? 4 : 10;
  }

  static ByteBuf of(int opcode, byte[] payload) {
    return begin(opcode, payload.length).writeBytes(payload);
  }

  static ByteBuf close(int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    byte[] fitting = text.length <= REASON_BYTES_MAX ? text : Arrays.copyOf(text, REASON_BYTES_MAX);
    return begin(CLOSE, 2 + fitting.length).writeShort(code).writeBytes(fitting);
  }

  /// The code with which a peer's close frame is answered: its own, if it is one that may be sent
  /// (section 7.4) and the reason behind it is text (section 5.5.1).
  static int answerTo(byte[] payload) {
    if (payload.length == 0) {
      return NORMAL;
    }
    int code = payload.length == 1 ? 0 : ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
    boolean sendable =
        (code >= NORMAL && code <= 1003)
            || (code >= 1007 && code <= 1014)
            || (code >= 3000 && code <= 4999);
    if (!sendable) {
      return PROTOCOL_ERROR;
    }
    return Utf8.isWellFormed(payload, 2, payload.length - 2) ? code : NOT_UTF8;
  }
}
