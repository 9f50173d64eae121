package io.parley.bench.wire;

/// The three facts of a `realtime.MessagePush` that a receiver checks: conversation, seq, and where
/// the text is. Reused from push to push by one thread.
public final class PushScan {
  private final ProtoCursor cursor = new ProtoCursor();
  private final ProtoCursor inner = new ProtoCursor();
  private long conversationId;
  private int seq;
  private int textFrom;
  private int textTo;

  /// Reads the serialized `MessagePush` in `source[from, to)`.
  public void scan(byte[] source, int from, int to) {
    conversationId = 0;
    seq = 0;
    textFrom = textTo = 0;
    cursor.reset(source, from, to);
    while (cursor.more()) {
      int tag = (int) cursor.varint();
      if (tag == 0x0a) {
        int length = cursor.enter();
        message(source, cursor.position() - length, cursor.position());
        return;
      }
      cursor.skip(tag);
    }
  }

  private void message(byte[] source, int from, int to) {
    cursor.reset(source, from, to);
    while (cursor.more()) {
      int tag = (int) cursor.varint();
      switch (tag) {
        case 0x10 -> conversationId = cursor.varint();
        case 0x18 -> seq = Math.toIntExact(cursor.varint());
        case 0x4a -> {
          int length = cursor.enter();
          text(source, cursor.position() - length, cursor.position());
        }
        default -> cursor.skip(tag);
      }
    }
  }

  private void text(byte[] source, int from, int to) {
    inner.reset(source, from, to);
    while (inner.more()) {
      int tag = (int) inner.varint();
      if (tag == 0x12) {
        int length = inner.enter();
        textTo = inner.position();
        textFrom = textTo - length;
        return;
      }
      inner.skip(tag);
    }
  }

  public long conversationId() {
    return conversationId;
  }

  public int seq() {
    return seq;
  }

  public int textFrom() {
    return textFrom;
  }

  /// The end of the text; not after [#textFrom()] when the message holds no text.
  public int textTo() {
    return textTo;
  }
}
