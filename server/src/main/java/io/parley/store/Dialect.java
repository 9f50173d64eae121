package io.parley.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/// What engines do differently. Everything else is one SQL text for all of them.
interface Dialect {
  /// The suffix of migrations that only this engine runs: `0001_x.sqlite.sql`.
  String name();

  /// The migration text in this engine's words. `CREATE TEXT INDEX x` makes the table of a
  /// [TextIndex]: columns `rowid` and `text`, indexed for LIKE patterns that begin with `%`. May be
  /// several statements, separated by `;` and an end of line.
  String ddl(String sql);

  /// Looks whether this program can work with the database, before anything is changed in it.
  ///
  /// @throws StoreException saying what is wrong with it
  default void check(Connection writer) throws SQLException {}

  /// The connection of this program's writer: auto-commit off, commits durable. Either no other
  /// program gets one while it is open, or all take turns: see [#takeTurn].
  Connection openWriter() throws SQLException;

  /// Waits until no other program writes, and keeps all others waiting until the transaction that
  /// begins with it is over.
  ///
  /// @return what no id that was committed is above; 0 where no other program can write at all
  /// @throws SQLException one of [#isBusy] when the others took too long
  default long takeTurn(Connection writer) throws SQLException {
    return 0;
  }

  /// The same for a transaction that others of its kind do not mind: waits for the turns of the
  /// rest, and keeps them waiting.
  ///
  /// @return up to which id everything is there that ever will be
  /// @throws SQLException as [#takeTurn]
  default long shareTurn(Connection writer) throws SQLException {
    throw new UnsupportedOperationException("nobody shares with one program");
  }

  /// Runs `change` while no other program does the same. Not within a transaction.
  default void alone(Connection writer, Migrating change) throws SQLException {
    change.run();
  }

  /// What is done to the tables themselves.
  @FunctionalInterface
  interface Migrating {
    void run() throws SQLException;
  }

  /// A connection that only reads, and sees every commit made before its statement began.
  Connection openReader() throws SQLException;

  /// Whether the engine is another program, which several of ours may use. Then a connection may be
  /// gone before it is used, and a commit may have been kept though its end was not heard.
  boolean isRemote();

  /// A SELECT of the engine's clock, epoch milliseconds.
  String clock();

  /// Connections that callers read on at the same time.
  int readers();

  /// Rows that come at a time where [Tx#each] reads; 0 where they come one by one anyway.
  default int rowsAtOnce() {
    return 0;
  }

  /// What a SELECT ends with that locks its rows; empty where one writer has them all.
  default String held() {
    return "";
  }

  /// Binds NULL to parameter `at`.
  default void bindNull(PreparedStatement statement, int at) throws SQLException {
    statement.setObject(at, null);
  }

  /// Makes what was done durable.
  ///
  /// @throws SQLException if it is not, or if that is not known
  default void commit(Connection writer) throws SQLException {
    writer.commit();
  }

  /// Whether `e` says that a unique key is taken.
  boolean isDuplicateKey(SQLException e);

  /// Whether `e` says that others were in the way, or it took too long: trying again may help.
  default boolean isBusy(SQLException e) {
    return false;
  }

  /// Writes a consistent copy of the database to `file`, which must not exist, while others read
  /// and write.
  ///
  /// @throws StoreException saying what to do instead, where the engine has a tool of its own
  void backup(Connection reader, Path file) throws SQLException;

  /// Whether `e` says that the engine or the disk under it failed, and not that a statement was
  /// wrong: whatever the connection was doing is then in doubt.
  ///
  /// @param reads whether the connection is one of [#openReader]: that it refuses to write is no
  ///     failure
  boolean isBroken(SQLException e, boolean reads);

  /// Remembers which files the database is in now.
  default void settle() throws IOException {}

  /// What became of the files since [#settle]: a commit counts for nothing once they are no longer
  /// the ones that the next start will find.
  default Files files() {
    return Files.IN_PLACE;
  }

  /// Copies everything committed into the main file, durably, as far as the open connections see
  /// it.
  ///
  /// @throws SQLException also if somebody reads meanwhile
  default void secure(Connection writer) throws SQLException {}

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
