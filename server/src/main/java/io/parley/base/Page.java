package io.parley.base;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One page of a list. Pages count from 1.
///
/// Page by number a list skips and repeats while rows come and go. Where an answer has `next`, it
/// can be read on from the last row instead: whoever stays is told once.
///
/// @param totalRows rows in all pages
/// @param next the cursor of what follows; empty at the end and for lists that have none
public record Page<T>(List<T> rows, long page, long pageSize, long totalRows, String next) {

  public Page(List<T> rows, long page, long pageSize, long totalRows) {
    this(rows, page, pageSize, totalRows, "");
  }

  /// The page that answers `request`.
  ///
  /// @param found up to [Request#rows] rows, in order
  /// @param keys the numbers that a row is ordered by
  /// @param view what to show of a row; null for nothing
  public static <R, T> Page<T> of(
      Request request,
      List<R> found,
      Function<R, long[]> keys,
      Function<R, @Nullable T> view,
      long totalRows) {
    boolean more = found.size() > request.pageSize();
    List<R> part = more ? found.subList(0, (int) request.pageSize()) : found;
    List<T> rows = new ArrayList<>();
    for (R row : part) {
      @Nullable T shown = view.apply(row);
      if (shown != null) {
        rows.add(shown);
      }
    }
    String next = more ? Cursor.of(keys.apply(part.getLast())) : "";
    return new Page<>(rows, request.page(), request.pageSize(), totalRows, next);
  }

  /// What a caller asked for, made valid: page 0 is 1, size 0 is the default, a size over the
  /// maximum is the maximum.
  ///
  /// @param cursor where to go on, in place of the page; empty: by its number
  public record Request(long page, long pageSize, String cursor) {
    public Request(long page, long pageSize) {
      this(page, pageSize, "");
    }

    /// @throws Fault INVALID_FIELD naming the field
    public static Request of(long page, long pageSize, String cursor, int sizeMax) {
      Request request = of(page, pageSize, sizeMax);
      return cursor.isEmpty() ? request : new Request(1, request.pageSize(), cursor);
    }

    /// @throws Fault INVALID_FIELD naming the field
    public static Request of(long page, long pageSize, int sizeMax) {
      if (page < 0 || page > 1_000_000) {
        throw Fault.invalid("page", "must be 1 … 1000000");
      }
      return new Request(Math.max(1, page), Slice.rows(pageSize, sizeMax), "");
    }

    /// How many rows to skip.
    public long offset() {
      return (page - 1) * pageSize;
    }

    /// How many rows to read: one more than are shown tells whether there are more.
    public long rows() {
      return pageSize + 1;
    }

    /// The arguments of a statement that reads this page downwards by two numbers, so that it has
    /// `AND (a, b) < (?, ?) ORDER BY a DESC, b DESC LIMIT ? OFFSET ?` at its end.
    ///
    /// @param first the arguments before those
    /// @throws Fault INVALID_FIELD for the cursor of another list
    public Object[] downwards(Object... first) {
      long[] after = after(Long.MAX_VALUE, Long.MAX_VALUE);
      Object[] all = Arrays.copyOf(first, first.length + 4);
      all[first.length] = after[0];
      all[first.length + 1] = after[1];
      all[first.length + 2] = rows();
      all[first.length + 3] = offset();
      return all;
    }

    /// The numbers of the row to go on after, see [Cursor#keys].
    ///
    /// @throws Fault INVALID_FIELD for the cursor of another list
    public long[] after(long... first) {
      return Cursor.keys(cursor, first);
    }
  }

  public long totalPages() {
    return (totalRows + pageSize - 1) / pageSize;
  }
}
