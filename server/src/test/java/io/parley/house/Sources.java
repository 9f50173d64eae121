package io.parley.house;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The project's own files, for tests that judge them.
final class Sources {
  /// The folder that holds the parent pom. Tests run in their module's folder.
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private Sources() {}

  /// Every hand-written Java file.
  static List<Path> java() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String module : List.of("server", "bench")) {
      for (String tree : List.of("main", "test")) {
        Path dir = ROOT.resolve(module).resolve("src").resolve(tree).resolve("java");
        if (Files.isDirectory(dir)) {
          files.addAll(under(dir, ".java"));
        }
      }
    }
    return files;
  }

  /// Every text file that git keeps or would; without git's folder, every one outside `target`.
  static List<Path> tracked() throws IOException, InterruptedException {
    Process git =
        new ProcessBuilder("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
            .directory(ROOT.toFile())
            .start();
    String names = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    List<Path> all =
        git.waitFor() == 0
            ? Stream.of(names.split("\0")).map(ROOT::resolve).filter(Files::isRegularFile).toList()
            : under(ROOT, "").stream().filter(Files::isRegularFile).toList();
    return all.stream()
        .filter(file -> !file.toString().contains("/target/"))
        .filter(Sources::isText)
        .toList();
  }

  /// By its name.
  static boolean isText(Path file) {
    return !file.toString().matches(".*\\.(?:png|jpe?g|gif|webp|woff2?|gz|zip|ico|mp[34]|wav|pdf)");
  }

  static List<Path> under(Path dir, String suffix) throws IOException {
    try (Stream<Path> walk = Files.walk(dir)) {
      return walk.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }
}
