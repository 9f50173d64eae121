package io.parley.base;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Where a list goes on that is read by cursor: the numbers by which its rows are ordered, of the
/// last row that was told. As text they are decimal numbers from 0 to 2⁶³ − 1, joined by dots.
public final class Cursor {
  private static final int CHARS_MAX = 80;
  private static final Pattern TEXT = Pattern.compile("\\d{1,19}(\\.\\d{1,19}){0,3}");

  private Cursor() {}

  /// The cursor of a row with these one to four numbers.
  public static String of(long... keys) {
    return Arrays.stream(keys).mapToObj(Long::toString).collect(Collectors.joining("."));
  }

  /// The numbers of `cursor`.
  ///
  /// @param first those that are before every row: what an empty cursor stands for
  /// @throws Fault INVALID_FIELD naming `cursor` for one with another count of numbers
  public static long[] keys(String cursor, long... first) {
    if (cursor.isEmpty()) {
      return first;
    }
    if (cursor.length() > CHARS_MAX || !TEXT.matcher(cursor).matches()) {
      throw foreign();
    }
    String[] numbers = cursor.split("\\.");
    if (numbers.length != first.length) {
      throw foreign();
    }
    try {
      return Arrays.stream(numbers).mapToLong(Long::parseLong).toArray();
    } catch (NumberFormatException e) {
      throw foreign();
    }
  }

  static Fault foreign() {
    return Fault.invalid("cursor", "not one that this server gave for this list");
  }
}
