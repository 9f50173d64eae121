package io.parley.bench.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One `realtime.Frame` as index ranges into the array it was read from: nothing is copied. Reused
/// from frame to frame by one thread.
public final class FrameScan {
  /// What a frame is for. A push is a frame without a request id.
  public enum Kind {
    ANSWER,
    PUSH_MESSAGE,
    PUSH_CLOSING,
    PUSH_SYNC,
    PUSH_OTHER
  }

  private static final byte[] MESSAGE = "push.message".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SYNC = "push.sync".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CLOSING = "push.closing".getBytes(StandardCharsets.US_ASCII);

  private final ProtoCursor cursor = new ProtoCursor();
  private byte[] bytes = new byte[0];
  private Kind kind = Kind.PUSH_OTHER;
  private int requestId;
  private int dataFrom;
  private int dataTo;
  private int errorFrom;
  private int errorTo;

  /// Reads the frame in `source[from, to)`. The ranges stay valid while `source` is untouched.
  public void scan(byte[] source, int from, int to) {
    bytes = source;
    requestId = 0;
    dataFrom = dataTo = errorFrom = errorTo = 0;
    kind = Kind.PUSH_OTHER;
    cursor.reset(source, from, to);
    while (cursor.more()) {
      int tag = (int) cursor.varint();
      switch (tag) {
        case 0x0a -> {
          int length = cursor.enter();
          kind = pushKind(cursor.position() - length, cursor.position());
        }
        case 0x10 -> requestId = (int) cursor.varint();
        case 0x1a -> {
          int length = cursor.enter();
          dataTo = cursor.position();
          dataFrom = dataTo - length;
        }
        case 0x22 -> {
          int length = cursor.enter();
          errorTo = cursor.position();
          errorFrom = errorTo - length;
        }
        default -> cursor.skip(tag);
      }
    }
    if (requestId != 0) {
      kind = Kind.ANSWER;
    }
  }

  private Kind pushKind(int from, int to) {
    if (Arrays.equals(bytes, from, to, MESSAGE, 0, MESSAGE.length)) {
      return Kind.PUSH_MESSAGE;
    }
    if (Arrays.equals(bytes, from, to, SYNC, 0, SYNC.length)) {
      return Kind.PUSH_SYNC;
    }
    return Arrays.equals(bytes, from, to, CLOSING, 0, CLOSING.length)
        ? Kind.PUSH_CLOSING
        : Kind.PUSH_OTHER;
  }

  public Kind kind() {
    return kind;
  }

  public int requestId() {
    return requestId;
  }

  /// The array the ranges point into.
  public byte[] bytes() {
    return bytes;
  }

  public int dataFrom() {
    return dataFrom;
  }

  public int dataTo() {
    return dataTo;
  }

  /// Whether the answer is an error. An error message is never empty: it carries a code.
  public boolean failed() {
    return errorTo > errorFrom;
  }

  /// A copy of the serialized answer or push.
  public byte[] data() {
    return Arrays.copyOfRange(bytes, dataFrom, dataTo);
  }

  /// A copy of the serialized `realtime.Error`.
  public byte[] error() {
    return Arrays.copyOfRange(bytes, errorFrom, errorTo);
  }
}
