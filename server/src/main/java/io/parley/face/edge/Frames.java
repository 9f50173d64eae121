package io.parley.face.edge;

import io.netty.buffer.ByteBuf;

/// Follows the frames of an HTTP/2 connection, only to know whether the peer is in the middle of
/// saying what it wants.
final class Frames {
  private static final int PREFACE_BYTES = 24;
  private static final int HEAD_BYTES = 9;
  private static final int TYPE_AT = 3;
  private static final int FLAGS_AT = 4;
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int CONTINUATION = 9;
  private static final int END_HEADERS = 4;

  private int skip = PREFACE_BYTES;
  private int headBytes;
  private int length;
  private int type = DATA;
  private int flags;
  private boolean inBlock;

  /// Whether a head that was begun, a frame's or a request's, has not ended.
  boolean pending() {
    return headBytes > 0 || inBlock || (skip > 0 && type != DATA);
  }

  void read(ByteBuf bytes) {
    int at = bytes.readerIndex();
    int end = bytes.writerIndex();
    while (at < end) {
      if (skip > 0) {
        int step = Math.min(skip, end - at);
        skip -= step;
        at += step;
        if (skip == 0) {
          headBytes = 0;
        }
        continue;
      }
      head(headBytes++, bytes.getUnsignedByte(at++));
      if (headBytes == HEAD_BYTES) {
        headBytes = 0;
        skip = length;
        length = 0;
        block();
      }
    }
  }

  private void head(int index, int value) {
    if (index < TYPE_AT) {
      length = length << 8 | value;
    } else if (index == TYPE_AT) {
      type = value;
    } else if (index == FLAGS_AT) {
      flags = value;
    }
  }

  private void block() {
    if (type == HEADERS || type == CONTINUATION) {
      inBlock = (flags & END_HEADERS) == 0;
    }
  }
}
