package io.parley.bench.subject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A temporary folder for a server's data, removed at the end and when the generator is
/// interrupted.
public final class WorkFolder implements AutoCloseable {
  private final Path path;
  private final Thread remover = new Thread(this::remove);

  /// Makes a folder inside `parent`.
  public WorkFolder(Path parent) {
    try {
      Files.createDirectories(parent);
      path = Files.createTempDirectory(parent, "parley-bench-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().addShutdownHook(remover);
  }

  /// The server's data directory; the server makes it.
  public Path data() {
    return path.resolve("data");
  }

  /// The kind of file system (`ext4`, `tmpfs` …): on tmpfs a durable write costs nothing and its
  /// figures mean little.
  public String fileSystem() {
    try {
      return Files.getFileStore(path).type();
    } catch (IOException e) {
      return "unknown";
    }
  }

  @Override
  public void close() {
    remove();
    Runtime.getRuntime().removeShutdownHook(remover);
  }

  private void remove() {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(path)) {
      List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      System.err.println("bench: " + path + " is left behind: " + e.getMessage());
    }
  }
}
