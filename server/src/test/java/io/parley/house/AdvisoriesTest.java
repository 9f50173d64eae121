package io.parley.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What is bundled, against the advisories that the repository knows.
class AdvisoriesTest {
  private static final Path LIST = Sources.ROOT.resolve("server/src/test/resources/advisories.txt");
  private static final Pattern JAR = Pattern.compile("([\\w.-]+?)-(\\d[\\w.]*)(?:-[\\w-]+)?\\.jar");

  private record Advisory(String artifact, String fixedIn, String id) {}

  @Test
  void nothingThatIsBundled_isBelowAKnownFix() throws IOException {
    Map<String, String> bundled = bundled();
    List<Advisory> list = advisories();
    assertTrue(list.size() > 40, "the list is empty");
    assertEquals(List.of(), open(list, bundled));
  }

  /// A line for an artifact that is not there, or is misspelled, would watch over nothing.
  @Test
  void everyAdvisory_isOfAnArtifactThatIsBundled() throws IOException {
    Map<String, String> bundled = bundled();
    assertEquals(
        List.of(),
        advisories().stream()
            .map(Advisory::artifact)
            .filter(artifact -> !bundled.containsKey(artifact))
            .toList());
  }

  /// The counter-test: the comparison finds a version that is one too low, and that only.
  @Test
  void aVersionBelowItsFix_isFound() {
    List<Advisory> list = List.of(new Advisory("a", "2.21.10.Final", "CVE-1"));
    for (String low : List.of("2.21.9.Final", "2.3", "1.99.99", "2.21")) {
      assertEquals(1, open(list, Map.of("a", low)).size(), low);
    }
    for (String fixed : List.of("2.21.10.Final", "2.21.10.1", "2.22", "10.0.0")) {
      assertEquals(List.of(), open(list, Map.of("a", fixed)), fixed);
    }
  }

  private static List<String> open(List<Advisory> advisories, Map<String, String> bundled) {
    List<String> open = new ArrayList<>();
    for (Advisory each : advisories) {
      String version = bundled.get(each.artifact);
      if (version != null && below(version, each.fixedIn)) {
        open.add(each + ", bundled is " + version);
      }
    }
    return open;
  }

  private static boolean below(String version, String fixedIn) {
    List<Integer> have = numbers(version);
    List<Integer> need = numbers(fixedIn);
    for (int i = 0; i < Math.max(have.size(), need.size()); i++) {
      int difference = at(have, i) - at(need, i);
      if (difference != 0) {
        return difference < 0;
      }
    }
    return false;
  }

  private static int at(List<Integer> numbers, int i) {
    return i < numbers.size() ? numbers.get(i) : 0;
  }

  private static List<Integer> numbers(String version) {
    List<Integer> numbers = new ArrayList<>();
    for (String part : version.split("\\.")) {
      if (!part.matches("\\d{1,9}")) {
        break;
      }
      numbers.add(Integer.valueOf(part));
    }
    return numbers;
  }

  private static List<Advisory> advisories() throws IOException {
    List<Advisory> list = new ArrayList<>();
    for (String line : Files.readAllLines(LIST)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] words = line.trim().split("\\s+");
      assertEquals(4, words.length, line);
      assertTrue(!numbers(words[1]).isEmpty() && words[3].startsWith("https://"), line);
      list.add(new Advisory(words[0], words[1], words[2]));
    }
    return list;
  }

  /// Artifact to version, of the jars on the class path: what the program runs with, and what only
  /// tests do. Where an artifact comes in two versions, the lower.
  private static Map<String, String> bundled() {
    Map<String, String> bundled = new TreeMap<>();
    String path =
        System.getProperty("java.class.path")
            + File.pathSeparator
            + System.getProperty("surefire.test.class.path", "");
    for (String entry : path.split(Pattern.quote(File.pathSeparator))) {
      Matcher jar = JAR.matcher(entry.substring(entry.lastIndexOf(File.separatorChar) + 1));
      if (jar.matches()) {
        bundled.merge(jar.group(1), jar.group(2), (a, b) -> below(a, b) ? a : b);
      }
    }
    return bundled;
  }
}
