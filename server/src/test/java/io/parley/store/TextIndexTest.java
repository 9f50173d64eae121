package io.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.Clock;
import io.parley.harness.TestLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
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

  private static Budget plenty() {
    return new Budget(10_000, Duration.ofSeconds(60), Clock.SYSTEM);
  }

  @ParameterizedTest
  @EnumSource
  void text_isFoundByItsNewestWords_untilItIsRemoved(Engine engine) {
    TextIndex index = new TextIndex("post_text");
    try (Db db = engine.open(dir, TestLimits.defaults())) {
      db.change(tx -> index.put(tx, 1, "before"));
      db.change(tx -> index.put(tx, 1, "after"));
      for (String keyword : List.of("before", "be")) {
        assertEquals(List.of(), found(db, index, keyword, 9, 9, plenty()).ids(), keyword);
      }
      assertEquals(List.of(1L), found(db, index, "after", 9, 9, plenty()).ids());
      db.change(tx -> index.remove(tx, 1));
      for (String keyword : List.of("after", "af")) {
        assertEquals(List.of(), found(db, index, keyword, 9, 9, plenty()).ids(), keyword);
      }
    }
  }

  private static TextIndex.Found found(
      Db db, TextIndex index, String keyword, long below, int limit, Budget budget) {
    return db.read(tx -> index.find(tx, keyword, below, limit, budget));
  }

  /// By the index where it knows the keyword, by reading where it does not.
  @ParameterizedTest
  @EnumSource
  void newest_comeFirst_asManyAsAreWanted_andTheRestFromThere(Engine engine) {
    TextIndex index = new TextIndex("post_text");
    try (Db db = engine.open(dir, TestLimits.defaults())) {
      db.change(
          tx -> {
            for (long id = 1; id <= 5; id++) {
              index.put(tx, id, "tea");
            }
          });
      for (String keyword : List.of("tea", "te")) {
        assertEquals(
            new TextIndex.Found(List.of(5L, 4L), 0),
            found(db, index, keyword, Long.MAX_VALUE, 2, plenty()));
        assertEquals(
            new TextIndex.Found(List.of(3L, 2L, 1L), 0), found(db, index, keyword, 4, 9, plenty()));
      }
      // Each is a row and three characters: the second is the last that is read.
      long two = 2L * (Budget.ROW + 3);
      Budget little = new Budget(two, Duration.ofSeconds(60), Clock.SYSTEM);
      assertEquals(
          new TextIndex.Found(List.of(5L, 4L), 4),
          found(db, index, "te", Long.MAX_VALUE, 9, little));
      Budget none = new Budget(two, Duration.ofSeconds(60), Clock.SYSTEM);
      assertEquals(
          new TextIndex.Found(List.of(), 4), found(db, index, "x", Long.MAX_VALUE, 9, none));
    }
  }

  @Test
  void keyword_isKnownToTheIndex_whereThreeLettersOrDigitsStandTogether() {
    for (String known : List.of("tea", "c++ now", "%abc%", "今天的")) {
      assertFalse(TextIndex.reads(known), known);
    }
    for (String unknown : List.of("te", "c++", "a_b_c", "te-a", "今天", "!!!")) {
      assertTrue(TextIndex.reads(unknown), unknown);
    }
  }
}
