package io.parley.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks whether a PostgreSQL database can hold what Parley stores, before anything is made in it.
final class PostgresCheck {
  private static final Logger log = LoggerFactory.getLogger(PostgresCheck.class);
  private static final int VERSION_MIN = 150_000;

  private final Connection writer;

  PostgresCheck(Connection writer) {
    this.writer = writer;
  }

  /// @throws StoreException saying what is wrong with it
  void run() throws SQLException {
    int version = Integer.parseInt(text("SHOW server_version_num"));
    if (version < VERSION_MIN) {
      throw new StoreException(
          "the PostgreSQL server has version %d, 15 or newer is needed"
              .formatted(version / 10_000));
    }
    String encoding = text("SHOW server_encoding");
    if (!encoding.equals("UTF8")) {
      throw new StoreException(
          "the database has encoding "
              + encoding
              + ", UTF8 is needed: CREATE DATABASE … ENCODING UTF8");
    }
    if (text("SELECT pg_is_in_recovery()").equals("t")) {
      throw new StoreException(
          "the PostgreSQL server is a standby: store.url must name the primary");
    }
    requireOurs();
    requireTrigrams();
    if (text("SHOW fsync").equals("off")) {
      log.warn("PostgreSQL has fsync = off: what is acknowledged may be lost with its machine");
    }
    writer.commit();
  }

  private void requireOurs() throws SQLException {
    boolean foreign =
        text("""
        SELECT to_regclass('schema_version') IS NULL AND EXISTS (
          SELECT 1 FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace)\
        """)
            .equals("t");
    if (foreign) {
      throw new StoreException(
          "the database has tables that are not Parley's: give it a database of its own");
    }
  }

  /// Sequences of letters come from an extension, and what a letter is from the database's locale:
  /// under the locale C nothing but ASCII is one.
  private void requireTrigrams() throws SQLException {
    try (Statement statement = writer.createStatement()) {
      statement.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm");
    } catch (SQLException e) {
      throw new StoreException(
          "the extension pg_trgm cannot be made (%s): an administrator of the database must, by CREATE EXTENSION pg_trgm"
              .formatted(e.getMessage()),
          e);
    }
    if (text("SELECT array_length(show_trgm('\u804a\u5929\u8f6f\u4ef6'), 1) IS NULL").equals("t")) {
      throw new StoreException(
          "the database's LC_CTYPE is %s, under which Chinese is not searched: create it with LC_CTYPE C.UTF-8 or another of UTF-8"
              .formatted(
                  text("SELECT datctype FROM pg_database WHERE datname = current_database()")));
    }
  }

  private String text(String sql) throws SQLException {
    try (Statement statement = writer.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      String value = row.getString(1);
      return value == null ? "" : value;
    }
  }
}
