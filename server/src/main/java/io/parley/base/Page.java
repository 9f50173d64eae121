package io.parley.base;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
    String next = more ? Request.cursor(keys.apply(part.getLast())) : "";
    return new Page<>(rows, request.page(), request.pageSize(), totalRows, next);
  }

  /// What a caller asked for, made valid: page 0 is 1, size 0 is the default, a size over the
  /// maximum is the maximum.
  ///
  /// @param cursor where to go on, in place of the page; empty: by its number
  public record Request(long page, long pageSize, String cursor) {
    public static final int SIZE_DEFAULT = 20;
    private static final Pattern CURSOR = Pattern.compile("\\d{1,18}(\\.\\d{1,18}){0,3}");

    public Request(long page, long pageSize) {
      this(page, pageSize, "");
    }

    /// @throws Fault INVALID_FIELD naming the field
    public static Request of(long page, long pageSize, String cursor, int sizeMax) {
      Request request = of(page, pageSize, sizeMax);
      if (cursor.isEmpty()) {
        return request;
      }
      if (cursor.length() > 80 || !CURSOR.matcher(cursor).matches()) {
        throw foreign();
      }
      return new Request(1, request.pageSize(), cursor);
    }

    public static Request of(long page, long pageSize, int sizeMax) {
      if (page < 0 || page > 1_000_000) {
        throw Fault.invalid("page", "must be 1 … 1000000");
      }
      return new Request(Math.max(1, page), Page.rows(pageSize, SIZE_DEFAULT, sizeMax), "");
    }

    /// How many rows to skip.
    public long offset() {
      return (page - 1) * pageSize;
    }

    /// How many rows to read: one more than are shown tells whether there are more.
    public long rows() {
      return pageSize + 1;
    }

    /// The numbers of the row to go on after.
    ///
    /// @param first what is before every row, for a request without a cursor
    /// @throws Fault INVALID_FIELD for the cursor of another list
    public long[] after(long... first) {
      if (cursor.isEmpty()) {
        return first;
      }
      long[] keys = Arrays.stream(cursor.split("\\.")).mapToLong(Long::parseLong).toArray();
      if (keys.length != first.length) {
        throw foreign();
      }
      return keys;
    }

    private static String cursor(long[] keys) {
      return Arrays.stream(keys).mapToObj(Long::toString).collect(Collectors.joining("."));
    }

    private static Fault foreign() {
      return Fault.invalid("cursor", "not one of this list");
    }
  }

  /// How many rows to answer to whoever asks for `asked`: for 0 the standard number, never more
  /// than
  /// `max`. Below 0 is what an unsigned number over 2^31 looks like here.
  public static int rows(long asked, int standard, int max) {
    return asked == 0 ? Math.min(standard, max) : asked < 0 || asked > max ? max : (int) asked;
  }

  public long totalPages() {
    return (totalRows + pageSize - 1) / pageSize;
  }
}
