package io.parley.face.rpc;

import io.parley.face.rpc.JsonType.Field;
import io.parley.face.rpc.JsonType.Kind;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;

/// Writes serialized messages as JSON, to the letter as [RpcJson#PRINTER] would, without making
/// them again: of a push only the bytes are there. Takes what this program serializes, which has
/// its fields in the order of their numbers; fields that it does not know are left out.
final class JsonWriter {
  /// 10000-01-01T00:00:00Z, which has no form.
  private static final long SECONDS_END = 253_402_300_800L;

  private static final int SECONDS_A_DAY = 86_400;
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int DELIMITED = 2;
  private static final int FIXED32 = 5;

  private final byte[] in;
  private final Utf8Sink out;
  private int at;

  private JsonWriter(byte[] in, Utf8Sink out) {
    this.in = in;
    this.out = out;
  }

  /// Appends the message of this type that `serialized` is. What was appended is of no use after
  /// an Unusual.
  static void write(byte[] serialized, JsonType type, Utf8Sink out) throws Unusual {
    if (!type.isUsual()) {
      throw new Unusual();
    }
    try {
      new JsonWriter(serialized, out).message(type, serialized.length);
    } catch (IndexOutOfBoundsException e) {
      throw new Unusual();
    }
  }

  private void message(JsonType type, int to) throws Unusual {
    Field[] fields = type.fields();
    int next = 0;
    int last = 0;
    boolean first = true;
    out.put('{');
    while (at < to) {
      int tag = (int) varint();
      int number = tag >>> 3;
      if (number <= last) {
        throw new Unusual();
      }
      last = number;
      for (; next < fields.length && fields[next].number() < number; next++) {
        first = absent(fields[next], first);
      }
      if (next == fields.length || fields[next].number() != number) {
        skipAll(tag, to);
        continue;
      }
      Field field = fields[next++];
      first = label(field, first);
      if (field.repeated()) {
        list(field, tag, to);
      } else {
        value(field, tag);
      }
    }
    for (; next < fields.length; next++) {
      first = absent(fields[next], first);
    }
    out.put('}');
  }

  private boolean absent(Field field, boolean first) {
    byte[] value = field.absent();
    if (value == null) {
      return first;
    }
    label(field, first);
    out.put(value);
    return false;
  }

  private boolean label(Field field, boolean first) {
    if (!first) {
      out.put(',');
    }
    out.put(field.label());
    return false;
  }

  private void list(Field field, int tag, int to) throws Unusual {
    out.put('[');
    boolean packed = (tag & 7) == DELIMITED && wire(field.kind()) != DELIMITED;
    if (packed) {
      int end = end();
      for (boolean first = true; at < end; first = false) {
        if (!first) {
          out.put(',');
        }
        value(field, (tag & ~7) | wire(field.kind()));
      }
    } else {
      value(field, tag);
      while (follows(tag, to)) {
        out.put(',');
        value(field, tag);
      }
    }
    out.put(']');
  }

  /// Steps over the next tag if it is `tag`.
  private boolean follows(int tag, int to) throws Unusual {
    int before = at;
    if (at < to && (int) varint() == tag) {
      return true;
    }
    at = before;
    return false;
  }

  private static int wire(Kind kind) {
    return switch (kind) {
      case INT32, UINT32, INT64, UINT64, BOOL, ENUM -> VARINT;
      case DOUBLE -> FIXED64;
      case STRING, BYTES, TIMESTAMP, MESSAGE, OTHER -> DELIMITED;
    };
  }

