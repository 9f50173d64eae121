package io.parley.harness;

import io.parley.base.Clock;
import io.parley.store.Db;
import io.parley.store.StoreSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/// A PostgreSQL server of the tests' own: started when the first test needs one, on a free port, in
/// a temporary folder, and gone with the process. It does not sync; what tests of durability need
/// is a server of their own, made with [#start].
public final class TestPostgres implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static @Nullable TestPostgres shared;

  private final Path dir;
  private final int port;
  private final List<String> settings;
  private @Nullable Process process;

  private TestPostgres(Path dir, int port, List<String> settings) {
    this.dir = dir;
    this.port = port;
    this.settings = settings;
  }

  /// Where the records of the data folder `dir` are: a database of the shared server, made when
  /// first asked for.
  public static synchronized StoreSettings of(Path dir) {
    TestPostgres server = shared;
    if (server == null) {
      server = start("fsync=off", "full_page_writes=off", "max_connections=300");
      server.execute("CREATE DATABASE parley_template");
      Db.open(server.settings("parley_template"), dir, TestLimits.defaults()).close();
      shared = server;
    }
    String name = "t" + HexFormat.of().toHexDigits(dir.toAbsolutePath().toString().hashCode());
    if (!server.has(name)) {
      server.execute("CREATE DATABASE " + name + " TEMPLATE parley_template STRATEGY file_copy");
    }
    return server.settings(name);
  }

  /// Starts a server of the caller's own. `settings`: as in postgresql.conf.
  public static TestPostgres start(String... settings) {
    // Whoever kills test processes, as `./parley mutate` does, would leave servers behind.
    Assumptions.assumeTrue(
        !"false".equals(System.getProperty("parley.test.postgresql")), "not on PostgreSQL");
    try {
      Path dir = Files.createTempDirectory("parley-postgres-");
      TestPostgres server = new TestPostgres(dir, TestServer.freePort(), List.of(settings));
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      server.init();
      server.begin();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// How `database` of this server is reached.
  public StoreSettings settings(String database) {
    return settings(database, port);
  }

  /// The same through something that listens on `throughPort`.
  public StoreSettings settings(String database, int throughPort) {
    return new StoreSettings(
        "jdbc:postgresql://127.0.0.1:" + throughPort + "/" + database,
        "parley",
        "",
        8,
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofSeconds(5));
  }

  public int port() {
    return port;
  }

  /// Runs a statement as the owner of everything.
  public void execute(String sql) {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /// The number in the first column of the first row, as the owner of everything sees it.
  public long number(String sql) {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /// A connection to look around with.
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(settings(database).url(), "parley", "");
  }

  private boolean has(String database) {
    return number("SELECT count(*) FROM pg_database WHERE datname = '" + database + "'") > 0;
  }

  /// Ends it at once, as a power cut does, and starts it again.
  public void crash() {
    Process running = process;
    if (running == null) {
      throw new IllegalStateException("not running");
    }
    stop("immediate");
    begin();
  }

  /// Ends it at once; [#begin] starts it again.
  public void stop(String mode) {
    run(List.of(program("pg_ctl"), "stop", "-D", data(), "-m", mode, "-w"));
    process = null;
  }

  public void begin() {
    List<String> command = new ArrayList<>(asOwner());
    command.addAll(List.of(program("postgres"), "-D", data(), "-p", Integer.toString(port)));
    command.addAll(List.of("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="));
    command.addAll(List.of("-c", "shared_buffers=64MB", "-c", "max_wal_size=256MB"));
    settings.forEach(setting -> command.addAll(List.of("-c", setting)));
    try {
      process =
          new ProcessBuilder(command)
              .directory(dir.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(dir.resolve("log").toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // What it recovers is synced first, file by file, however busy the disk is.
    long until = Clock.SYSTEM.nanos() + START.toNanos();
    while (!answers()) {
      if (Clock.SYSTEM.nanos() > until) {
        throw new IllegalStateException("PostgreSQL did not start: " + dir.resolve("log"));
      }
      Clock.SYSTEM.sleep(Duration.ofMillis(20));
    }
  }

  private boolean answers() {
    try (Connection connection = connect("postgres")) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  private void init() throws IOException {
    if (isRoot()) {
      // The server refuses to run as root.
      run(List.of("chown", "postgres", dir.toString()));
    }
    run(
        List.of(
            program("initdb"),
            "-D",
            data(),
            "-U",
            "parley",
            "-A",
            "trust",
            "--locale=C.UTF-8",
            "--encoding=UTF8",
            "--no-sync"));
  }

  private String data() {
    return dir.resolve("data").toString();
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static List<String> asOwner() {
    return isRoot()
        ? List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups")
        : List.of();
  }

  private void run(List<String> line) {
    List<String> command = new ArrayList<>();
    if (!line.getFirst().equals("chown")) {
      command.addAll(asOwner());
    }
    command.addAll(line);
    try {
      Path log = words();
      Process process =
          new ProcessBuilder(command)
              .directory(dir.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(command + "\n" + Files.readString(log));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// What the programs said; beside the folder, which is not theirs to write into yet.
  private Path words() {
    return dir.resolveSibling(dir.getFileName() + ".log");
  }

  /// Debian keeps them off the path, a folder for each version.
  private static String program(String name) {
    Path versions = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(versions)) {
      try (Stream<Path> all = Files.list(versions)) {
        Path newest = all.sorted().toList().getLast().resolve("bin").resolve(name);
        if (Files.isExecutable(newest)) {
          return newest.toString();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return name;
  }

  @Override
  public void close() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
    }
    try (Stream<Path> all = Files.walk(dir)) {
      for (Path file : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(words());
    } catch (IOException | UncheckedIOException e) {
      // A temporary folder.
    }
  }
}
