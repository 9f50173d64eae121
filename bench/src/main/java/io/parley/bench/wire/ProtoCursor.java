package io.parley.bench.wire;

/// Walks the fields of one protobuf message inside a byte array. One cursor is reused for many
/// messages; it belongs to one thread. Truncated input is a [MalformedFrame].
public final class ProtoCursor {
  private static final int VARINT_BYTES_MAX = 10;

  private byte[] bytes = new byte[0];
  private int at;
  private int end;

  /// Starts over on `bytes[from, to)`.
  public void reset(byte[] source, int from, int to) {
    bytes = source;
    at = from;
    end = to;
  }

  /// Whether another field follows.
  public boolean more() {
    return at < end;
  }

  /// The index of the next unread byte.
  public int position() {
    return at;
  }

  /// Reads an unsigned varint; a tag is `(int) varint()`.
  public long varint() {
    if (at < end && bytes[at] >= 0) {
      return bytes[at++];
    }
    long value = 0;
    for (int i = 0; i < VARINT_BYTES_MAX; i++) {
      if (at >= end) {
        throw new MalformedFrame("varint cut short");
      }
      byte b = bytes[at++];
      value |= (long) (b & 0x7f) << (7 * i);
      if (b >= 0) {
        return value;
      }
    }
    throw new MalformedFrame("varint longer than 10 bytes");
  }

  /// Reads a length-delimited field's length and steps over the field, which is then `[position() -
  /// length, position())`. Returns the length in bytes.
  public int enter() {
    long length = varint();
    if (length < 0 || length > end - at) {
      throw new MalformedFrame("field of " + length + " bytes, " + (end - at) + " left");
    }
    at += (int) length;
    return (int) length;
  }

  /// Steps over the value of a field that the caller has no use for.
  public void skip(int tag) {
    switch (tag & 7) {
      case 0 -> skipVarint();
      case 1 -> advance(8);
      case 2 -> enter();
      case 5 -> advance(4);
      default -> throw new MalformedFrame("wire type " + (tag & 7));
    }
  }

  private void skipVarint() {
    int limit = Math.min(end, at + VARINT_BYTES_MAX);
    while (at < limit) {
      if (bytes[at++] >= 0) {
        return;
      }
    }
    throw new MalformedFrame("varint cut short or longer than 10 bytes");
  }

  private void advance(int count) {
    if (end - at < count) {
      throw new MalformedFrame("fixed field cut short");
    }
    at += count;
  }
}
