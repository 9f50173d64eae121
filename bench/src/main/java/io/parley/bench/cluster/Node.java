package io.parley.bench.cluster;

import io.parley.bench.net.Backend;
import io.parley.bench.report.Json;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One server of a cluster: a `./parley serve` on a folder and ports of its own.
public final class Node {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration STOP = Duration.ofSeconds(30);

  private final int number;
  private final Path folder;
  private final State state;
  private final Processes processes;
  private final Routes routes;

  Node(int number, Path dir, State state, Processes processes, Routes routes) {
    this.number = number;
    this.folder = dir.resolve(Layout.node(number));
    this.state = state;
    this.processes = processes;
    this.routes = routes;
  }

  /// `node-1` …
  public String name() {
    return Layout.node(number);
  }

  /// Its place among the nodes, from 1.
  public int number() {
    return number;
  }

  /// Where it serves.
  public URI url() {
    return URI.create("http://127.0.0.1:" + state.layout().port(name()));
  }

  Backend backend() {
    return new Backend(state.layout().port(name()), state.layout().port(Layout.management(number)));
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Path keys() {
    return data().resolve("keys");
  }

  /// Gives it the secrets of another, as far as it has none.
  void takeKeys(Node other) {
    Folders.make(folder);
    Folders.make(data());
    Folders.copyMissing(other.keys(), keys());
  }

  /// Whether its process runs.
  public boolean alive() {
    return processes.alive(name());
  }

  /// Whether it runs and says that it takes traffic.
  public boolean ready() {
    return alive() && backend().ready();
  }

  /// The process, 0 if none.
  public long pid() {
    return processes.pid(name());
  }

  /// Starts it; returns at once.
  public void start() {
    start(List.of(), Map.of());
  }

  /// The same under another command (`faketime …`) and with further variables.
  public void start(List<String> under, Map<String, String> env) {
    Folders.make(folder);
    Path settings = folder.resolve("parley.yaml");
    // JSON is YAML.
    Folders.writeSecret(settings, Json.write(settings()) + "\n");
    List<String> command = new ArrayList<>(under);
    command.add(Launcher.path());
    command.addAll(List.of("serve", "--config", settings.toString(), "--data", data().toString()));
    state.layout().settings().forEach(setting -> command.addAll(List.of("--set", setting)));
    processes.start(name(), command, env);
  }

  /// Waits until it is ready; fails, with its last words, when it ended or takes too long.
  public void awaitReady() {
    if (!Shell.await(() -> !alive() || ready(), START) || !alive()) {
      throw new IllegalStateException(
          name() + " does not get ready:\n" + processes.lastWords(name()));
    }
  }

  private Map<String, Object> settings() {
    Layout layout = state.layout();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put(
        "server",
        Map.of(
            "port", layout.port(name()),
            "management_port", layout.port(Layout.management(number)),
            "public_url", "http://127.0.0.1:" + layout.port(Layout.BALANCER)));
    List<String> hosts =
        layout.databases().stream().map(part -> "127.0.0.1:" + route(part)).toList();
    all.put(
        "store",
        Map.of(
            "url",
            "jdbc:postgresql://" + String.join(",", hosts) + "/" + Postgres.PARLEY,
            "user",
            Postgres.PARLEY,
            "password",
            layout.secret()));
    if (layout.bus()) {
      String url = "redis://default:%s@127.0.0.1:%d".formatted(layout.secret(), route(Layout.BUS));
      all.put("bus", Map.of("url", url));
    }
    if (layout.s3()) {
      String url =
          "s3://%s?endpoint=http://127.0.0.1:%d&path_style=true"
              .formatted(S3Server.BUCKET, route(Layout.S3));
      all.put(
          "media",
          Map.of(
              "url", url, "s3_access_key", S3Server.ACCESS_KEY, "s3_secret_key", layout.secret()));
    }
    return all;
  }

  private int route(String part) {
    return routes.port(number, part, state.layout().port(part));
  }

  /// Asks it to drain and end.
  public void terminate() {
    processes.signal(name(), "TERM");
  }

  /// Waits for the end that it was asked for.
  public void awaitEnd() {
    processes.awaitEnd(name(), STOP);
  }

  /// Ends it at once.
  public void kill() {
    processes.stop(name(), "KILL", STOP);
  }

  /// Stops its processor time: it neither runs nor ends.
  public void pause() {
    processes.signal(name(), "STOP");
  }

  /// Lets it run again.
  public void resume() {
    processes.signal(name(), "CONT");
  }

  /// The end of what it said.
  public String lastWords() {
    return processes.lastWords(name());
  }

  boolean hasKeys() {
    return Files.isDirectory(keys());
  }
}
