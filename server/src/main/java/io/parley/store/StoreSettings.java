package io.parley.store;

import java.nio.file.Path;
import java.time.Duration;

/// Where the records are and how the engine is spoken to.
///
/// @param url `sqlite`: the file `parley.db` in `dir`; or `jdbc:postgresql://host:port/database`,
///     with several hosts where one of them is the primary, and with the driver's parameters
/// @param user whom PostgreSQL knows the program as; empty: as the URL or the driver say
/// @param password empty: as the URL, the driver or a password file say
/// @param connections connections to PostgreSQL that callers read on at the same time
/// @param connectTimeout how long PostgreSQL may take to answer at all
/// @param statementTimeout how long one statement may take in PostgreSQL
/// @param lockTimeout how long one statement may wait for a lock in PostgreSQL
public record StoreSettings(
    String url,
    String user,
    String password,
    int connections,
    Duration connectTimeout,
    Duration statementTimeout,
    Duration lockTimeout) {
  public static final String SQLITE = "sqlite";

  /// How a URL of PostgreSQL begins.
  public static final String POSTGRESQL = "jdbc:postgresql:";

  /// The embedded engine, which has no further settings.
  public static StoreSettings sqlite() {
    return new StoreSettings(SQLITE, "", "", 1, Duration.ZERO, Duration.ZERO, Duration.ZERO);
  }

  Dialect dialect(Path dir) {
    if (url.equals(SQLITE)) {
      return new Sqlite(dir.resolve("parley.db"));
    }
    if (url.startsWith(POSTGRESQL)) {
      return new Postgres(this);
    }
    throw new StoreException("store.url: neither sqlite nor jdbc:postgresql://…");
  }

  /// The URL without what may be secret in it.
  String shown() {
    int parameters = url.indexOf('?');
    return parameters < 0 ? url : url.substring(0, parameters);
  }

  /// Without the password: it may end up in a log.
  @Override
  public String toString() {
    return "StoreSettings[url=" + shown() + ", user=" + user + "]";
  }
}
