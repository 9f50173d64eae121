package io.parley.face.edge;

import com.google.common.base.Utf8;

/// What a request's target may be made of: percent-encoded UTF-8 without U+0000.
final class Targets {
  private static final int ESCAPE_CHARS = 3;

  private Targets() {}

  /// `target`: path and query as they came.
  static boolean isWellFormed(String target) {
    int first = 0;
    while (first < target.length() && isPlain(target.charAt(first))) {
      first++;
    }
    if (first == target.length()) {
      return true;
    }
    byte[] bytes = new byte[target.length()];
    int size = 0;
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c == '%') {
        int value = i + ESCAPE_CHARS <= target.length() ? hex(target, i + 1) : -1;
        if (value <= 0) {
          return false;
        }
        bytes[size++] = (byte) value;
        i += 2;
      } else if (c == 0 || c >= 0x80) {
        return false;
      } else {
        bytes[size++] = (byte) c;
      }
    }
    return Utf8.isWellFormed(bytes, 0, size);
  }

  private static boolean isPlain(char c) {
    return c != '%' && c != 0 && c < 0x80;
  }

  private static int hex(String text, int at) {
    int high = Character.digit(text.charAt(at), 16);
    int low = Character.digit(text.charAt(at + 1), 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }
}
