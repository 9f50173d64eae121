package io.parley.cluster;

import io.parley.harness.TestPostgres;
import io.parley.harness.TestServer;
import io.parley.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/// Whole servers over one database; their data folders are in `dir`, and the first is `one`.
record Fleet(Path dir) {
  /// What differs between the servers is their data folder; the keys in it are the same.
  TestServer start(String name, Map<String, String> more) throws IOException {
    Path own = dir.resolve(name);
    Path keys = dir.resolve("one/keys");
    if (Files.isDirectory(keys) && !Files.exists(own)) {
      Files.createDirectories(own.resolve("keys"));
      try (Stream<Path> all = Files.list(keys)) {
        for (Path key : all.toList()) {
          Files.copy(key, own.resolve("keys").resolve(key.getFileName()));
        }
      }
    }
    return TestServer.start(own, flags(more));
  }

  Map<String, String> flags(Map<String, String> more) {
    StoreSettings store = TestPostgres.of(dir);
    Map<String, String> flags = new HashMap<>(more);
    flags.put("store.url", store.url());
    flags.put("store.user", store.user());
    return flags;
  }

  /// A connection of the test's own.
  Connection behind() throws SQLException {
    StoreSettings store = TestPostgres.of(dir);
    return DriverManager.getConnection(store.url(), store.user(), "");
  }
}
