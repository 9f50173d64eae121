package io.parley.bench.subject;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.IntFunction;

/// Fills a data folder that no server has yet, through `./parley import users`.
public final class Seeding {
  private Seeding() {}

  /// Writes `count` rows under `header` to `file`.
  public static void write(Path file, String header, int count, IntFunction<String> row) {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(header);
      for (int i = 0; i < count; i++) {
        out.write('\n');
        out.write(row.apply(i));
      }
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Imports `file` into `data` and returns how long that took, start and stop included. Its
  /// progress goes to stderr.
  public static Duration load(Path file, Path data) {
    String launcher = System.getenv("PARLEY_LAUNCHER");
    if (launcher == null || launcher.isEmpty()) {
      throw new IllegalStateException("PARLEY_LAUNCHER does not name the launcher");
    }
    try {
      long start = System.nanoTime();
      Process process =
          new ProcessBuilder(
                  launcher, "import", "users", file.toString(), "--data", data.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      Thread killer = new Thread(process::destroy);
      Runtime.getRuntime().addShutdownHook(killer);
      int code = process.waitFor();
      Runtime.getRuntime().removeShutdownHook(killer);
      if (code != 0) {
        throw new IllegalStateException("the import failed");
      }
      return Duration.ofNanos(System.nanoTime() - start);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
