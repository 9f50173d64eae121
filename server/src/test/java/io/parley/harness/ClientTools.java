package io.parley.harness;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The tools that make and check clients: npm packages at the versions of
/// `server/src/test/clients/package-lock.json`, jars at the versions of the parent pom. They are
/// fetched by the first test that needs them, into `server/target/clients`.
public final class ClientTools {
  /// Where the sources of the test clients are.
  public static final Path SOURCES = Path.of("src/test/clients").toAbsolutePath();

  /// Where everything is put together.
  public static final Path FOLDER = Path.of("target/clients").toAbsolutePath();

  private static final List<String> NPM =
      List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");

  private ClientTools() {}

  /// Runs a program of the npm packages in `dir`; what it prints is the answer.
  ///
  /// @throws AssertionError if npm or the network is missing, or the program fails
  public static String npm(Path dir, String program, String... arguments) throws IOException {
    install();
    Path programs = FOLDER.resolve("node_modules/.bin");
    List<String> command = new ArrayList<>(List.of(programs.resolve(program).toString()));
    command.addAll(List.of(arguments));
    // Programs that start others of them look there.
    String path = programs + File.pathSeparator + System.getenv("PATH");
    return Program.run(dir, Map.of("PATH", path), command);
  }

  private static synchronized void install() throws IOException {
    Path lock = SOURCES.resolve("package-lock.json");
    // Written last, so that what was broken off is begun anew.
    Path installed = FOLDER.resolve("installed.json");
    if (Files.exists(installed) && Files.mismatch(installed, lock) < 0) {
      return;
    }
    Files.createDirectories(FOLDER);
    for (String name : List.of("package.json", "package-lock.json")) {
      Files.copy(SOURCES.resolve(name), FOLDER.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    try {
      Program.run(FOLDER, NPM);
    } catch (AssertionError e) {
      throw new AssertionError(
          "tests of clients need npm (Node.js 20 or newer) and its registry: " + e.getMessage(), e);
    }
    Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
  }

  /// The jar of an artifact, at the version that a property of the parent pom gives.
  ///
  /// @throws AssertionError if Maven or the network is missing
  public static synchronized Path jar(String group, String artifact, String property)
      throws IOException {
    String version = version(property);
    Path jar = FOLDER.resolve("jars").resolve(artifact + "-" + version + ".jar");
    if (Files.exists(jar)) {
      return jar;
    }
    try {
      Program.run(
          Path.of("..").toAbsolutePath(),
          List.of(
              "mvn",
              "-B",
              "-q",
              "-N",
              "dependency:copy",
              "-Dartifact=" + group + ":" + artifact + ":" + version,
              "-DoutputDirectory=" + jar.getParent()));
    } catch (AssertionError e) {
      throw new AssertionError(
          "tests of clients need Maven and its repository: " + e.getMessage(), e);
    }
    return jar;
  }

  /// A folder for one of the test clients below [#FOLDER], where it finds the packages, with its
  /// own sources and nothing of an earlier run in it.
  public static Path client(Path work, String client) throws IOException {
    Path to = work.resolve(client);
    if (Files.exists(to)) {
      try (Stream<Path> old = Files.walk(to)) {
        for (Path each : old.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(SOURCES.resolve(client))) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    Files.copy(
        SOURCES.resolve("tsconfig.json"),
        work.resolve("tsconfig.json"),
        StandardCopyOption.REPLACE_EXISTING);
    return to;
  }

  private static String version(String property) throws IOException {
    Matcher found =
        Pattern.compile("<" + Pattern.quote(property) + ">([^<]+)<")
            .matcher(Files.readString(Path.of("../pom.xml")));
    if (!found.find()) {
      throw new AssertionError("pom.xml has no property " + property);
    }
    return found.group(1);
  }
}
