package io.parley.bench.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Whom PostgreSQL runs as: it refuses to be root, so that root's clusters have it run as the
/// system's `postgres`.
final class Owner {
  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
  private static final Duration WITHIN = Duration.ofSeconds(10);

  private Owner() {}

  /// The command as that user.
  static List<String> as(List<String> command) {
    if (!ROOT) {
      return command;
    }
    List<String> words =
        new ArrayList<>(
            List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
    words.addAll(command);
    return words;
  }

  /// Makes a file or folder that user's.
  static void give(Path path) {
    if (ROOT) {
      Shell.run(List.of("chown", "postgres:", path.toString()), Map.of(), WITHIN);
    }
  }

  /// Fails where that user cannot come to `dir`.
  static void requireWayTo(Path dir) {
    if (!ROOT) {
      return;
    }
    try {
      Shell.run(as(List.of("test", "-x", dir.toString())), Map.of(), WITHIN);
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          "PostgreSQL does not run as root, and the user postgres cannot come to "
              + dir
              + ": choose another folder with --dir, or be another user",
          e);
    }
  }
}
