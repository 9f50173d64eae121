package io.parley.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.WeakHashMap;
import org.postgresql.Driver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL server, of version 15 or newer. Commits are durable there, and on the standbys that
/// it was told to wait for, before they return.
///
/// Texts are compared by their code points, whatever the locale of the database, so names sort and
/// are found by their beginnings as they are in the embedded engine; only searching within texts
/// takes the locale's word for what a letter is, which [PostgresCheck] looks at.
final class Postgres implements Dialect {
  private static final Logger log = LoggerFactory.getLogger(Postgres.class);
  private static final int ROWS_AT_ONCE = 500;

  /// "parley" and a number: one of the locks that programs agree on. Who holds it may write.
  private static final long TURN_LOCK = 0x7061726c_65790002L;

  /// Who holds it may change tables.
  private static final long SCHEMA_LOCK = 0x7061726c_65790003L;

  /// Both in one round trip. The marks are read by a statement of its own, which begins when the
  /// turn has come: it sees what the last turn left.
  private static final String TAKE_TURN =
      "SELECT pg_advisory_xact_lock(%d); ".formatted(TURN_LOCK) + Tx.NEWEST;

  private static final String SHARE_TURN =
      "SELECT pg_advisory_xact_lock_shared(%d); ".formatted(TURN_LOCK) + Tx.SETTLED;

  /// Times `store.lock_timeout_s`.
  private static final int SCHEMA_TRIES = 60;

  /// A program that stops within its turn, because it hangs or was cut off, loses it.
  private static final Duration IDLE_TURN = Duration.ofSeconds(5);

  private static final String CONNECTION_FAILURE = "08006";
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String READ_ONLY = "25006";
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String QUERY_CANCELED = "57014";

  /// Every statement looks rows up by keys, and its plan is kept: one that was made while the table
  /// was small, and reads all of it, must not be. Where there is no other plan it looks so costly
  /// then that PostgreSQL would compile it each time, for 50 ms.
  private static final String BY_KEYS = " -c enable_seqscan=off -c jit=off";

  /// The writer's never join many rows either.
  private static final String FEW_ROWS =
      BY_KEYS + " -c enable_hashjoin=off -c enable_mergejoin=off";

  private final StoreSettings settings;

  /// Of the parameters of statements that NULL was bound to.
  private final Map<PreparedStatement, int[]> types =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final Map<Connection, PreparedStatement> taking =
      Collections.synchronizedMap(new WeakHashMap<>());
  private final Map<Connection, PreparedStatement> sharing =
      Collections.synchronizedMap(new WeakHashMap<>());

  Postgres(StoreSettings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return "postgresql";
  }

  /// A text index is a table with an index of all sequences of three letters or digits, which LIKE
  /// uses by itself.
  @Override
  public String ddl(String sql) {
    return sql.replaceAll(
            "CREATE TEXT INDEX (\\w+)",
            """
            CREATE TABLE $1 (rowid BIGINT NOT NULL PRIMARY KEY, text TEXT NOT NULL);
            CREATE INDEX $1_trigrams ON $1 USING gin (text gin_trgm_ops)\
            """)
        .replaceAll("\\bTEXT\\b(?! INDEX)", "TEXT COLLATE \"C\"");
  }

  @Override
  public void check(Connection writer) throws SQLException {
    try (Connection other = openReader()) {
      new PostgresCheck(writer, other).run();
    }
  }

