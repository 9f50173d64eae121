package io.parley.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a power cut does to files whose content or name was not synced, by the notes that
/// server/src/test/c/powercut.c made of them.
final class LostNames {
  /// A name that is only in memory. `from`: what the file was called before; null for a folder that
  /// was made.
  private record Fresh(@Nullable Path from, Path name) {}

  private final List<Fresh> fresh = new ArrayList<>();
  private final Set<Path> unsynced = new TreeSet<>();

  private LostNames() {}

  /// Plays the notes of `log` back and removes them.
  static void undo(Path log) throws IOException {
    if (!Files.exists(log)) {
      return;
    }
    LostNames lost = new LostNames();
    Files.readAllLines(log).forEach(lost::note);
    for (Fresh each : lost.fresh.reversed()) {
      lost.takeBack(each);
    }
    for (Path file : lost.unsynced) {
      if (Files.isRegularFile(file)) {
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
            .close();
      }
    }
    Files.delete(log);
  }

  private void note(String line) {
    String[] words = line.split(" ");
    Path path = Path.of(words[1]);
    switch (words[0]) {
      case "w" -> unsynced.add(path);
      case "s" -> unsynced.remove(path);
      case "m" -> fresh.add(new Fresh(null, path));
      case "d" -> fresh.removeIf(each -> path.equals(each.name().getParent()));
      case "r" -> {
        Path to = Path.of(words[2]);
        fresh.add(new Fresh(path, to));
        if (unsynced.remove(path)) {
          unsynced.add(to);
        }
      }
      default -> throw new IllegalStateException(line);
    }
  }

  private void takeBack(Fresh lost) throws IOException {
    Path from = lost.from();
    if (!Files.exists(lost.name())) {
      return;
    }
    if (from != null) {
      Files.move(lost.name(), from);
      return;
    }
    try (Stream<Path> all = Files.walk(lost.name())) {
      all.sorted(Comparator.reverseOrder()).forEach(LostNames::delete);
    }
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
