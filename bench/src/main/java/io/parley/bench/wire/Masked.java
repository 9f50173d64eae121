package io.parley.bench.wire;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Writes WebSocket frames as a client must: masked (RFC 6455 section 5.3).
public final class Masked {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Masked() {}

  /// Appends one whole frame to `out`. The first `length` bytes of `payload` are masked in place,
  /// so the caller passes a scratch array.
  public static void write(ByteBuf out, int opcode, byte[] payload, int length, int mask) {
    out.writeByte(0x80 | opcode);
    if (length < 126) {
      out.writeByte(0x80 | length);
    } else if (length < 1 << 16) {
      out.writeByte(0x80 | 126).writeShort(length);
    } else {
      out.writeByte(0x80 | 127).writeLong(length);
    }
    out.writeInt(mask);
    apply(payload, length, mask);
    out.writeBytes(payload, 0, length);
  }

  static void apply(byte[] payload, int length, int mask) {
    long wide = (long) mask << 32 | (mask & 0xffffffffL);
    int i = 0;
    for (; i + 8 <= length; i += 8) {
      LONGS.set(payload, i, (long) LONGS.get(payload, i) ^ wide);
    }
    for (; i < length; i++) {
      payload[i] ^= (byte) (mask >>> (24 - 8 * (i & 3)));
    }
  }
}
