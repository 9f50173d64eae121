package io.parley.face.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads the frames of one client (RFC 6455, section 5.2) and puts fragments together. Holds
/// nothing between messages.
///
/// A length over the limit is refused when its header is read, before any of it is kept. The first
/// violation is reported once; what follows is thrown away.
final class FrameReader {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final byte[] NOTHING = {};
  private static final int CONTROL_BIT = 8;
  private static final int CONTROL_BYTES_MAX = 125;
  private static final int MASK_BYTES = 4;

  /// Who hears what was read. Each call may pause the reader.
  interface Sink {
    /// One whole message.
    void onMessage(boolean text, byte[] payload);

    /// A ping, pong or close frame, payload at most 125 bytes.
    void onControl(int opcode, byte[] payload);

    void onViolation(int code, String reason);

    /// Asked before each frame: whether to leave what is next for later.
    boolean isPaused();
  }

  private @Nullable ByteBuf rest;
  private byte @Nullable [] fragments;
  private int fragmentBytes;
  private boolean fragmentsAreText;
  private boolean broken;

  /// Takes over `read` and hands what is whole to `sink`. `bytesMax`: bytes of one message.
  void feed(ByteBuf read, int bytesMax, Sink sink) {
    ByteBuf in = read;
    ByteBuf held = rest;
    if (held != null) {
      held.discardReadBytes().writeBytes(read);
      read.release();
      in = held;
      rest = null;
    }
    try {
      while (!broken && !sink.isPaused() && next(in, bytesMax, sink)) {
        // each turn takes one frame
      }
      keep(in, held != null);
    } catch (RuntimeException | Error e) {
      broken = true;
      throw e;
    } finally {
      in.release();
    }
  }

  /// Goes on with what was left when the sink paused.
  void goOn(int bytesMax, Sink sink) {
    ByteBuf held = rest;
    if (held != null) {
      rest = null;
      feed(held, bytesMax, sink);
    }
  }

  /// Gives up what is kept.
  void release() {
    broken = true;
    fragments = null;
    if (rest != null) {
      rest.release();
      rest = null;
    }
  }

  private void keep(ByteBuf in, boolean own) {
    if (broken || !in.isReadable()) {
      return;
    }
    // A copy, so that a few bytes do not pin the large buffer that they were read into.
    rest =
        own
            ? in.retain()
            : ByteBufAllocator.DEFAULT.buffer(Math.max(64, in.readableBytes())).writeBytes(in);
  }

  private boolean next(ByteBuf in, int bytesMax, Sink sink) {
    int at = in.readerIndex();
    int available = in.readableBytes();
    if (available < 2) {
      return false;
    }
    int first = in.getUnsignedByte(at);
    int second = in.getUnsignedByte(at + 1);
    String wrong = violation(first, second);
    if (wrong != null) {
      return refuse(sink, FrameBytes.PROTOCOL_ERROR, wrong);
    }
    int header = headerBytes(second & 0x7F);
    if (available < header) {
      return false;
    }
    long length = length(in, at, second & 0x7F);
    int before = (first & CONTROL_BIT) != 0 || fragments == null ? 0 : fragmentBytes;
    if (length < 0 || before + length > bytesMax) {
      return refuse(sink, FrameBytes.TOO_BIG, "limits.frame_bytes_max: a message is too long");
    }
    if (available < header + length) {
      return false;
    }
    byte[] payload = length == 0 ? NOTHING : new byte[(int) length];
    int mask = in.getInt(at + header - MASK_BYTES);
    in.skipBytes(header).readBytes(payload);
    unmask(payload, mask);
    take(first, payload, sink);
    return true;
  }

  private boolean refuse(Sink sink, int code, String why) {
    broken = true;
    fragments = null;
    sink.onViolation(code, why);
    return false;
  }

  private @Nullable String violation(int first, int second) {
    int opcode = first & 0x0F;
    boolean fin = (first & 0x80) != 0;
    if ((first & 0x70) != 0) {
      return "a reserved bit is set";
    }
    if ((second & 0x80) == 0) {
      return "a client's frame must be masked";
    }
    if ((opcode & CONTROL_BIT) != 0) {
      if (opcode > FrameBytes.PONG) {
        return "no such opcode";
      }
      return fin && (second & 0x7F) <= CONTROL_BYTES_MAX
          ? null
          : "a control frame must be short and whole";
    }
    if (opcode > FrameBytes.BINARY) {
      return "no such opcode";
    }
    if ((opcode == 0) != (fragments != null)) {
      return opcode == 0 ? "nothing to continue" : "the message before is not finished";
    }
    return null;
  }

  private static int headerBytes(int length7) {
    int extended = length7 <= CONTROL_BYTES_MAX ? 0 : length7 == CONTROL_BYTES_MAX + 1 ? 2 : 8;
    return 2 + extended + MASK_BYTES;
  }

  private static long length(ByteBuf in, int at, int length7) {
    return switch (length7) {
      case 126 -> in.getUnsignedShort(at + 2);
      case 127 -> in.getLong(at + 2);
      default -> length7;
    };
  }

  private void take(int first, byte[] payload, Sink sink) {
    int opcode = first & 0x0F;
    boolean fin = (first & 0x80) != 0;
    if ((opcode & CONTROL_BIT) != 0) {
      sink.onControl(opcode, payload);
      return;
    }
    if (opcode != 0) {
      fragmentsAreText = opcode == FrameBytes.TEXT;
    }
    byte[] begun = fragments;
    if (begun == null && fin) {
      sink.onMessage(fragmentsAreText, payload);
      return;
    }
    append(begun == null ? NOTHING : begun, payload);
    if (fin && fragments != null) {
      byte[] whole = Arrays.copyOf(fragments, fragmentBytes);
      fragments = null;
      fragmentBytes = 0;
      sink.onMessage(fragmentsAreText, whole);
    }
  }

  /// Room grows by doubling: a message in many small fragments is not copied for each of them.
  private void append(byte[] begun, byte[] payload) {
    int bytes = fragmentBytes + payload.length;
    byte[] room =
        bytes <= begun.length ? begun : Arrays.copyOf(begun, Math.max(bytes, 2 * begun.length));
    System.arraycopy(payload, 0, room, fragmentBytes, payload.length);
    fragments = room;
    fragmentBytes = bytes;
  }

  private static void unmask(byte[] payload, int mask) {
    long wide = ((long) mask << 32) | (mask & 0xFFFFFFFFL);
    int i = 0;
    for (; i + 8 <= payload.length; i += 8) {
      LONGS.set(payload, i, (long) LONGS.get(payload, i) ^ wide);
    }
    for (; i < payload.length; i++) {
      payload[i] ^= (byte) (mask >>> (24 - 8 * (i & 3)));
    }
  }
}
