package io.parley.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What the program imports is declared by it: what only comes along with something else may go
/// with
/// its next version.
class DependenciesTest {
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import (?:static )?([a-z]\\w*(?:\\.[a-z]\\w*)*\\.[A-Z]\\w*)[\\w.]*;");
  private static final Pattern ARTIFACT = Pattern.compile("<artifactId>([^<]+)</artifactId>");

  @Test
  void librariesThatAreImported_areDeclared() throws IOException {
    Set<String> declared = new TreeSet<>();
    for (String module : new String[] {"server", "api"}) {
      Matcher artifact =
          ARTIFACT.matcher(Files.readString(Sources.ROOT.resolve(module).resolve("pom.xml")));
      while (artifact.find()) {
        declared.add(artifact.group(1));
      }
    }
    Map<String, String> missing = new TreeMap<>();
    int seen = 0;
    for (Path file : Sources.java()) {
      if (!file.startsWith(Sources.ROOT.resolve("server/src/main"))) {
        continue;
      }
      Matcher imported = IMPORT.matcher(Files.readString(file));
      while (imported.find()) {
        String artifact = artifact(imported.group(1));
        if (!artifact.isEmpty()) {
          seen++;
          if (!declared.contains(artifact)) {
            missing.put(artifact, Sources.ROOT.relativize(file) + ": " + imported.group(1));
          }
        }
      }
    }
    assertEquals(Map.of(), missing, "declare it in server/pom.xml, its version in pom.xml");
    assertTrue(seen > 300, "only " + seen + " imports were seen");
  }

  /// Of the library that a class comes from; empty for those of the JDK and our own.
  private static String artifact(String name) {
    if (name.startsWith("io.parley.") || name.startsWith("java")) {
      return "";
    }
    try {
      CodeSource source =
          Class.forName(name, false, DependenciesTest.class.getClassLoader())
              .getProtectionDomain()
              .getCodeSource();
      URL place = source == null ? null : source.getLocation();
      return place == null
          ? ""
          : Path.of(place.getPath()).getFileName().toString().replaceFirst("-\\d.*$", "");
    } catch (ClassNotFoundException e) {
      throw new AssertionError(name, e);
    }
  }
}
