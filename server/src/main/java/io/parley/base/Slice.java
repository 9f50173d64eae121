package io.parley.base;

import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/// A part of a list that is read by cursor: rows that come and go between two parts make it neither
/// skip nor repeat those that stay.
///
/// @param next where the next part starts; empty at the end
/// @param after where it would start after the row at that place, from 0
public record Slice<T>(List<T> rows, String next, IntFunction<String> after) {
  public static final int ROWS_DEFAULT = 20;

  /// How many rows whoever asks for `num` gets: 20 for 0, `max` for more than that. Numbers that
  /// the wire has no sign for come as negative ones, and are more.
  public static int rows(long num, int max) {
    return rows(num, ROWS_DEFAULT, max);
  }

  /// The same for a list of which `standard` rows are told to whoever asks for 0.
  public static int rows(long num, int standard, int max) {
    return num == 0 ? Math.min(standard, max) : num < 0 ? max : (int) Math.min(num, max);
  }

  /// What a caller asked for.
  ///
  /// @param cursor where to go on; empty: from the beginning
  /// @param rows how many there are to be, at least 1
  public record Request(String cursor, int rows) {
    /// `num` made valid by [Slice#rows(long, int)].
    public static Request of(String cursor, long num, int max) {
      return new Request(cursor, Slice.rows(num, max));
    }

    /// How many rows to read: one more than are told says whether there are more.
    public int looked() {
      return rows + 1;
    }

    /// The numbers of the row to go on after, see [Cursor#keys].
    ///
    /// @throws Fault INVALID_FIELD naming `cursor`
    public long[] after(long... first) {
      return Cursor.keys(cursor, first);
    }
  }

  /// The part that answers `request`.
  ///
  /// @param found in order: as many as [Request#looked] where the list goes on
  /// @param after the cursor of a row
  public static <T> Slice<T> of(Request request, List<T> found, Function<T, String> after) {
    return of(request, found, after, "");
  }

  /// The same of rows that were looked for.
  ///
  /// @param rest where the search goes on if all that was found is told; empty: nowhere
  public static <T> Slice<T> of(
      Request request, List<T> found, Function<T, String> after, String rest) {
    IntFunction<String> cursors = place -> after.apply(found.get(place));
    int rows = request.rows();
    return found.size() <= rows
        ? new Slice<>(found, rest, cursors)
        : new Slice<>(found.subList(0, rows), cursors.apply(rows - 1), cursors);
  }

  /// The same part in another form.
  public <R> Slice<R> map(Function<? super T, ? extends R> form) {
    return new Slice<>(rows.stream().<R>map(form).toList(), next, after);
  }

  /// The first `count` rows, for an answer that has no room for all.
  public Slice<T> first(int count) {
    return count >= rows.size()
        ? this
        : new Slice<>(rows.subList(0, count), after.apply(count - 1), after);
  }
}