  @Override
  public Connection openWriter() throws SQLException {
    Connection connection =
        open(
            "-c synchronous_commit=on -c idle_in_transaction_session_timeout=%d"
                    .formatted(IDLE_TURN.toMillis())
                + FEW_ROWS);
    try {
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public long takeTurn(Connection writer) throws SQLException {
    return turn(writer, taking, TAKE_TURN);
  }

  @Override
  public long shareTurn(Connection writer) throws SQLException {
    return turn(writer, sharing, SHARE_TURN);
  }

  private static long turn(Connection writer, Map<Connection, PreparedStatement> turns, String sql)
      throws SQLException {
    PreparedStatement statement = turns.get(writer);
    if (statement == null) {
      statement = writer.prepareStatement(sql);
      turns.put(writer, statement);
    }
    statement.execute();
    statement.getMoreResults();
    try (ResultSet mark = statement.getResultSet()) {
      mark.next();
      return mark.getLong(1);
    }
  }

  @Override
  public void alone(Connection writer, Migrating change) throws SQLException {
    try (Statement statement = writer.createStatement()) {
      lockSchema(writer, statement);
      try {
        change.run();
      } finally {
        writer.rollback();
        statement.execute("SELECT pg_advisory_unlock(%d)".formatted(SCHEMA_LOCK));
        writer.commit();
      }
    }
  }

  /// Another server may be at it for long, and one that was killed is soon gone for PostgreSQL.
  private void lockSchema(Connection writer, Statement statement) throws SQLException {
    for (int tries = 1; ; tries++) {
      try {
        statement.execute("SELECT pg_advisory_lock(%d)".formatted(SCHEMA_LOCK));
        writer.commit();
        return;
      } catch (SQLException e) {
        writer.rollback();
        if (!isBusy(e)) {
          throw e;
        }
        if (tries == SCHEMA_TRIES) {
          throw new StoreException(
              "another Parley has been changing the tables of this database, or moving records, for"
                  + " minutes",
              e);
        }
        if (tries == 1) {
          log.warn("waiting for another Parley that brings the database up to date");
        }
      }
    }
  }

  @Override
  public Connection openReader() throws SQLException {
    Connection connection = open(BY_KEYS);
    // Not as an option of the connection: the driver would take the server for a standby.
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET default_transaction_read_only = on");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private Connection open(String options) throws SQLException {
    Properties properties = new Properties();
    set(properties, "user", settings.user());
    set(properties, "password", settings.password());
    properties.setProperty("ApplicationName", "parley");
    properties.setProperty("targetServerType", "primary");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("connectTimeout", seconds(settings.connectTimeout().toMillis()));
    properties.setProperty("loginTimeout", seconds(2 * settings.connectTimeout().toMillis()));
    // A server that does not even cancel what takes too long is gone.
    properties.setProperty(
        "socketTimeout",
        seconds(settings.statementTimeout().plus(settings.connectTimeout()).toMillis()));
    // Of many INSERTs at once the driver makes one.
    properties.setProperty("reWriteBatchedInserts", "true");
    // Every statement is kept and used again.
    properties.setProperty("prepareThreshold", "1");
    properties.setProperty("preparedStatementCacheQueries", "0");
    properties.setProperty(
        "options",
        "%s -c statement_timeout=%d -c lock_timeout=%d -c client_min_messages=warning"
            .formatted(
                options,
                settings.statementTimeout().toMillis(),
                settings.lockTimeout().toMillis()));
    Connection connection = new Driver().connect(settings.url(), properties);
    if (connection == null) {
      throw new SQLException("not a URL of PostgreSQL: " + settings.shown());
    }
    return connection;
  }

  private static void set(Properties properties, String key, String value) {
    if (!value.isEmpty()) {
      properties.setProperty(key, value);
    }
  }

  private static String seconds(long millis) {
    return Long.toString(Math.max(1, (millis + 999) / 1000));
  }

  @Override
  public boolean isRemote() {
    return true;
  }

  @Override
  public String held() {
    return " FOR NO KEY UPDATE";
  }

  @Override
  public String clock() {
    return "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)";
  }

  @Override
  public int readers() {
    return settings.connections();
  }

  @Override
  public int rowsAtOnce() {
    return ROWS_AT_ONCE;
  }

  /// With the type of the parameter: a statement is prepared anew for each other combination of
  /// types.
  @Override
  public void bindNull(PreparedStatement statement, int at) throws SQLException {
    statement.setNull(at, typesOf(statement)[at - 1]);
  }

  private int[] typesOf(PreparedStatement statement) throws SQLException {
    int[] known = types.get(statement);
    if (known != null) {
      return known;
    }
    // Asks the server, each time that it is called.
    ParameterMetaData all = statement.getParameterMetaData();
    int[] asked = new int[all.getParameterCount()];
    for (int i = 0; i < asked.length; i++) {
      asked[i] = all.getParameterType(i + 1);
    }
    types.put(statement, asked);
    return asked;
  }

  /// A wait for the standby that was cut off ends well, with a warning.
  @Override
  public void commit(Connection writer) throws SQLException {
    writer.clearWarnings();
    writer.commit();
    SQLWarning warning = writer.getWarnings();
    if (warning != null) {
      throw new SQLException(
          "committed, but perhaps not on the standby: " + warning.getMessage(), CONNECTION_FAILURE);
    }
  }

  @Override
  public boolean isDuplicateKey(SQLException e) {
    return UNIQUE_VIOLATION.equals(e.getSQLState());
  }

  /// Deadlock, serialization, a lock that was not had in time, a statement that took too long.
  @Override
  public boolean isBusy(SQLException e) {
    return switch (state(e)) {
      case "40P01", "40001", LOCK_NOT_AVAILABLE, QUERY_CANCELED -> true;
      default -> false;
    };
  }

  /// The connection, the server's resources, the server being stopped, its disk, its files; and a
  /// primary that is none any more.
  @Override
  public boolean isBroken(SQLException e, boolean reads) {
    String state = state(e);
    if (state.equals(READ_ONLY)) {
      return !reads;
    }
    return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
      case "", "08", "53", "58", "XX", "F0" -> true;
      case "57" -> !state.equals(QUERY_CANCELED);
      default -> false;
    };
  }

  private static String state(SQLException e) {
    String state = e.getSQLState();
    return state == null ? "" : state;
  }

  @Override
  public void backup(Connection reader, Path file) {
    throw new StoreException(
        "the records are in PostgreSQL: back them up with pg_dump, or pg_basebackup and an archive"
            + " of its log");
  }
}
