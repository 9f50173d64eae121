package io.parley.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/// The engine on a disk that fails when it is told to.
final class FailingDisk extends EngineBeneath {
  private @Nullable Connection writer;

  /// Whether no connection to write with can be had.
  volatile boolean closed;

  /// What the next commit throws instead of committing.
  volatile @Nullable Throwable commitFails;

  FailingDisk(Path dir) {
    super(new Sqlite(dir.resolve("parley.db")));
  }

  /// The database cannot grow by a page any more, or can again. Inside an operation.
  void full(boolean full) throws SQLException {
    if (writer == null) {
      throw new IllegalStateException("not open");
    }
    try (Statement statement = writer.createStatement()) {
      statement.execute("PRAGMA max_page_count = " + (full ? 1 : 1_000_000));
    }
  }

  @Override
  public Connection openWriter() throws SQLException {
    if (closed) {
      throw new SQLException("no disk");
    }
    Connection fresh = engine.openWriter();
    writer = fresh;
    return fresh;
  }

  @Override
  public void commit(Connection writer) throws SQLException {
    Throwable fails = commitFails;
    if (fails == null) {
      engine.commit(writer);
      return;
    }
    commitFails = null;
    switch (fails) {
      case SQLException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(fails);
    }
  }
}
