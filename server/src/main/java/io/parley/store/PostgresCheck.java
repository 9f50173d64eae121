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

  /// "parley" and a number: see [Postgres].
  private static final long TRIED_LOCK = 0x7061726c_65790004L;

  private static final String TRY_LOCK =
      "SELECT pg_try_advisory_xact_lock(%d)".formatted(TRIED_LOCK);

  private final Connection writer;
  private final Connection other;

  /// @param other a second connection, which auto-commits
  PostgresCheck(Connection writer, Connection other) {
    this.writer = writer;
    this.other = other;
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
    requireLocks();
    requireTrigrams();
    if (text("SHOW fsync").equals("off")) {
      log.warn("PostgreSQL has fsync = off: what is acknowledged may be lost with its machine");
    }
    writer.commit();
  }

  /// Servers take turns by a lock, which some engines of the same protocol accept and do not have.
  private void requireLocks() throws SQLException {
    // Where another server that starts has it, nobody here gets it either.
    if (text(writer, TRY_LOCK).equals("t") && text(other, TRY_LOCK).equals("t")) {
      throw new StoreException(
          "the database has no advisory locks that exclude each other, without which nothing is"
              + " safe in it: PostgreSQL itself is needed");
    }
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
    return text(writer, sql);
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      String value = row.getString(1);
      return value == null ? "" : value;
    }
  }
}
