package io.parley.bench.wire;

/// The conversation and seq in the answer to any send. Reused from answer to answer by one thread.
public final class AckScan {
  private static final int CONVERSATION_ID = 100 << 3;
  private static final int SEQ = 101 << 3;

  private final ProtoCursor cursor = new ProtoCursor();
  private long conversationId;
  private int seq;

  /// Reads the serialized `Send…Response` in `source[from, to)`.
  public void scan(byte[] source, int from, int to) {
    conversationId = 0;
    seq = 0;
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
