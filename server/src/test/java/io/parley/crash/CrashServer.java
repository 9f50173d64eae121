package io.parley.crash;

import io.parley.harness.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A server in a process of its own that can be killed, with or without the power going too.
final class CrashServer {
  private final Path dir;
  private final Map<String, String> environment;
  final int port = TestServer.freePort();
  private final int managementPort = TestServer.freePort();
  private Process process;

  CrashServer(Path dir) throws IOException, InterruptedException {
    this(dir, power(dir));
  }

  /// `flag`: one more of the virtual machine.
  CrashServer(Path dir, String flag) throws IOException {
    this(dir, Map.of("JDK_JAVA_OPTIONS", flag));
  }

  private static Map<String, String> power(Path dir) throws IOException, InterruptedException {
    return Map.of(
        "LD_PRELOAD",
        Shim.build("powercut").toString(),
        "POWERCUT_NAMES",
        dir.resolve("names.undo").toString());
  }

  CrashServer(Path dir, Map<String, String> environment) throws IOException {
    this.dir = dir;
    this.environment = environment;
    process = launch(Map.of());
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /// SIGKILL: the process gets no chance to do anything; what it wrote to files stays written.
  void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the server survived SIGKILL");
    }
  }

  /// What [#kill] leaves, less everything that was not synced.
  void cutPower() throws IOException, InterruptedException {
    kill();
    for (String file : List.of("parley.db", "parley.db-wal")) {
      Path undo = dir.resolve(file + ".undo");
      if (Files.exists(undo)) {
        playBack(undo, dir.resolve(file));
        Files.delete(undo);
      }
    }
    Files.deleteIfExists(dir.resolve("parley.db-shm"));
    LostNames.undo(dir.resolve("names.undo"));
  }

  void start() throws IOException {
    process = launch(Map.of());
  }

  /// A server whose syncs count for nothing when the power is cut.
  void startWithoutSync() throws IOException {
    process = launch(Map.of("POWERCUT_IGNORE_SYNC", "1"));
  }

  /// What `/readyz` or `/healthz` answers.
  int health(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + managementPort + path);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
    return Client.HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private Process launch(Map<String, String> more) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "io.parley.command.Main",
            "serve",
            "--data",
            dir.toString(),
            "--port",
            Integer.toString(port),
            "--management-port",
            Integer.toString(managementPort),
            "--set",
            "security.throttle=off",
            "--set",
            "security.refuse_common_passwords=false",
            "--set",
            "limits.password_chars_min=6",
            "--set",
            "security.argon2.memory_kib=8",
            "--set",
            "security.argon2.iterations=1");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.environment().putAll(more);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(dir.resolve("stderr.log").toFile()));
    Process started = builder.start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    if (line == null || !line.startsWith("parley ready")) {
      throw new IOException(
          "the server did not start: " + line + "\n" + Files.readString(dir.resolve("stderr.log")));
    }
    return started;
  }

  private record Note(long offset, long sizeBefore, byte[] old) {}

  private static void playBack(Path undo, Path file) throws IOException {
    ByteBuffer notes = ByteBuffer.wrap(Files.readAllBytes(undo)).order(ByteOrder.nativeOrder());
    List<Note> list = new ArrayList<>();
    while (notes.remaining() >= 24) {
      long offset = notes.getLong();
      int length = (int) notes.getLong();
      long size = notes.getLong();
      if (notes.remaining() < length) {
        break; // The kill came before this note was whole, so before its write.
      }
      byte[] old = new byte[length];
      notes.get(old);
      list.add(new Note(offset, size, old));
    }
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (Note note : list.reversed()) {
        int kept = Math.clamp(note.sizeBefore() - note.offset(), 0, note.old().length);
        ByteBuffer old = ByteBuffer.wrap(note.old(), 0, kept);
        long at = note.offset();
        while (old.hasRemaining()) {
          at += out.write(old, at);
        }
        out.truncate(note.sizeBefore());
      }
    }
  }
}
