package io.parley.bench.wire;

import com.google.protobuf.Message;
import io.parley.api.realtime.Error;
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

  private static final byte[] CMD = "{\"cmd\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] REQUEST_ID = ",\"request_id\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DATA = ",\"data\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ERROR = ",\"error\":".getBytes(StandardCharsets.US_ASCII);

  private final ProtoCursor cursor = new ProtoCursor();
  private final TextCursor text = new TextCursor();
  private Form form = Form.BINARY;
  private byte[] bytes = new byte[0];
  private Kind kind = Kind.PUSH_OTHER;
  private int requestId;
  private int dataFrom;
  private int dataTo;
  private int errorFrom;
  private int errorTo;

  /// Reads the frame in `source[from, to)`. The ranges stay valid while `source` is untouched.
  public void scan(Form as, byte[] source, int from, int to) {
    form = as;
    bytes = source;
    requestId = 0;
    dataFrom = dataTo = errorFrom = errorTo = 0;
    kind = Kind.PUSH_OTHER;
    switch (as) {
      case BINARY -> binary(from, to);
      case JSON -> json(from, to);
    }
    if (requestId != 0) {
      kind = Kind.ANSWER;
    }
  }

  private void json(int from, int to) {
    text.reset(bytes, from, to);
    text.expect(CMD);
    int length = text.string();
    kind = pushKind(text.position() - 1 - length, text.position() - 1);
    text.expect(REQUEST_ID);
    requestId = (int) text.number();
    if (bytes[to - 1] != '}') {
      throw new MalformedFrame("frame cut short");
    }
    if (text.skip(DATA)) {
      dataFrom = text.position();
      dataTo = to - 1;
    } else {
      text.expect(ERROR);
      errorFrom = text.position();
      errorTo = to - 1;
    }
  }

  private void binary(int from, int to) {
    cursor.reset(bytes, from, to);
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

  public Form form() {
    return form;
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

  /// The serialized answer or push, which is of the type of `prototype`.
  public byte[] data(Message prototype) {
    return form.serialized(Arrays.copyOfRange(bytes, dataFrom, dataTo), prototype);
  }

  /// The serialized `realtime.Error`.
  public byte[] error() {
    byte[] error = Arrays.copyOfRange(bytes, errorFrom, errorTo);
    return form.serialized(error, Error.getDefaultInstance());
  }
}
