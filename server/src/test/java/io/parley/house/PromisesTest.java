package io.parley.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What docs/SECURITY.md promises, and what its promises lean on.
class PromisesTest {
  private static final Path SECURITY = Sources.ROOT.resolve("docs/SECURITY.md");
  private static final Pattern NAMED = Pattern.compile("`(\\w+Test)(?:\\.(\\w+))?`");
  private static final Pattern PATH = Pattern.compile("`((?:[\\w.-]+/)+[\\w.-]+)`");
  private static final Pattern IS_TEST =
      Pattern.compile("@(?:Test|ParameterizedTest|RepeatedTest|TestFactory)\\b");

  @Test
  void everyTestThatIsNamed_exists() throws IOException {
    Map<String, String> tests = tests();
    List<String> wrong = new ArrayList<>();
    for (Path doc : List.of(SECURITY, Sources.ROOT.resolve("docs/ASVS.md"))) {
      if (Files.exists(doc)) {
        wrong.addAll(missing(Files.readString(doc), tests));
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void everyPromise_namesWhatProvesIt() throws IOException {
    List<String> rows = promised();
    assertTrue(rows.size() > 50, "the table was not found: " + rows.size());
    assertEquals(List.of(), rows.stream().filter(row -> !isProved(row)).toList());
  }

  /// The counter-test: a promise without a test, and a test that is not there, are noticed.
  @Test
  void inventedTests_areNoticed() throws IOException {
    assertTrue(!isProved("| Nothing is ever lost | the transcripts, socket tests |"));
    Map<String, String> tests = tests();
    assertEquals(List.of("DreamTest"), missing("`DreamTest`", tests));
    assertEquals(
        List.of("PromisesTest.thisIsNone"),
        missing("`PromisesTest.thisIsNone`, `PromisesTest.inventedTests_areNoticed`", tests));
    // A method that only sets tests up proves nothing.
    assertEquals(List.of("PromisesTest.tests"), missing("`PromisesTest.tests`", tests));
  }

  private static boolean isProved(String row) {
    String[] cells = row.split("(?<!\\\\)\\|");
    String proof = cells.length < 3 ? "" : cells[2];
    return NAMED.matcher(proof).find() || PATH.matcher(proof).find();
  }

  private static List<String> missing(String text, Map<String, String> tests) {
    List<String> missing = new ArrayList<>();
    Matcher named = NAMED.matcher(text);
    while (named.find()) {
      String source = tests.get(named.group(1));
      String method = named.group(2);
      if (source == null) {
        missing.add(named.group(1));
      } else if (method != null && !hasTest(source, method)) {
        missing.add(named.group(1) + "." + method);
      }
    }
    return missing;
  }

  private static boolean hasTest(String source, String method) {
    Matcher declared = Pattern.compile("\\bvoid " + method + "\\(").matcher(source);
    while (declared.find()) {
      // Annotations stand between the method and the blank line above it.
      String before = source.substring(0, declared.start());
      String own = before.substring(Math.max(0, before.lastIndexOf("\n\n")));
      if (IS_TEST.matcher(own).find()) {
        return true;
      }
    }
    // An architecture rule is a field.
    return Pattern.compile("ArchRule " + method + "\\b").matcher(source).find();
  }

  private static List<String> promised() throws IOException {
    String all = Files.readString(SECURITY);
    int from = all.indexOf("## Promised");
    int to = all.indexOf("\n## ", from + 1);
    return Stream.of(all.substring(from, to).split("\n"))
        .filter(line -> line.startsWith("| "))
        .filter(line -> !line.startsWith("| promise |"))
        .toList();
  }

  /// Source by simple class name.
  private static Map<String, String> tests() throws IOException {
    Map<String, String> tests = new HashMap<>();
    for (Path file : Sources.java()) {
      String name = file.getFileName().toString();
      if (file.toString().contains("/src/test/") && name.endsWith("Test.java")) {
        tests.put(name.substring(0, name.length() - ".java".length()), Files.readString(file));
      }
    }
    return tests;
  }
}
