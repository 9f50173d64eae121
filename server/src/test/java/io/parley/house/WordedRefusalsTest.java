package io.parley.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The web client tells some refusals apart by the server's words, and limits by their names: both
/// must be what the server says.
class WordedRefusalsTest {
  private static final Path CLIENT = Path.of("../web/client/app");
  private static final Pattern REASON = Pattern.compile("(?m)^  '([^']+)': 'refusal\\.");
  private static final Pattern LIMIT = Pattern.compile("(?m)^  'refusal\\.limits\\.([a-z0-9_]+)':");

  @Test
  void reasonsThatTheClientKnows_areTheServersWords() throws IOException {
    String server = sources();
    List<String> reasons = all(REASON, CLIENT.resolve("refusals.js"));
    assertTrue(reasons.size() >= 5, reasons::toString);
    List<String> unknown =
        reasons.stream().filter(reason -> !server.contains("\"" + reason)).toList();
    assertEquals(List.of(), unknown, "web/client/app/refusals.js words what no refusal says");
  }

  @Test
  void limitsThatTheClientWords_areLimits() throws IOException {
    String keys = Files.readString(Path.of("../parley.yaml"));
    List<String> limits = all(LIMIT, CLIENT.resolve("text/en/refusal.js"));
    assertTrue(limits.size() >= 15, limits::toString);
    List<String> unknown =
        limits.stream().filter(limit -> !keys.contains("  " + limit + ":")).toList();
    assertEquals(List.of(), unknown, "web/client/app/text/en/refusal.js names what is no limit");
  }

  private static List<String> all(Pattern pattern, Path file) throws IOException {
    return pattern.matcher(Files.readString(file)).results().map(found -> found.group(1)).toList();
  }

  private static String sources() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }
}
