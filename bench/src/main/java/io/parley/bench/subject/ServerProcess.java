package io.parley.bench.subject;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One `parley serve` child on free ports. Stopped by [#close()], and also when the generator is
/// interrupted.
public final class ServerProcess implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofMinutes(2);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(15);
  private static final String READY = "parley ready";

  private final Process process;
  private final URI url;
  private final Path log;
  private final long execNanos;
  private final CompletableFuture<Long> readyNanos = new CompletableFuture<>();
  private final Thread killer;

  private ServerProcess(Process process, URI url, Path log, long execNanos) {
    this.process = process;
    this.url = url;
    this.log = log;
    this.execNanos = execNanos;
    killer = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(killer);
    var unused = Thread.ofVirtual().start(this::readOutput);
  }

  /// Runs the launcher with `--data data` and the given `key=value` settings; returns at once.
  /// Messages of the server go to `server.log` beside its data.
  public static ServerProcess start(Path data, List<String> settings) {
    return start(data, settings, "");
  }

  /// The same with flags for its JVM, on top of the launcher's.
  public static ServerProcess start(Path data, List<String> settings, String javaOptions) {
    String launcher = launcher();
    int port = freePort();
    List<String> command = new ArrayList<>(List.of(launcher, "serve", "--port", "" + port));
    command.addAll(List.of("--management-port", "" + freePort(), "--data", data.toString()));
    settings.forEach(setting -> command.addAll(List.of("--set", setting)));
    try {
      Path log = data.resolveSibling("server.log");
      long now = System.nanoTime();
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
      if (!javaOptions.isEmpty()) {
        builder.environment().put("PARLEY_JAVA_OPTS", javaOptions);
      }
      Process process = builder.start();
      process.getOutputStream().close();
      return new ServerProcess(process, URI.create("http://127.0.0.1:" + port), log, now);
    } catch (IOException e) {
      throw new IllegalStateException("cannot run " + launcher + ": " + e.getMessage(), e);
    }
  }

  /// Runs another command of the launcher on `data` and waits; what it says goes to stderr.
  public static void run(Path data, List<String> settings, String... words) {
    List<String> command = new ArrayList<>(List.of(launcher()));
    command.addAll(List.of(words));
    command.addAll(List.of("--data", data.toString()));
    settings.forEach(setting -> command.addAll(List.of("--set", setting)));
    try {
      Process process = new ProcessBuilder(command).inheritIO().start();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + " failed with " + process.exitValue());
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot run " + command + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static String launcher() {
    String launcher = System.getenv("PARLEY_LAUNCHER");
    if (launcher == null || launcher.isEmpty()) {
      throw new IllegalStateException(
          "PARLEY_LAUNCHER does not name the launcher: start with ./parley bench, or give --url");
    }
    return launcher;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException("no free port", e);
    }
  }

  private void readOutput() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(READY)) {
          readyNanos.complete(System.nanoTime());
        }
      }
      readyNanos.completeExceptionally(new IOException("the server ended"));
    } catch (IOException e) {
      readyNanos.completeExceptionally(e);
    }
  }

  /// Waits for the line `parley ready` and returns the time from exec to it.
  public Duration awaitReady() {
    try {
      return Duration.ofNanos(
          readyNanos.get(READY_WITHIN.toSeconds(), TimeUnit.SECONDS) - execNanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "the server did not get ready; its last words:\n" + lastWords(), e);
    }
  }

  private String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    } catch (IOException e) {
      return "none: " + e.getMessage();
    }
  }

  /// Where it listens.
  public URI url() {
    return url;
  }

  /// The process id of the server's JVM: the launcher replaces itself with it.
  public long pid() {
    return process.pid();
  }

  /// System.nanoTime just before exec.
  public long execNanos() {
    return execNanos;
  }

  /// Whether it still runs.
  public boolean alive() {
    return process.isAlive();
  }

  /// Asks it to end, waits, and kills it if it does not.
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        System.err.println(
            "bench: the server did not stop within " + STOP_WITHIN.toSeconds() + " s; killed");
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(killer);
    } catch (IllegalStateException e) {
      // already shutting down: the hook runs anyway
    }
  }
}
