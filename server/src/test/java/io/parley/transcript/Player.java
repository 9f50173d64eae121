package io.parley.transcript;

import io.parley.transcript.Transcript.Entry;
import io.parley.transcript.Transcript.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Plays one transcript against a fresh server.
final class Player implements AutoCloseable {
  private final Transcript transcript;
  private final Scope scope = new Scope();
  private final Stage stage;
  private final HttpSteps http;
  private final GrpcSteps grpc;
  private final SocketSteps sockets;

  private Player(Transcript transcript, Path dir, Exchanges exchanges) {
    this.transcript = transcript;
    stage = new Stage(dir, transcript.server(), scope);
    http = new HttpSteps(stage, scope, exchanges);
    grpc = new GrpcSteps(stage, scope, exchanges);
    sockets = new SocketSteps(stage, scope, exchanges);
  }

  /// @throws AssertionError naming file, line, what was expected and what came
  static void play(Transcript transcript, Path dir, Exchanges exchanges) {
    try (Player player = new Player(transcript, dir, exchanges)) {
      transcript.steps().forEach(player::step);
    }
  }

  private void step(Step step) {
    try {
      switch (step.keyword()) {
        case "http" -> http.play(step);
        case "grpc" -> grpc.unary(step);
        case "stream" -> grpc.stream(step);
        case "socket" -> sockets.play(step);
        case "run" -> run(step);
        case "clock" -> stage.advance(Duration.parse("PT" + step.arguments()));
        case "sql" -> stage.sql(step.arguments());
        case "restart" -> {
          leave();
          stage.server();
        }
        case "set" -> {
          String[] pair = step.arguments().split("=", 2);
          scope.put(pair[0].strip(), scope.expand(pair[1].strip()));
        }
        default -> throw new Mismatch("no step is called " + step.keyword());
      }
    } catch (IOException | RuntimeException e) {
      throw new AssertionError(
          "%s:%d: %s %s%n%s"
              .formatted(
                  transcript.name(),
                  step.line(),
                  step.keyword(),
                  step.arguments(),
                  e instanceof Mismatch ? e.getMessage() : e.toString()),
          e);
    }
  }

  private void run(Step step) {
    leave();
    List<Entry> expected = step.expected();
    boolean exits = !expected.isEmpty() && expected.getFirst().text().startsWith("exit ");
    int exit = exits ? Integer.parseInt(expected.getFirst().text().substring(5)) : 0;
    String printed = stage.command(scope.expand(step.arguments()).split("\\s+"), exit);
    for (Entry entry : expected.subList(exits ? 1 : 0, expected.size())) {
      if (printed.lines().noneMatch(line -> scope.matches(entry.text(), line))) {
        throw new Mismatch(entry.text(), printed);
      }
    }
  }

  private void leave() {
    grpc.close();
    sockets.close();
    stage.close();
  }

  @Override
  public void close() {
    leave();
  }
}
