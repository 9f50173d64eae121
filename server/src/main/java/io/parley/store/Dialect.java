package io.parley.store;

import java.io.IOException;
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

  /// Whether `e` says that the engine or the disk under it failed, and not that a statement was
  /// wrong: whatever the connection was doing is then in doubt.
  ///
  /// @param reads whether the connection is one of [#openReader]: that it refuses to write is no
  ///     failure
  boolean isBroken(SQLException e, boolean reads);

  /// Remembers which files the database is in now.
  void settle() throws IOException;

  /// What became of the files since [#settle]: a commit counts for nothing once they are no longer
  /// the ones that the next start will find.
  Files files();

  /// Copies everything committed into the main file, durably, as far as the open connections see
  /// it.
  ///
  /// @throws SQLException also if somebody reads meanwhile
  void secure(Connection writer) throws SQLException;

  /// What became of the files of a database.
  enum Files {
    /// As they were.
    IN_PLACE,
    /// The main file is, one beside it is not: [#secure] and new connections mend that.
    LOG_GONE,
    /// The main file is gone or another one: nothing is written until it is back.
    GONE
  }
}
