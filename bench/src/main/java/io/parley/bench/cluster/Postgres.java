package io.parley.bench.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One PostgreSQL server of a cluster: a primary, or a standby that follows one.
final class Postgres {
  /// The database, and the role that owns it.
  static final String PARLEY = "parley";

  private static final Duration QUESTION = Duration.ofSeconds(10);
  private static final Duration WORK = Duration.ofMinutes(2);
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(60);
  private static final String ROLE_FILE = "parley-role.conf";
  private static final String SETTINGS =
      """

      # Written by ./parley cluster up.
      listen_addresses = '127.0.0.1'
      unix_socket_directories = ''
      max_connections = 200
      shared_buffers = 128MB
      max_wal_size = 1GB
      wal_level = replica
      wal_keep_size = 256MB
      max_wal_senders = 5
      hot_standby = on
      synchronous_commit = on
      include_if_exists '%s'
      """
          .formatted(ROLE_FILE);

  private final String name;
  private final Path data;
  private final Path made;
  private final State state;
  private final Processes processes;
  private final Programs programs;

  Postgres(String name, Path dir, State state, Processes processes, Programs programs) {
    this.name = name;
    this.data = dir.resolve(name);
    this.made = dir.resolve(name + ".made");
    this.state = state;
    this.processes = processes;
    this.programs = programs;
  }

  String name() {
    return name;
  }

  int port() {
    return state.layout().port(name);
  }

  /// Makes an empty primary with the database, and starts it.
  void found() {
    clear();
    // The C library's C.UTF-8 knows Chinese letters; macOS has it under a country's name only.
    boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
    Path password = data.resolveSibling(name + ".password");
    try {
      Folders.writeSecret(password, state.layout().secret());
      Owner.give(password);
      List<String> init =
          List.of(
              programs.postgres("initdb"),
              "-D",
              data.toString(),
              "-U",
              PARLEY,
              "--auth=scram-sha-256",
              "--pwfile=" + password,
              mac ? "--locale=en_US.UTF-8" : "--locale=C.UTF-8",
              "--encoding=UTF8");
      Shell.run(Owner.as(init), Map.of(), WORK);
      Files.writeString(data.resolve("postgresql.conf"), SETTINGS, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      password.toFile().delete();
    }
    start();
    sql("postgres", "CREATE DATABASE " + PARLEY);
    make();
  }

  /// Copies the primary and follows it from then on.
  void follow(Postgres primary) {
    clear();
    String source =
        "host=127.0.0.1 port=%d user=%s password=%s application_name=%s"
            .formatted(primary.port(), PARLEY, state.layout().secret(), quoted());
    List<String> copy =
        List.of(
            programs.postgres("pg_basebackup"),
            "-d",
            source,
            "-D",
            data.toString(),
            "-X",
            "stream",
            "-c",
            "fast",
            "-R");
    Shell.run(Owner.as(copy), Map.of(), WORK);
    role("");
    start();
    make();
  }

  /// Names with a dash must be quoted where PostgreSQL lists them; the plain form needs none.
  private String quoted() {
    return name.replace('-', '_');
  }

  private void clear() {
    Folders.delete(data);
    try {
      Files.deleteIfExists(made);
      Folders.make(data);
      Owner.give(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether it was made to the end: one that was interrupted is begun anew.
  boolean made() {
    return Files.exists(made);
  }

  private void make() {
    try {
      Files.writeString(made, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether it is set up to follow another.
  boolean follows() {
    return made() && Files.exists(data.resolve("standby.signal"));
  }

  void start() {
    List<String> command =
        List.of(
            programs.postgres("postgres"), "-D", data.toString(), "-p", Integer.toString(port()));
    processes.start(name, Owner.as(command), Map.of());
    if (!Shell.await(() -> !processes.alive(name) || answers(), START) || !answers()) {
      throw new IllegalStateException(name + " does not start:\n" + processes.lastWords(name));
    }
  }

  boolean alive() {
    return processes.alive(name);
  }

  boolean answers() {
    if (!alive()) {
      return false;
    }
    try {
      return sql("postgres", "SELECT 1").strip().equals("1");
    } catch (IllegalStateException e) {
      return false;
    }
  }

  boolean recovering() {
    return sql("postgres", "SELECT pg_is_in_recovery()").strip().equals("t");
  }

  /// Commits wait for `standby` from now on.
  void requireStandby(Postgres standby) {
    role("synchronous_standby_names = 'ANY 1 (%s)'\n".formatted(standby.quoted()));
    sql("postgres", "SELECT pg_reload_conf()");
    if (!Shell.await(() -> followers().contains("quorum"), START)) {
      throw new IllegalStateException(
          standby.name() + " does not follow:\n" + processes.lastWords(standby.name()));
    }
  }

  /// How those that follow it do: `streaming quorum`, a line each.
  String followers() {
    try {
      return sql("postgres", "SELECT state || ' ' || sync_state FROM pg_stat_replication").strip();
    } catch (IllegalStateException e) {
      return "";
    }
  }

  private void role(String text) {
    try {
      Path file = data.resolve(ROLE_FILE);
      Files.writeString(file, text);
      Owner.give(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Makes a standby the primary, which waits for nobody until it is told to.
  void promote() {
    pgCtl("promote");
    if (!Shell.await(() -> answers() && !recovering(), START)) {
      throw new IllegalStateException(name + " is not promoted:\n" + processes.lastWords(name));
    }
  }

  /// Ends it in order: connections are cut, what is committed is on disk.
  void stop() {
    processes.stop(name, "INT", STOP);
  }

  /// Ends it at once, as a power cut does.
  void crash() {
    pgCtl("stop", "-m", "immediate");
    processes.awaitEnd(name, STOP);
  }

  private void pgCtl(String... words) {
    List<String> command = new ArrayList<>(List.of(programs.postgres("pg_ctl")));
    command.addAll(List.of(words));
    command.addAll(List.of("-D", data.toString(), "-w"));
    Shell.run(Owner.as(command), Map.of(), WORK);
  }

  /// What a statement answers, as text.
  String sql(String database, String statement) {
    List<String> command =
        List.of(
            programs.postgres("psql"),
            "-h",
            "127.0.0.1",
            "-p",
            Integer.toString(port()),
            "-U",
            PARLEY,
            "-d",
            database,
            "-X",
            "-A",
            "-t",
            "-c",
            statement);
    Map<String, String> env =
        Map.of("PGPASSWORD", state.layout().secret(), "PGCONNECT_TIMEOUT", "3");
    return Shell.run(command, env, QUESTION);
  }
}
