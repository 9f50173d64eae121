package io.parley.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/// An engine that hands everything on to another one, but for what a test overrides.
abstract class EngineBeneath implements Dialect {
  final Dialect engine;

  EngineBeneath(Dialect engine) {
    this.engine = engine;
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
  public long takeTurn(Connection writer) throws SQLException {
    return engine.takeTurn(writer);
  }

  @Override
  public long shareTurn(Connection writer) throws SQLException {
    return engine.shareTurn(writer);
  }

  @Override
  public void alone(Connection writer, Migrating change) throws SQLException {
    engine.alone(writer, change);
  }

  @Override
  public String clock() {
    return engine.clock();
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
  public int readers() {
    return engine.readers();
  }

  @Override
  public int rowsAtOnce() {
    return engine.rowsAtOnce();
  }

  @Override
  public String held() {
    return engine.held();
  }

  @Override
  public void bindNull(PreparedStatement statement, int at) throws SQLException {
    engine.bindNull(statement, at);
  }

  @Override
  public void commit(Connection writer) throws SQLException {
    engine.commit(writer);
  }

  @Override
  public boolean isDuplicateKey(SQLException e) {
    return engine.isDuplicateKey(e);
  }

  @Override
  public boolean isBusy(SQLException e) {
    return engine.isBusy(e);
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
  public void secure(Connection writer) throws SQLException {
    engine.secure(writer);
  }
}