  private void value(Field field, int tag) throws Unusual {
    if ((tag & 7) != wire(field.kind())) {
      throw new Unusual();
    }
    switch (field.kind()) {
      case INT32 -> signed(varint());
      case UINT32 -> out.unsigned(varint() & 0xFFFF_FFFFL);
      case INT64 -> {
        out.put('"');
        signed(varint());
        out.put('"');
      }
      case UINT64 -> {
        out.put('"');
        out.unsigned(varint());
        out.put('"');
      }
      case BOOL -> out.ascii(varint() != 0 ? "true" : "false");
      case DOUBLE -> number(Double.longBitsToDouble(fixed64()));
      case STRING -> {
        int end = end();
        out.string(in, at, end);
        at = end;
      }
      case BYTES -> {
        int end = end();
        out.put('"');
        out.put(Base64.getEncoder().encode(Arrays.copyOfRange(in, at, end)));
        out.put('"');
        at = end;
      }
      case ENUM -> {
        int number = (int) varint();
        byte[] name = field.names().get(number);
        if (name != null) {
          out.put(name);
        } else {
          signed(number);
        }
      }
      case TIMESTAMP -> timestamp(end());
      case MESSAGE -> {
        JsonType type = field.type();
        if (type == null) {
          throw new Unusual();
        }
        message(type, end());
      }
      case OTHER -> throw new Unusual();
    }
  }

  private void signed(long value) {
    if (value < 0) {
      out.ascii(Long.toString(value));
    } else {
      out.unsigned(value);
    }
  }

  private void number(double value) {
    String text = Double.toString(value);
    boolean words = Double.isNaN(value) || Double.isInfinite(value);
    out.ascii(words ? '"' + text + '"' : text);
  }

  /// RFC 3339 in UTC with as many decimals as are needed: 0, 3, 6 or 9.
  private void timestamp(int end) throws Unusual {
    long seconds = 0;
    long nanos = 0;
    while (at < end) {
      switch ((int) varint()) {
        case 1 << 3 -> seconds = varint();
        case 2 << 3 -> nanos = varint();
        default -> throw new Unusual();
      }
    }
    if (seconds < 0 || seconds >= SECONDS_END || nanos < 0 || nanos > 999_999_999) {
      throw new Unusual();
    }
    out.put('"');
    date(Math.toIntExact(seconds / SECONDS_A_DAY));
    int second = (int) (seconds % SECONDS_A_DAY);
    out.put('T');
    out.padded(second / 3600, 2);
    out.put(':');
    out.padded(second / 60 % 60, 2);
    out.put(':');
    out.padded(second % 60, 2);
    decimals((int) nanos);
    out.ascii("Z\"");
  }

  private void decimals(int nanos) {
    if (nanos == 0) {
      return;
    }
    out.put('.');
    if (nanos % 1_000_000 == 0) {
      out.padded(nanos / 1_000_000, 3);
    } else if (nanos % 1_000 == 0) {
      out.padded(nanos / 1_000, 6);
    } else {
      out.padded(nanos, 9);
    }
  }

  private void date(int epochDay) {
    LocalDate day = LocalDate.ofEpochDay(epochDay);
    out.padded(day.getYear(), 4);
    out.put('-');
    out.padded(day.getMonthValue(), 2);
    out.put('-');
    out.padded(day.getDayOfMonth(), 2);
  }

  // --- the wire

  private long varint() throws Unusual {
    byte b = in[at++];
    if (b >= 0) {
      return b;
    }
    long value = b & 0x7F;
    for (int shift = 7; shift < 70; shift += 7) {
      b = in[at++];
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new Unusual();
  }

  private long fixed64() {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value |= (in[at++] & 0xFFL) << (8 * i);
    }
    return value;
  }

  /// The end of what is delimited here.
  private int end() throws Unusual {
    long length = varint();
    if (length < 0 || length > in.length - at) {
      throw new Unusual();
    }
    return at + (int) length;
  }

  /// Steps over an unknown field, however often it stands here.
  private void skipAll(int tag, int to) throws Unusual {
    do {
      switch (tag & 7) {
        case VARINT -> varint();
        case FIXED64 -> at += 8;
        case DELIMITED -> at = end();
        case FIXED32 -> at += 4;
        default -> throw new Unusual();
      }
    } while (follows(tag, to));
  }
}
