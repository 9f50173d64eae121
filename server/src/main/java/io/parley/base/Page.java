package io.parley.base;

import java.util.List;

/// One page of a list. Pages count from 1.
///
/// @param totalRows rows in all pages
public record Page<T>(List<T> rows, long page, long pageSize, long totalRows) {
  /// What a caller asked for, made valid: page 0 is 1, size 0 is the default, a size over the
  /// maximum is the maximum.
  public record Request(long page, long pageSize) {
    public static final int SIZE_DEFAULT = 20;

    public static Request of(long page, long pageSize, int sizeMax) {
      if (page < 0 || page > 1_000_000) {
        throw Fault.invalid("page", "must be 1 … 1000000");
      }
      long size =
          pageSize == 0 ? SIZE_DEFAULT : pageSize < 0 ? sizeMax : Math.min(pageSize, sizeMax);
      return new Request(Math.max(1, page), size);
    }

    public long offset() {
      return (page - 1) * pageSize;
    }
  }

  public long totalPages() {
    return (totalRows + pageSize - 1) / pageSize;
  }
}
