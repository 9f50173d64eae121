package io.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.base.Clock;
import io.parley.harness.TestLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every engine finds the same texts, whatever a keyword is made of.
class TextIndexTest {
  private static final Map<Long, String> TEXTS =
      Map.of(
          1L, "we write c++ and 100% java_code",
          2L, "c:\\temp\\files are here",
          3L, "今天的天气很好",
          4L, "a garden photo",
          5L, "a photo of the garden",
          6L, "100 javaxcode",
          7L, "\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00 smile");

  @TempDir Path dir;

  @ParameterizedTest
  @EnumSource
  void find_takesAKeywordAsItIs(Engine engine) {
    TextIndex index = new TextIndex("post_text");
    Map<String, List<Long>> wanted =
        Map.ofEntries(
            Map.entry("garden photo", List.of(4L)),
            Map.entry("photo", List.of(5L, 4L)),
            Map.entry("c++", List.of(1L)),
            Map.entry("100%", List.of(1L)),
            Map.entry("java_code", List.of(1L)),
            Map.entry("temp\\files", List.of(2L)),
            Map.entry("files\\", List.of()),
            Map.entry("\\", List.of(2L)),
            Map.entry("天气", List.of(3L)),
            Map.entry("的天气很", List.of(3L)),
            Map.entry("\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00", List.of(7L)),
            Map.entry("%%%", List.of()),
            Map.entry("!!!", List.of()));
    try (Db db = engine.open(dir, TestLimits.defaults())) {
      db.change(tx -> TEXTS.forEach((id, text) -> index.put(tx, id, text)));
      wanted.forEach(
          (keyword, ids) ->
              assertEquals(
                  ids,
                  db.read(
                      tx ->
                          index
                              .find(
                                  tx,
                                  keyword,
                                  Long.MAX_VALUE,
                                  10,
                                  new Budget(10_000, Duration.ofSeconds(60), Clock.SYSTEM))
                              .ids()),
                  keyword));
    }
  }
}
