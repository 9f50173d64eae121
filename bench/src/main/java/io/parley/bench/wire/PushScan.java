package io.parley.bench.wire;

/// The three facts of a `realtime.MessagePush` that a receiver checks: conversation, seq, and where
/// the text is. Reused from push to push by one thread.
public final class PushScan {
  private static final byte[] CONVERSATION_ID = TextCursor.member("conversation_id");
  private static final byte[] SEQ = TextCursor.member("seq");
  private static final byte[] CONTENT = TextCursor.member("content");

  private final ProtoCursor cursor = new ProtoCursor();
  private final TextCursor json = new TextCursor();
  private final ProtoCursor inner = new ProtoCursor();
  private long conversationId;
  private int seq;
  private int textFrom;
  private int textTo;

  /// Reads the `MessagePush` that a frame holds.
  public void scan(FrameScan frame) {
    conversationId = 0;
    seq = 0;
    textFrom = textTo = 0;
    switch (frame.form()) {
      case BINARY -> binary(frame.bytes(), frame.dataFrom(), frame.dataTo());
      case JSON -> json(frame.bytes(), frame.dataFrom(), frame.dataTo());
    }
  }

  private void json(byte[] source, int from, int to) {
    json.reset(source, from, to);
    if (json.find(CONVERSATION_ID)) {
      conversationId = json.number();
    }
    if (json.find(SEQ)) {
      seq = Math.toIntExact(json.number());
    }
    if (json.find(CONTENT)) {
      int length = json.string();
      textTo = json.position() - 1;
      textFrom = textTo - length;
    }
  }

  private void binary(byte[] source, int from, int to) {
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
