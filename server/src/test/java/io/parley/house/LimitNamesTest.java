package io.parley.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.Limits;
import io.parley.config.ConfigLayers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What is over a limit says which: under the key that an operator finds in `parley.yaml`.
class LimitNamesTest {
  private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"");
  private static final Pattern NAME =
      Pattern.compile("(limits\\.)?(?<![\\w./-])([a-z][a-z0-9]*(?:_[a-z0-9]+)*)(?![\\w(/])");
  private static final Set<String> KEYS =
      Arrays.stream(Limits.class.getRecordComponents())
          .map(ConfigLayers::key)
          .collect(Collectors.toSet());

  @Test
  void limitsThatTextsName_areKeysWithTheirSection() throws IOException {
    List<String> wrong = new ArrayList<>();
    int named = 0;
    for (Path file : Sources.java()) {
      if (file.toString().contains("/src/main/") && file.toString().contains("/server/")) {
        Matcher text = TEXT.matcher(code(file));
        while (text.find()) {
          named += judge(file, text.group(1), wrong);
        }
      }
    }
    assertEquals(List.of(), wrong, "write limits.<key of parley.yaml>");
    assertTrue(named > 50, "only " + named + " were seen");
  }

  private static int judge(Path file, String text, List<String> wrong) {
    int named = 0;
    Matcher limit = Pattern.compile("limits\\.(\\w+)").matcher(text);
    while (limit.find()) {
      named++;
      if (!KEYS.contains(limit.group(1))) {
        wrong.add(Sources.ROOT.relativize(file) + ": limits." + limit.group(1));
      }
    }
    Matcher name = NAME.matcher(text.replaceAll("limits\\.\\w+", ""));
    while (name.find()) {
      if (name.group(2).contains("_") && KEYS.contains(name.group(2))) {
        wrong.add(Sources.ROOT.relativize(file) + ": " + name.group(2));
      }
    }
    return named;
  }

  private static String code(Path file) throws IOException {
    return Files.readString(file).replaceAll("(?m)^\\s*//.*$", "");
  }
}
