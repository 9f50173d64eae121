package io.parley.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// The embedded engine: one file in WAL mode, `synchronous=FULL`, so that a commit returns after an
/// fsync of the log.
final class Sqlite implements Dialect {
  /// Pages that the log may hold before a commit copies them into the file: 16 MiB. Larger makes
  /// the copy rarer and cheaper per commit, and the log bigger.
  private static final int CHECKPOINT_PAGES = 16384;

  private final Path file;

  Sqlite(Path file) {
    this.file = file;
  }

  @Override
  public String name() {
    return "sqlite";
  }

  /// `INTEGER PRIMARY KEY` makes the id the row's own place in the file, where BIGINT would build a
  /// second tree; a table with any other primary key is stored in that key's order; a text index is
  /// a full-text table of all sequences of three characters, which LIKE uses by itself.
  @Override
  public String ddl(String sql) {
    String adapted =
        sql.replace("BIGINT NOT NULL PRIMARY KEY", "INTEGER NOT NULL PRIMARY KEY")
            .replaceAll(
                "CREATE TEXT INDEX (\\w+)",
                "CREATE VIRTUAL TABLE $1 USING fts5(text, tokenize = 'trigram')");
    boolean keyed =
        adapted.contains("TEXT NOT NULL PRIMARY KEY") || adapted.contains("PRIMARY KEY (");
    return keyed ? adapted.stripTrailing() + " WITHOUT ROWID" : adapted;
  }

  @Override
  public Connection openWriter() throws SQLException {
    Connection connection =
        open(
            List.of(
                "PRAGMA journal_mode = WAL",
                "PRAGMA synchronous = FULL",
                "PRAGMA cache_size = -65536",
                "PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES));
    connection.setAutoCommit(false);
    return connection;
  }

  @Override
  public Connection openReader() throws SQLException {
    return open(List.of("PRAGMA query_only = ON", "PRAGMA cache_size = -8192"));
  }

  private Connection open(List<String> pragmas) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(10_000);
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      for (String pragma : pragmas) {
        statement.execute(pragma);
      }
    }
    return connection;
  }

  @Override
  public boolean isDuplicateKey(SQLException e) {
    return e instanceof SQLiteException sqlite
        && (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE
            || sqlite.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY);
  }

  @Override
  public void backup(Connection reader, Path copy) throws SQLException {
    try (Statement allow = reader.createStatement();
        PreparedStatement vacuum = reader.prepareStatement("VACUUM INTO ?")) {
      allow.execute("PRAGMA query_only = OFF");
      vacuum.setString(1, copy.toString());
      vacuum.execute();
      allow.execute("PRAGMA query_only = ON");
    }
  }
}
