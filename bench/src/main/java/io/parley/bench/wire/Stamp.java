package io.parley.bench.wire;

/// The first 32 characters of every message the generator sends: when it was (or should have been)
/// sent, by whom, and which of that sender's messages it is, in hexadecimal. A receiver needs no
/// table to know what it got.
public final class Stamp {
  /// Characters of a stamp: 16 of time, 8 of sender, 8 of number.
  public static final int CHARS = 32;

  private static final byte[] DIGITS = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private Stamp() {}

  /// Writes `value` as `digits` hexadecimal digits at `target[at]`.
  public static void hex(byte[] target, int at, int digits, long value) {
    for (int i = digits - 1; i >= 0; i--) {
      target[at + i] = DIGITS[(int) value & 15];
      value >>>= 4;
    }
  }

  /// The System.nanoTime of the stamp at `source[at]`.
  public static long nanos(byte[] source, int at) {
    return read(source, at, 16);
  }

  /// The sender's number in this run.
  public static int sender(byte[] source, int at) {
    return (int) read(source, at + 16, 8);
  }

  /// The message's number at that sender, from 1.
  public static int number(byte[] source, int at) {
    return (int) read(source, at + 24, 8);
  }

  private static long read(byte[] source, int at, int digits) {
    long value = 0;
    for (int i = at; i < at + digits; i++) {
      int c = source[i];
      int digit = c <= '9' ? c - '0' : c - 'a' + 10;
      if (digit < 0 || digit > 15) {
        throw new MalformedFrame("a message that this generator did not write");
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
