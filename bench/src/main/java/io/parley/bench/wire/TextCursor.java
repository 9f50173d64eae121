package io.parley.bench.wire;

import java.nio.charset.StandardCharsets;

/// Finds members in the JSON that the server writes, which has no blanks: by their names, so the
/// names looked for must not stand in a text before them. Belongs to one thread.
final class TextCursor {
  private byte[] bytes = new byte[0];
  private int at;
  private int end;

  /// A member's name as it stands in JSON: `"name":`.
  static byte[] member(String name) {
    return ('"' + name + "\":").getBytes(StandardCharsets.US_ASCII);
  }

  /// Starts over on `source[from, to)`.
  void reset(byte[] source, int from, int to) {
    bytes = source;
    at = from;
    end = to;
  }

  int position() {
    return at;
  }

  /// Goes on behind the next `what`; false, and nowhere, if there is none.
  boolean find(byte[] what) {
    int last = end - what.length;
    for (int i = at; i <= last; i++) {
      if (bytes[i] == what[0] && bytes[i + 1] == what[1] && stands(what, i)) {
        at = i + what.length;
        return true;
      }
    }
    return false;
  }

  private boolean stands(byte[] what, int from) {
    for (int i = 2; i < what.length; i++) {
      if (bytes[from + i] != what[i]) {
        return false;
      }
    }
    return true;
  }

  /// Steps over `what` if it is next.
  boolean skip(byte[] what) {
    boolean next = end - at >= what.length && bytes[at] == what[0] && bytes[at + 1] == what[1];
    if (!next || !stands(what, at)) {
      return false;
    }
    at += what.length;
    return true;
  }

  /// Steps over `what`, which must be next.
  void expect(byte[] what) {
    if (!skip(what)) {
      throw new MalformedFrame("not the JSON of this server");
    }
  }

  /// Reads a number, in quotes or not.
  long number() {
    if (at < end && bytes[at] == '"') {
      at++;
    }
    long value = 0;
    int from = at;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      value = value * 10 + (bytes[at++] - '0');
    }
    if (at == from) {
      throw new MalformedFrame("no number");
    }
    return value;
  }

  /// Reads a string without escapes; it is then `[position() - result - 1, position() - 1)`.
  int string() {
    if (at >= end || bytes[at] != '"') {
      throw new MalformedFrame("no string");
    }
    int from = ++at;
    while (at < end && bytes[at] != '"') {
      at++;
    }
    if (at == end) {
      throw new MalformedFrame("string cut short");
    }
    return at++ - from;
  }
}
