package io.parley.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The fenced blocks of a document, and what they say is answered.
final class Blocks {
  /// @param language what stands behind the fence; empty for commands and for what is answered
  record Block(String language, List<String> lines) {
    String text() {
      return String.join("\n", lines);
    }
  }

  private static final Pattern VARIES =
      Pattern.compile("[0-9a-f]{32}|\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z|\\d{9,}|…");

  private Blocks() {}

  static List<Block> of(Path document) throws IOException {
    List<Block> blocks = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(document)) {
      if (line.startsWith("```")) {
        inside = !inside;
        if (inside) {
          blocks.add(new Block(line.substring(3).strip(), new ArrayList<>()));
        }
      } else if (inside) {
        blocks.getLast().lines().add(line);
      }
    }
    return blocks;
  }

  /// Whether `answer` is what a document shows as `shown`, blanks apart: where that has `…`
  /// anything
  /// may stand, and ids, times and tokens are other ones each time.
  static boolean fits(String shown, String answer) {
    String text = shown.replaceAll("\\s", "");
    StringBuilder pattern = new StringBuilder();
    Matcher varies = VARIES.matcher(text);
    int from = 0;
    while (varies.find()) {
      pattern.append(Pattern.quote(text.substring(from, varies.start())));
      pattern.append(
          switch (varies.group().charAt(0)) {
            case '…' -> ".*?";
            default -> "[0-9a-fTZ:.-]+";
          });
      from = varies.end();
    }
    pattern.append(Pattern.quote(text.substring(from)));
    return Pattern.compile(pattern.toString(), Pattern.DOTALL)
        .matcher(answer.replaceAll("\\s", ""))
        .find();
  }
}
