package io.parley.face.rpc;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import com.google.protobuf.WireFormat;
import io.parley.face.rpc.JsonType.Field;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads requests in JSON as programs usually write them, in one pass, and makes the serialized
/// message of them. Whatever it takes, the general converter takes too and makes the same of it;
/// whatever it does not take (a name twice, null, a number as 1e3, a name that it does not know,
/// what is no JSON) is for that one to judge.
public final class JsonReader {
  /// Finds the request's type by the name of a method; null for none.
  @FunctionalInterface
  public interface Methods {
    @Nullable Message request(String name);
  }

  /// One call of a client: a frame of a text socket.
  ///
  /// @param id as an unsigned int
  /// @param chars how many the data had in the frame
  /// @param data the serialized request
  public record Call(String name, int id, int chars, byte[] data) {}

  private static final int DEPTH_MAX = 16;
  private static final int DIGITS_MAX = 18;
  private static final long UINT32_MAX = 0xFFFF_FFFFL;
  private static final long CMD = 1;
  private static final long REQUEST_ID = 2;
  private static final long DATA = 4;

  private final byte[] in;
  private int at;

  private JsonReader(byte[] in) {
    this.in = in;
  }

  /// The call that `json` is: `{"cmd":…,"request_id":…,"data":{…}}`, the cmd in front of
  /// the data. Null for what is not usual.
  public static @Nullable Call call(String json, Methods methods) {
    try {
      return new JsonReader(json.getBytes(StandardCharsets.UTF_8)).call(methods, json.length());
    } catch (Unusual | IndexOutOfBoundsException e) {
      return null;
    } catch (IOException e) {
      throw new IllegalStateException("written to memory", e);
    }
  }

  private @Nullable Call call(Methods methods, int allChars) throws Unusual, IOException {
    String cmd = null;
    int id = 0;
    byte[] data = null;
    int chars = 0;
    long seen = 0;
    expect('{');
    do {
      String name = name();
      long bit = bit(name);
      if ((seen & bit) != 0) {
        throw new Unusual();
      }
      seen |= bit;
      if (bit == CMD) {
        cmd = text();
      } else if (bit == REQUEST_ID) {
        id = (int) digits(UINT32_MAX);
      } else {
        Message request = cmd == null ? null : methods.request(cmd);
        if (request == null) {
          return null;
        }
        skipBlanks();
        int from = at;
        data = message(JsonType.of(request.getDescriptorForType()), 1);
        chars = chars(from, at, allChars);
      }
    } while (more('}'));
    skipBlanks();
    return cmd == null || data == null || at != in.length ? null : new Call(cmd, id, chars, data);
  }

  /// UTF-16 units in `in[from, to)`, of which there are `allChars` in all.
  private int chars(int from, int to, int allChars) {
    return allChars == in.length
        ? to - from
        : new String(in, from, to - from, StandardCharsets.UTF_8).length();
  }

  private static long bit(String name) throws Unusual {
    return switch (name) {
      case "cmd" -> CMD;
      case "request_id" -> REQUEST_ID;
      case "data" -> DATA;
      default -> throw new Unusual();
    };
  }

