package io.parley.bench.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The Valkey or Redis of a cluster. It keeps nothing on disk, as `docs/OPERATIONS.md` says it may.
final class BusServer {
  private static final Duration START = Duration.ofSeconds(20);
  private static final Duration STOP = Duration.ofSeconds(10);
  private static final int ANSWER_MS = 1_000;

  private final Path folder;
  private final State state;
  private final Processes processes;
  private final Programs programs;

  BusServer(Path dir, State state, Processes processes, Programs programs) {
    this.folder = dir.resolve(Layout.BUS);
    this.state = state;
    this.processes = processes;
    this.programs = programs;
  }

  private int port() {
    return state.layout().port(Layout.BUS);
  }

  void start() {
    String program = programs.bus();
    if (program == null) {
      throw new IllegalStateException("no Valkey or Redis is installed");
    }
    Folders.make(folder);
    Path settings = folder.resolve("bus.conf");
    // Its password is in the file, where the list of processes does not show it.
    Folders.writeSecret(
        settings,
        """
        bind 127.0.0.1
        port %d
        requirepass %s
        save ""
        appendonly no
        set-proc-title no
        dir "%s"
        """
            .formatted(port(), state.layout().secret(), folder));
    processes.start(Layout.BUS, List.of(program, settings.toString()), Map.of());
    if (!Shell.await(() -> !processes.alive(Layout.BUS) || answers(), START) || !answers()) {
      throw new IllegalStateException(
          "the bus does not start:\n" + processes.lastWords(Layout.BUS));
    }
  }

  boolean answers() {
    if (!processes.alive(Layout.BUS)) {
      return false;
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), ANSWER_MS);
      socket.setSoTimeout(ANSWER_MS);
      String question = "AUTH " + state.layout().secret() + "\r\nPING\r\n";
      socket.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
      String expected = "+OK\r\n+PONG\r\n";
      byte[] answer = socket.getInputStream().readNBytes(expected.length());
      return new String(answer, StandardCharsets.US_ASCII).equals(expected);
    } catch (IOException e) {
      return false;
    }
  }

  void kill() {
    processes.stop(Layout.BUS, "KILL", STOP);
  }

  void stop() {
    processes.stop(Layout.BUS, "TERM", STOP);
  }
}
