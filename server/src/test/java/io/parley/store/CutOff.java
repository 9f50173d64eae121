package io.parley.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/// PostgreSQL over a connection that is cut at the worst moment when it is told to.
final class CutOff implements Dialect {
  enum When {
    NEVER,
    BEFORE_THE_COMMIT,
    AFTER_THE_COMMIT
  }

  private final Postgres engine;

  /// When the connection of the next commit is cut.
  volatile When cuts = When.NEVER;

  CutOff(StoreSettings settings) {
    engine = new Postgres(settings);
  }

  @Override
  public void commit(Connection writer) throws SQLException {
    When when = cuts;
    cuts = When.NEVER;
    if (when == When.NEVER) {
      engine.commit(writer);
      return;
    }
    if (when == When.AFTER_THE_COMMIT) {
      engine.commit(writer);
    }
    writer.abort(Runnable::run);
    throw new SQLException("cut", "08006");
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
  public void check(Connection writer) throws SQLException {
    engine.check(writer);
  }

  @Override
  public Connection openWriter() throws SQLException {
    return engine.openWriter();
  }

  @Override
  public Connection openReader() throws SQLException {
    return engine.openReader();
  }

  @Override
  public boolean isRemote() {
    return engine.isRemote();
  }

  @Override
  public String clock() {
    return engine.clock();
  }

  @Override
  public long takeTurn(Connection writer) throws SQLException {
    return engine.takeTurn(writer);
  }

  @Override
  public void alone(Connection writer, Migrating change) throws SQLException {
    engine.alone(writer, change);
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
  public void backup(Connection reader, Path file) {
    engine.backup(reader, file);
  }

  @Override
  public boolean isBroken(SQLException e, boolean reads) {
    return engine.isBroken(e, reads);
  }
}
