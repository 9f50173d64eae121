package io.parley.bench.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where the programs are that a cluster runs.
final class Programs {
  private static final int POSTGRES_MIN = 15;

  private final List<Path> path;
  private final List<Path> databases;

  /// Those of this machine.
  Programs() {
    this(
        onPath(),
        postgresFolders(List.of("/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt")));
  }

  /// `path`: folders that are searched for everything, after `databases` for PostgreSQL's.
  Programs(List<Path> path, List<Path> databases) {
    this.path = path;
    this.databases = databases;
  }

  /// Fails, with what to install, when something is missing.
  void require(Layout layout) {
    List<String> missing = new ArrayList<>();
    if (find(databases, "postgres") == null && find(path, "postgres") == null) {
      missing.add(
          "PostgreSQL "
              + POSTGRES_MIN
              + " or newer (apt-get install postgresql; brew install postgresql@17)");
    }
    if (layout.bus() && bus() == null) {
      missing.add(
          "Valkey or Redis 7 or newer (apt-get install valkey-server, or redis-server; brew install"
              + " valkey), or --no-bus");
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException("this machine needs " + String.join(", and ", missing));
    }
  }

  /// A program of PostgreSQL, all of one version.
  String postgres(String name) {
    Path found = find(databases, name);
    if (found == null) {
      found = find(path, name);
    }
    return found == null ? name : found.toString();
  }

  /// The server of the bus; null where none is installed.
  @Nullable String bus() {
    for (String name : List.of("valkey-server", "redis-server")) {
      Path found = find(path, name);
      if (found != null) {
        return found.toString();
      }
    }
    return null;
  }

  /// Whether a program is on the path.
  boolean has(String name) {
    return find(path, name) != null;
  }

  private static @Nullable Path find(List<Path> folders, String name) {
    return folders.stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  private static List<Path> onPath() {
    String value = System.getenv("PATH");
    return value == null ? List.of() : Stream.of(value.split(":", -1)).map(Path::of).toList();
  }

  /// Debian and Homebrew keep a folder for each version; the newest comes first.
  static List<Path> postgresFolders(List<String> parents) {
    record Found(int version, Path folder) {}
    List<Found> found = new ArrayList<>();
    for (String parent : parents) {
      if (!Files.isDirectory(Path.of(parent))) {
        continue;
      }
      try (Stream<Path> versions = Files.list(Path.of(parent))) {
        for (Path folder : versions.toList()) {
          String name = folder.getFileName().toString().replace("postgresql@", "");
          if (name.matches("[0-9]{1,3}") && Files.isDirectory(folder.resolve("bin"))) {
            found.add(new Found(Integer.parseInt(name), folder.resolve("bin")));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return found.stream()
        .filter(each -> each.version() >= POSTGRES_MIN)
        .sorted(Comparator.comparingInt(Found::version).reversed())
        .map(Found::folder)
        .toList();
  }
}
