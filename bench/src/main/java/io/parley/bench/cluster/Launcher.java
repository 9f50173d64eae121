package io.parley.bench.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How programs of this project are started.
final class Launcher {
  private Launcher() {}

  /// The launcher, `./parley`.
  static String path() {
    String launcher = System.getenv("PARLEY_LAUNCHER");
    if (launcher == null || launcher.isEmpty()) {
      throw new IllegalStateException(
          "PARLEY_LAUNCHER does not name the launcher: start with ./parley cluster");
    }
    return launcher;
  }

  /// A part of the cluster that is a program of this module.
  static List<String> part(String name, Path dir) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            ClusterCommand.class.getName(),
            "part",
            name,
            "--dir",
            dir.toString()));
    return command;
  }
}
