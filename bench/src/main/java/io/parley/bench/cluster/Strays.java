package io.parley.bench.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Processes of a cluster whose `cluster.json` is gone: every part has its folder in its command
/// line.
final class Strays {
  private static final Duration WITHIN = Duration.ofSeconds(10);

  private Strays() {}

  /// Those that work on `dir`, by `ps`.
  static List<Long> of(Path dir) {
    String all = Shell.run(List.of("ps", "-axww", "-o", "pid=,args="), Map.of(), WITHIN);
    return in(all, dir, ProcessHandle.current().pid());
  }

  /// Those in a list of numbers and command lines; never `self`, nor a part of PostgreSQL, which
  /// ends with its server.
  static List<Long> in(String list, Path dir, long self) {
    return list.lines()
        .map(String::strip)
        .filter(line -> serves(line, dir.toString()))
        .map(line -> Long.parseLong(line.substring(0, line.indexOf(' '))))
        .filter(pid -> pid != self)
        .toList();
  }

  private static boolean serves(String line, String dir) {
    return line.contains(" -D " + dir + "/postgres-")
        || line.contains(" " + dir + "/bus/bus.conf")
        || line.contains(" --data " + dir + "/node-")
        || (line.contains(" part ") && line.endsWith(" --dir " + dir));
  }

  /// Ends them: PostgreSQL takes SIGTERM for a wait until everybody has gone, so that all are ended
  /// as they are when the power fails, which none of them minds.
  static void end(List<Long> pids) {
    for (long pid : pids) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    }
    if (!Shell.await(() -> pids.stream().noneMatch(Strays::lives), WITHIN)) {
      pids.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }
  }

  private static boolean lives(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}
