package io.parley.bench.wire;

/// The conversation and seq in the answer to any send. Reused from answer to answer by one thread.
public final class AckScan {
  private static final int CONVERSATION_ID = 100 << 3;
  private static final int SEQ = 101 << 3;

  private static final byte[] CONVERSATION_MEMBER = TextCursor.member("conversation_id");
  private static final byte[] SEQ_MEMBER = TextCursor.member("seq");

  private final ProtoCursor cursor = new ProtoCursor();
  private final TextCursor text = new TextCursor();
  private long conversationId;
  private int seq;

  /// Reads the `Send…Response` that a frame holds.
  public void scan(FrameScan frame) {
    conversationId = 0;
    seq = 0;
    switch (frame.form()) {
      case BINARY -> binary(frame.bytes(), frame.dataFrom(), frame.dataTo());
      case JSON -> json(frame.bytes(), frame.dataFrom(), frame.dataTo());
    }
  }

  private void json(byte[] source, int from, int to) {
    text.reset(source, from, to);
    if (text.find(CONVERSATION_MEMBER)) {
      conversationId = text.number();
    }
    if (text.find(SEQ_MEMBER)) {
      seq = Math.toIntExact(text.number());
    }
  }

  private void binary(byte[] source, int from, int to) {
    cursor.reset(source, from, to);
    while (cursor.more()) {
      int tag = (int) cursor.varint();
      switch (tag) {
        case CONVERSATION_ID -> conversationId = cursor.varint();
        case SEQ -> seq = Math.toIntExact(cursor.varint());
        default -> cursor.skip(tag);
      }
    }
  }

  public long conversationId() {
    return conversationId;
  }

  public int seq() {
    return seq;
  }
}
