package io.parley.valkey;

import io.parley.base.Clock;
import io.parley.base.Node;
import io.parley.harness.Program;
import io.parley.harness.TestServer;
import io.parley.harness.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A server of Debian's `redis-server` as a child of the test, on a free loopback port, which keeps
/// nothing on disk.
public final class RedisProcess implements AutoCloseable {
  private final Path dir;
  private final int port;
  private final List<String> flags;
  private Process process;

  private RedisProcess(Path dir, int port, List<String> flags) {
    this.dir = dir;
    this.port = port;
    this.flags = flags;
    this.process = launch();
  }

  /// `flags`: as the program takes them, such as `--requirepass`, `secret`.
  public static RedisProcess start(Path dir, String... flags) {
    return new RedisProcess(dir, TestServer.freePort(), List.of(flags));
  }

  public int port() {
    return port;
  }

  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  /// The bus of node `number` of an installation called `test`.
  public ValkeyBus bus(int number) {
    return new ValkeyBus(
        new ValkeyBus.Settings(url(), "test", Duration.ofSeconds(1), 1_000),
        new Node(number, 1),
        Clock.SYSTEM);
  }

  private Process launch() {
    List<String> command = new ArrayList<>(List.of("redis-server"));
    // A file comes first.
    List<String> rest = new ArrayList<>(flags);
    if (!rest.isEmpty() && !rest.getFirst().startsWith("--")) {
      command.add(rest.removeFirst());
    }
    command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
    if (!rest.contains("--sentinel")) {
      command.addAll(List.of("--save", "", "--appendonly", "no", "--dir", dir.toString()));
    }
    command.addAll(rest);
    Process fresh;
    try {
      fresh =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(dir.resolve("redis-" + port + ".log").toFile())
              .start();
    } catch (IOException e) {
      throw new AssertionError("needs the program redis-server on PATH", e);
    }
    Waiting.until(() -> answers(fresh));
    return fresh;
  }

  private boolean answers(Process fresh) {
    if (!fresh.isAlive()) {
      throw new AssertionError(log());
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private String log() {
    try {
      return Files.readString(dir.resolve("redis-" + port + ".log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Ends it at once; what it had is gone.
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// After [#kill], at the same port.
  public void startAgain() {
    process = launch();
  }

  /// Stands still, with all its connections open.
  public void pause() {
    signal("-STOP");
  }

  public void goOn() {
    signal("-CONT");
  }

  private void signal(String name) {
    run("kill", name, Long.toString(process.pid()));
  }

  /// What `redis-cli` prints for these words.
  public String command(String... words) {
    List<String> command =
        new ArrayList<>(List.of("redis-cli", "-p", Integer.toString(port), "--no-auth-warning"));
    command.addAll(List.of(words));
    return run(command.toArray(new String[0]));
  }

  private String run(String... command) {
    try {
      return Program.run(dir, List.of(command)).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
