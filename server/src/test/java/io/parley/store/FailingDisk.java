package io.parley.store;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/// The engine on a disk that fails when it is told to.
final class FailingDisk implements Dialect {
  private final Dialect engine;
  private @Nullable Connection writer;

  /// Whether no connection to write with can be had.
  volatile boolean closed;

  /// What the next commit throws instead of committing.
  volatile @Nullable Throwable commitFails;

  FailingDisk(Path dir) {
    engine = new Sqlite(dir.resolve("parley.db"));
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
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, args) -> {
              Throwable fails = commitFails;
              if (method.getName().equals("commit") && fails != null) {
                commitFails = null;
                throw fails;
              }
              try {
                return method.invoke(fresh, args);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            });
  }

  @Override
  public String name() {
    return engine.name();
  }

  @Override
  public String ddl(String sql) {
    return engine.ddl(sql);
  }

  @Override
  public Connection openReader() throws SQLException {
    return engine.openReader();
  }

  @Override
  public boolean isRemote() {
    return false;
  }

  @Override
  public String clock() {
    return engine.clock();
  }

  @Override
  public int readers() {
    return engine.readers();
  }

  @Override
  public boolean isDuplicateKey(SQLException e) {
    return engine.isDuplicateKey(e);
  }

  @Override
  public void backup(Connection reader, Path file) throws SQLException {
    engine.backup(reader, file);
  }

  @Override
  public boolean isBroken(SQLException e, boolean reads) {
    return engine.isBroken(e, reads);
  }

  @Override
  public void settle() throws IOException {
    engine.settle();
  }

  @Override
  public Files files() {
    return engine.files();
  }

  @Override
  public void secure(Connection connection) throws SQLException {
    engine.secure(connection);
  }
}
