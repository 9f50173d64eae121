package io.parley.bench.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The processes of one cluster. They outlive this one, and are known again by their number and
/// the moment they began.
final class Processes {
  private static final long SAME_MS = 2_000;
  private static final Duration KILLED_WITHIN = Duration.ofSeconds(10);
  private static final int LAST_WORDS = 20;

  private final Path dir;
  private final State state;
  private final boolean sessions;

  Processes(Path dir, State state, Programs programs) {
    this.dir = dir;
    this.state = state;
    sessions = programs.has("setsid");
  }

  /// Where a part says what it has to say.
  Path log(String name) {
    return dir.resolve(name + ".log");
  }

  /// Starts a part, in a session of its own where the system has them: a Ctrl-C or the end of a
  /// terminal are not for it.
  void start(String name, List<String> command, Map<String, String> env) {
    List<String> words = new ArrayList<>(sessions ? List.of("setsid") : List.of());
    words.addAll(command);
    try {
      ProcessBuilder builder =
          new ProcessBuilder(words)
              .directory(dir.toFile())
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log(name).toFile()));
      builder.environment().putAll(env);
      Process process = builder.start();
      long began =
          process
              .info()
              .startInstant()
              .map(Instant::toEpochMilli)
              .orElse(Instant.now().toEpochMilli());
      state.started(name, new State.Started(process.pid(), began));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + command.getFirst(), e);
    }
  }

  /// The number of the process that runs as `name`; 0: none does.
  long pid(String name) {
    return handle(name).map(ProcessHandle::pid).orElse(0L);
  }

  boolean alive(String name) {
    return handle(name).isPresent();
  }

  private Optional<ProcessHandle> handle(String name) {
    State.Started known = state.started(name);
    return known == null
        ? Optional.empty()
        : ProcessHandle.of(known.pid())
            .filter(Processes::runs)
            .filter(handle -> began(handle, known.startedMs()));
  }

  private static boolean began(ProcessHandle handle, long startedMs) {
    return handle
        .info()
        .startInstant()
        .map(instant -> Math.abs(instant.toEpochMilli() - startedMs) < SAME_MS)
        .orElse(true);
  }

  /// Whether it does anything. One that has ended keeps its number until whoever started it has
  /// asked how, on some machines for good.
  static boolean runs(ProcessHandle process) {
    if (!process.isAlive()) {
      return false;
    }
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      // The state follows the program's name, which may hold anything.
      return !stat.startsWith(") Z", stat.lastIndexOf(')'));
    } catch (IOException e) {
      // Gone meanwhile, or a system that has other ways to tell.
      return process.isAlive();
    }
  }

  /// Sends a signal, by its name without SIG, to what runs as `name`.
  void signal(String name, String signal) {
    long pid = pid(name);
    if (pid != 0) {
      try {
        Shell.run(
            List.of("kill", "-" + signal, Long.toString(pid)), Map.of(), Duration.ofSeconds(5));
      } catch (IllegalStateException e) {
        if (alive(name)) {
          throw e;
        }
      }
    }
  }

  /// Asks with a signal, waits, and kills what has not ended by then.
  void stop(String name, String signal, Duration within) {
    signal(name, signal);
    awaitEnd(name, within);
  }

  /// Waits for an end that was asked for, and kills what has not ended by then.
  void awaitEnd(String name, Duration within) {
    if (!Shell.await(() -> !alive(name), within)) {
      signal(name, "KILL");
      if (!Shell.await(() -> !alive(name), KILLED_WITHIN)) {
        throw new IllegalStateException(name + " cannot be ended, process " + pid(name));
      }
    }
    state.stopped(name);
  }

  /// The end of a part's log, to show when it fails.
  String lastWords(String name) {
    try {
      List<String> lines = Files.readAllLines(log(name));
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size()));
    } catch (IOException e) {
      return "no log: " + e.getMessage();
    }
  }
}
