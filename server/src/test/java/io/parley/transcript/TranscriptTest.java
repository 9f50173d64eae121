package io.parley.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Plays every transcript, each against a server of its own, then checks that a finished contract
/// is exercised as a whole. `-Dtranscript=entry` plays only those with that in their name, and
/// checks no coverage.
class TranscriptTest {
  private static final Path FOLDER = Path.of("src/test/resources/transcript");

  @TempDir Path dir;

  @TestFactory
  Stream<DynamicTest> transcripts() throws IOException {
    String filter = System.getProperty("transcript", "");
    Map<String, Exchanges> exchanges = new TreeMap<>();
    List<DynamicTest> tests = new ArrayList<>();
    for (Path file : files()) {
      Transcript transcript = Transcript.read(file);
      if (transcript.name().contains(filter)) {
        String contract = transcript.name().substring(0, transcript.name().indexOf('/'));
        Exchanges seen = exchanges.computeIfAbsent(contract, key -> new Exchanges());
        Path data = dir.resolve(transcript.name().replace('/', '-'));
        tests.add(
            DynamicTest.dynamicTest(transcript.name(), () -> Player.play(transcript, data, seen)));
      }
    }
    assertFalse(tests.isEmpty(), "no transcript is called " + filter);
    if (filter.isEmpty()) {
      Coverage.table()
          .forEach(
              (contract, items) ->
                  tests.add(
                      DynamicTest.dynamicTest(
                          contract + " is exercised as a whole",
                          () ->
                              covered(items, exchanges.getOrDefault(contract, new Exchanges())))));
    }
    return tests.stream();
  }

  private static void covered(Map<String, Pattern> items, Exchanges exchanges) {
    assertEquals(List.of(), Coverage.missing(items, exchanges), "no transcript exercises these");
  }

  private static List<Path> files() {
    try (Stream<Path> files = Files.walk(FOLDER, 2)) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