  private byte[] message(JsonType type, int depth) throws Unusual, IOException {
    if (depth > DEPTH_MAX || !type.isUsual()) {
      throw new Unusual();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
    CodedOutputStream out = CodedOutputStream.newInstance(bytes, 64);
    expect('{');
    if (!closes('}')) {
      long seen = 0;
      do {
        Field field = type.named(name());
        if (field == null || (seen & field.bit()) != 0) {
          throw new Unusual();
        }
        seen |= field.bit();
        if (field.repeated()) {
          list(field, out, depth);
        } else {
          value(field, out, depth);
        }
      } while (more('}'));
    }
    out.flush();
    return bytes.toByteArray();
  }

  private void list(Field field, CodedOutputStream out, int depth) throws Unusual, IOException {
    expect('[');
    if (!closes(']')) {
      do {
        value(field, out, depth);
      } while (more(']'));
    }
  }

  private void value(Field field, CodedOutputStream out, int depth) throws Unusual, IOException {
    int number = field.number();
    switch (field.kind()) {
      case UINT64, INT64 -> out.writeUInt64(number, digits(Long.MAX_VALUE));
      case UINT32 -> out.writeUInt32(number, (int) digits(UINT32_MAX));
      case INT32 -> out.writeInt32(number, (int) digits(Integer.MAX_VALUE));
      case BOOL -> out.writeBool(number, truth());
      case STRING -> out.writeString(number, text());
      case ENUM -> {
        Integer value = field.numbers().get(text());
        if (value == null) {
          throw new Unusual();
        }
        out.writeEnum(number, value);
      }
      case MESSAGE -> {
        JsonType type = field.type();
        if (type == null) {
          throw new Unusual();
        }
        byte[] nested = message(type, depth + 1);
        out.writeTag(number, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeByteArrayNoTag(nested);
      }
      case DOUBLE, BYTES, TIMESTAMP, OTHER -> throw new Unusual();
    }
  }

  // --- JSON

  /// Digits without a sign, in quotes or without.
  private long digits(long max) throws Unusual {
    skipBlanks();
    boolean quoted = in[at] == '"';
    if (quoted) {
      at++;
    }
    int from = at;
    long value = 0;
    for (byte b = in[at]; b >= '0' && b <= '9'; b = in[++at]) {
      value = value * 10 + (b - '0');
      if (at - from >= DIGITS_MAX) {
        throw new Unusual();
      }
    }
    boolean plain = at > from && (in[from] != '0' || at == from + 1) && value <= max;
    // A dot, an exponent or anything else that goes on with a number.
    if (!plain || (quoted ? in[at++] != '"' : !ends(in[at]))) {
      throw new Unusual();
    }
    return value;
  }

  private static boolean ends(byte b) {
    return b == ',' || b == '}' || b == ']' || b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private boolean truth() throws Unusual {
    skipBlanks();
    boolean value = in[at] == 't';
    for (char c : (value ? "true" : "false").toCharArray()) {
      if (in[at++] != c) {
        throw new Unusual();
      }
    }
    return value;
  }

  /// The name of a member, with the colon behind it.
  private String name() throws Unusual {
    String name = text();
    expect(':');
    return name;
  }

  private String text() throws Unusual {
    expect('"');
    int from = at;
    for (byte b = in[at]; b != '"'; b = in[++at]) {
      if (b == '\\') {
        return escaped(from);
      }
      if (b >= 0 && b < 0x20) {
        throw new Unusual();
      }
    }
    return new String(in, from, at++ - from, StandardCharsets.UTF_8);
  }

  /// The text from `from` on, up to its quote; the first escape is at `at`.
  private String escaped(int from) throws Unusual {
    StringBuilder text = new StringBuilder();
    int kept = from;
    for (byte b = in[at]; b != '"'; b = in[at]) {
      if (b >= 0 && b < 0x20) {
        throw new Unusual();
      }
      at++;
      if (b == '\\') {
        text.append(new String(in, kept, at - 1 - kept, StandardCharsets.UTF_8));
        text.appendCodePoint(escape(in[at++]));
        kept = at;
      }
    }
    text.append(new String(in, kept, at++ - kept, StandardCharsets.UTF_8));
    return text.toString();
  }

  private int escape(byte letter) throws Unusual {
    return switch (letter) {
      case '"', '\\', '/' -> letter;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> character();
      default -> throw new Unusual();
    };
  }

  /// The character of an escape of four digits, or of two of them; never U+0000 or half a pair.
  private int character() throws Unusual {
    char unit = unit();
    if (unit == 0) {
      throw new Unusual();
    }
    if (!Character.isSurrogate(unit)) {
      return unit;
    }
    if (Character.isHighSurrogate(unit) && in[at++] == '\\' && in[at++] == 'u') {
      char low = unit();
      if (Character.isLowSurrogate(low)) {
        return Character.toCodePoint(unit, low);
      }
    }
    throw new Unusual();
  }

  private char unit() throws Unusual {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(in[at++], 16);
      if (digit < 0) {
        throw new Unusual();
      }
      unit = unit << 4 | digit;
    }
    return (char) unit;
  }

  /// Whether a comma follows, and steps over it; else over `end`, which must.
  private boolean more(char end) throws Unusual {
    skipBlanks();
    byte b = in[at++];
    if (b == ',') {
      return true;
    }
    if (b != end) {
      throw new Unusual();
    }
    return false;
  }

  private boolean closes(char end) {
    skipBlanks();
    if (in[at] != end) {
      return false;
    }
    at++;
    return true;
  }

  private void expect(char c) throws Unusual {
    skipBlanks();
    if (in[at++] != c) {
      throw new Unusual();
    }
  }

  private void skipBlanks() {
    while (at < in.length
        && (in[at] == ' ' || in[at] == '\n' || in[at] == '\r' || in[at] == '\t')) {
      at++;
    }
  }
}
