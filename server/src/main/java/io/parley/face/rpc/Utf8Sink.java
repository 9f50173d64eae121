package io.parley.face.rpc;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// JSON being written, in UTF-8. Strings are escaped as Gson does for pages: what HTML gives a
/// meaning to, and U+2028 and U+2029, are written as an escape of four digits too.
public final class Utf8Sink {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[][] ESCAPES = escapes();
  private static final byte[] LINE_SEPARATOR = unicode(0x2028);
  private static final byte[] PARAGRAPH_SEPARATOR = unicode(0x2029);

  private byte[] bytes;
  private int size;

  /// @param expected bytes; more make it grow
  public Utf8Sink(int expected) {
    bytes = new byte[Math.max(16, expected)];
  }

  /// What was written is the first [#size()] of these.
  public byte[] array() {
    return bytes;
  }

  public int size() {
    return size;
  }

  /// Appends characters below U+0080, unescaped.
  public Utf8Sink ascii(String text) {
    int length = text.length();
    room(length);
    for (int i = 0; i < length; i++) {
      bytes[size++] = (byte) text.charAt(i);
    }
    return this;
  }

  /// Appends a string, quoted and escaped; half a surrogate pair becomes `?`.
  public Utf8Sink string(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    string(utf8, 0, utf8.length);
    return this;
  }

  /// Takes back what was appended since it had this size.
  void cut(int to) {
    size = to;
  }

  void put(byte[] from) {
    room(from.length);
    System.arraycopy(from, 0, bytes, size, from.length);
    size += from.length;
  }

  void put(int one) {
    room(1);
    bytes[size++] = (byte) one;
  }

  /// Appends `value` as an unsigned decimal number.
  void unsigned(long value) {
    if (value < 0) {
      ascii(Long.toUnsignedString(value));
      return;
    }
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    room(digits);
    size += digits;
    long rest = value;
    for (int at = size - 1; digits > 0; digits--, at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /// Appends `value`, 0 or above, with zeroes in front up to `digits`.
  void padded(int value, int digits) {
    room(digits);
    size += digits;
    int rest = value;
    for (int at = size - 1; at >= size - digits; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /// Appends the string whose UTF-8 is `text[from, to)`, quoted and escaped.
  void string(byte[] text, int from, int to) {
    room(to - from + 2);
    bytes[size++] = '"';
    int kept = from;
    for (int i = from; i < to; i++) {
      byte b = text[i];
      byte[] escape = b >= 0 ? ESCAPES[b] : b == (byte) 0xE2 ? separator(text, i, to) : null;
      if (escape != null) {
        copy(text, kept, i);
        put(escape);
        i += b >= 0 ? 0 : 2;
        kept = i + 1;
      }
    }
    copy(text, kept, to);
    put('"');
  }

  private void copy(byte[] text, int from, int to) {
    int length = to - from;
    room(length);
    System.arraycopy(text, from, bytes, size, length);
    size += length;
  }

  /// U+2028 and U+2029 are E2 80 A8 and E2 80 A9.
  private static byte @Nullable [] separator(byte[] text, int at, int to) {
    if (at + 2 < to && text[at + 1] == (byte) 0x80) {
      if (text[at + 2] == (byte) 0xA8) {
        return LINE_SEPARATOR;
      }
      if (text[at + 2] == (byte) 0xA9) {
        return PARAGRAPH_SEPARATOR;
      }
    }
    return null;
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }

  private static byte[][] escapes() {
    byte[][] escapes = new byte[128][];
    for (int c = 0; c < 0x20; c++) {
      escapes[c] = unicode(c);
    }
    for (char c : "<>&='".toCharArray()) {
      escapes[c] = unicode(c);
    }
    String named = "\"\"\\\\\tt\bb\nn\rr\ff";
    for (int i = 0; i < named.length(); i += 2) {
      escapes[named.charAt(i)] = new byte[] {'\\', (byte) named.charAt(i + 1)};
    }
    return escapes;
  }

  private static byte[] unicode(int c) {
    return new byte[] {'\\', 'u', HEX[c >> 12], HEX[c >> 8 & 15], HEX[c >> 4 & 15], HEX[c & 15]};
  }
}
