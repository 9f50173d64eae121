package io.parley.transcript;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A transcript as it is written: settings and steps. README.md beside the transcripts has the
/// format.
///
/// @param server dotted keys of parley.yaml that this transcript's server has
record Transcript(String name, Map<String, String> server, List<Step> steps) {

  /// @param line 1-based
  /// @param keyword the first word of the step's first line
  /// @param arguments the rest of that line
  record Step(int line, String keyword, String arguments, List<Entry> entries) {
    List<Entry> sent() {
      return entries.stream().filter(entry -> entry.sent()).toList();
    }

    List<Entry> expected() {
      return entries.stream().filter(entry -> !entry.sent()).toList();
    }
  }

  /// @param sent `>`; else `<`, expected
  /// @param text without the marker; further lines joined by line feeds
  record Entry(int line, boolean sent, String text) {}

  static Transcript read(Path file) throws IOException {
    return parse(
        file.getName(file.getNameCount() - 2) + "/" + file.getFileName(), Files.readAllLines(file));
  }

  static Transcript parse(String name, List<String> lines) {
    Map<String, String> server = new LinkedHashMap<>();
    List<Step> steps = new ArrayList<>();
    Step step = null;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("# server:")) {
        String[] pair = line.substring("# server:".length()).strip().split("=", 2);
        if (pair.length != 2) {
          throw new Mismatch(name + ":" + (i + 1) + ": a setting is key=value");
        }
        server.put(pair[0].strip(), pair[1].strip());
      } else if (!line.isBlank() && !line.startsWith("#")) {
        if (line.startsWith(" ")) {
          add(name, i + 1, line, step);
        } else {
          String[] words = line.strip().split(" ", 2);
          step =
              new Step(
                  i + 1, words[0], words.length < 2 ? "" : words[1].strip(), new ArrayList<>());
          steps.add(step);
        }
      }
    }
    return new Transcript(name, server, steps);
  }

  private static void add(String name, int number, String line, @Nullable Step step) {
    String text = line.strip();
    boolean sent = text.startsWith(">");
    if (step == null) {
      throw new Mismatch(name + ":" + number + ": belongs to no step");
    }
    if (sent || text.startsWith("<")) {
      step.entries().add(new Entry(number, sent, text.substring(1).strip()));
      return;
    }
    if (step.entries().isEmpty()) {
      throw new Mismatch(name + ":" + number + ": must begin with > or <");
    }
    Entry last = step.entries().removeLast();
    step.entries().add(new Entry(last.line(), last.sent(), last.text() + "\n" + text));
  }
}
