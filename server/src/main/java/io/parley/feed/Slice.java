package io.parley.feed;

import java.util.List;
import java.util.function.Function;

/// A part of a list that is read by cursor.
///
/// @param next where the next part starts; empty at the end
public record Slice<T>(List<T> rows, String next) {
  /// The first `rows` of what was found, which is one more where the list goes on.
  ///
  /// @param after the cursor after a row
  static <T> Slice<T> of(List<T> found, int rows, Function<T, String> after) {
    if (found.size() <= rows) {
      return new Slice<>(found, "");
    }
    List<T> page = found.subList(0, rows);
    return new Slice<>(page, after.apply(page.getLast()));
  }
}
