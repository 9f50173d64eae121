package io.parley.store;

import java.sql.ResultSet;
import java.sql.SQLException;

/// Reads one value from the current row.
@FunctionalInterface
public interface RowMapper<T> {
  T map(ResultSet row) throws SQLException;
}
