package io.parley.store;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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

  private static final int READERS = 4;

  private static final int ERROR = 1;
  private static final int READ_ONLY = 8;
  private static final int TOO_BIG = 18;
  private static final int CONSTRAINT = 19;
  private static final int MISMATCH = 20;
  private static final int RANGE = 25;

  private final Path file;
  private volatile List<Object> keys = List.of();

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
  public boolean isRemote() {
    return false;
  }

  @Override
  public String clock() {
    return "SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER)";
  }

  @Override
  public int readers() {
    return READERS;
  }

  @Override
  public boolean isDuplicateKey(SQLException e) {
    return e instanceof SQLiteException sqlite
        && (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE
            || sqlite.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY);
  }

  /// What a statement can do wrong by itself. Everything else is the engine, the disk, or another
  /// program that holds the file.
  @Override
  public boolean isBroken(SQLException e, boolean reads) {
    return !(e instanceof SQLiteException sqlite)
        || switch (sqlite.getErrorCode() & 0xff) {
          case ERROR, TOO_BIG, CONSTRAINT, MISMATCH, RANGE -> false;
          case READ_ONLY -> !reads;
          default -> true;
        };
  }

  @Override
  public void settle() throws IOException {
    keys = keys();
  }

  @Override
  public Files files() {
    List<Object> now;
    try {
      now = keys();
    } catch (IOException e) {
      return Files.GONE;
    }
    if (now.equals(keys)) {
      return Files.IN_PLACE;
    }
    return now.getFirst().equals(keys.getFirst()) ? Files.LOG_GONE : Files.GONE;
  }

  /// The inodes of the database, its log and the log's index.
  private List<Object> keys() throws IOException {
    return List.of(key(""), key("-wal"), key("-shm"));
  }

  private Object key(String suffix) throws IOException {
    try {
      Path path = file.resolveSibling(file.getFileName() + suffix);
      Object key = java.nio.file.Files.readAttributes(path, BasicFileAttributes.class).fileKey();
      return key == null ? "present" : key;
    } catch (NoSuchFileException e) {
      return "absent";
    }
  }

  @Override
  public void secure(Connection writer) throws SQLException {
    try (Statement statement = writer.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
      if (!row.next() || row.getInt(1) != 0) {
        throw new SQLException("the log could not be copied into the database");
      }
    }
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
