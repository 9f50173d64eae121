package io.parley.feed;

import java.util.List;
import java.util.function.Function;

/// A part of a list that is read by cursor.
///
/// @param next where the next part starts; empty at the end
/// @param after where it would start after one of the rows
public record Slice<T>(List<T> rows, String next, Function<T, String> after) {
  /// The first `rows` of what was found, which is one more where the list goes on.
  static <T> Slice<T> of(List<T> found, int rows, Function<T, String> after) {
    if (found.size() <= rows) {
      return new Slice<>(found, "", after);
    }
    List<T> page = found.subList(0, rows);
    return new Slice<>(page, after.apply(page.getLast()), after);
  }

  /// The first `count` rows, for an answer that has no room for all; at least one where there is
  /// one.
  public Slice<T> first(int count) {
    if (count >= rows.size()) {
      return this;
    }
    List<T> some = rows.subList(0, count);
    return new Slice<>(some, after.apply(some.getLast()), after);
  }
}
