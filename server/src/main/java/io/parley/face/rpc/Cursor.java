package io.parley.face.rpc;

import io.parley.base.Fault;
import java.util.List;
import java.util.function.ToLongFunction;

/// Lists that go by id: what an operator asked for, and where the list goes on.
final class Cursor {
  private static final int ROWS_DEFAULT = 20;
  private static final int ROWS_MAX = 100;

  private Cursor() {}

  /// The id below which to go on; 0 from the start.
  static long below(String cursor) {
    if (cursor.isEmpty()) {
      return 0;
    }
    if (!cursor.matches("[1-9]\\d{0,18}")) {
      throw Fault.invalid("cursor", "is not one of this list");
    }
    try {
      return Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw Fault.invalid("cursor", "is not one of this list");
    }
  }

  /// How many rows to answer.
  static int rows(long num) {
    return num == 0 ? ROWS_DEFAULT : num < 0 ? ROWS_MAX : (int) Math.min(num, ROWS_MAX);
  }

  /// Of rows read with one more than asked for, those to answer.
  static <T> List<T> page(List<T> found, int rows) {
    return found.size() > rows ? found.subList(0, rows) : found;
  }

  /// Where the list goes on after [#page]; empty at its end.
  static <T> String next(List<T> found, int rows, ToLongFunction<T> id) {
    return next(found, rows, id, 0);
  }

  /// The same of rows that were looked for: those with an id below `floor` were not looked at, 0 if
  /// all were.
  static <T> String next(List<T> found, int rows, ToLongFunction<T> id, long floor) {
    if (found.size() > rows) {
      return Long.toString(id.applyAsLong(found.get(rows - 1)));
    }
    return floor == 0 ? "" : Long.toString(floor);
  }
}
