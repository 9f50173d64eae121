package io.parley.command;

import io.parley.DataDir;
import io.parley.config.Config;
import io.parley.store.Db;
import io.parley.store.StoreSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// A copy of the records and keys in a folder of their own beside the data folder, for trying out
/// what a command would do. It needs as much room as the records take, is its owner's alone, and is
/// deleted by [#close].
final class Rehearsal implements AutoCloseable {
  private final Path dir;

  private Rehearsal(Path dir) {
    this.dir = dir;
  }

  /// Copies; where there are no records yet the copy is empty.
  ///
  /// @throws Config.Invalid if the records are where they cannot be copied from
  /// @throws DataDir.InUse if a server has the data folder: what would be taken then changes
  static Rehearsal of(Config config) throws IOException {
    if (!config.store().url().equals(StoreSettings.SQLITE)) {
      throw new Config.Invalid(
          "--dry-run works on a copy, which is made of records in SQLite only; restore a dump of"
              + " the database elsewhere and import into that");
    }
    Path data = config.data().path().toAbsolutePath();
    Files.createDirectories(data.getParent());
    Rehearsal copy = new Rehearsal(Files.createTempDirectory(data.getParent(), "parley-dry-run-"));
    try {
      if (Files.exists(data.resolve("parley.db"))) {
        try (DataDir held = DataDir.open(data)) {
          Db.copy(config.store().settings(), held.path(), copy.dir.resolve("parley.db"));
          copyKeys(data.resolve("keys"), copy.dir.resolve("keys"));
        }
      }
      return copy;
    } catch (IOException | RuntimeException e) {
      copy.close();
      throw e;
    }
  }

  private static void copyKeys(Path from, Path to) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    Files.createDirectory(to);
    try (var keys = Files.newDirectoryStream(from)) {
      for (Path key : keys) {
        Files.copy(key, to.resolve(key.getFileName()));
      }
    }
  }

  String dir() {
    return dir.toString();
  }

  @Override
  public void close() {
    try {
      Files.walkFileTree(
          dir,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failed)
                throws IOException {
              Files.delete(folder);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
