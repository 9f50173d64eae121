package io.parley.harness;

import io.parley.store.StoreSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/// Which engine whole servers are tested on: SQLite, or PostgreSQL where the environment has
/// `PARLEY_TEST_STORE=postgresql`.
public final class TestStore {
  private static final boolean POSTGRESQL =
      System.getenv().getOrDefault("PARLEY_TEST_STORE", "sqlite").equals("postgresql");

  private TestStore() {}

  /// Where the records of the data folder `dir` are.
  public static StoreSettings settings(Path dir) {
    return POSTGRESQL ? TestPostgres.of(dir) : StoreSettings.sqlite();
  }

  /// The settings of a server whose data folder is `dir`.
  static Map<String, String> keys(Path dir) {
    if (!POSTGRESQL) {
      return Map.of();
    }
    StoreSettings store = TestPostgres.of(dir);
    return Map.of("store.url", store.url(), "store.user", store.user());
  }

  /// A connection behind the back of the server whose data folder is `dir`.
  public static Connection connect(Path dir) throws SQLException {
    if (POSTGRESQL) {
      StoreSettings store = TestPostgres.of(dir);
      return DriverManager.getConnection(store.url(), store.user(), "");
    }
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + dir + "/parley.db");
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 5000");
    }
    return connection;
  }
}
