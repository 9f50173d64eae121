package io.parley.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/// What engines do differently. Everything else is one SQL text for all of them.
interface Dialect {
  /// The suffix of migrations that only this engine runs: `0001_x.sqlite.sql`.
  String name();

  /// The migration text in this engine's words. `CREATE TEXT INDEX x` makes the table of a
  /// [TextIndex]: columns `rowid` and `text`, indexed for LIKE patterns that begin with `%`.
  String ddl(String sql);

  /// The connection of the one writer: auto-commit off, commits durable.
  Connection openWriter() throws SQLException;

  /// A connection that only reads, and sees every commit made before its statement began.
  Connection openReader() throws SQLException;

  /// Whether `e` says that a unique key is taken.
  boolean isDuplicateKey(SQLException e);

  /// Writes a consistent copy of the database to `file`, which must not exist, while others read
  /// and write.
  void backup(Connection reader, Path file) throws SQLException;
}
