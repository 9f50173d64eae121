package io.parley.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Colours of the web client stand in `theme.css` and have names there; everything else uses the
/// names, so that light and dark are one file.
class WebColoursTest {
  private static final Path CLIENT = Path.of("..", "web", "client");
  private static final String THEME = "theme.css";

  private static final Pattern CSS_COMMENT = Pattern.compile("(?s)/\\*.*?\\*/");
  private static final Pattern JS_COMMENT = Pattern.compile("(?m)^\\s*//.*$");
  private static final Pattern CSS_VALUE = Pattern.compile("[\\w-]+\\s*:\\s*([^;{}]+)[;}]");
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|'[^']*'");
  private static final Pattern FUNCTION =
      Pattern.compile("\\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|light-dark)\\(|(?<!-)\\bcolor\\(");
  private static final Pattern HEX = Pattern.compile("#[0-9a-fA-F]{3,8}\\b");
  private static final Pattern QUOTED_HEX =
      Pattern.compile("[\"'`]#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})[\"'`]");
  private static final Pattern NAME =
      Pattern.compile(
          "(?<![\\w-])(?:aqua|beige|black|blue|brown|coral|crimson|cyan|fuchsia|gold|gr[ae]y|green"
              + "|indigo|ivory|khaki|lavender|lime|magenta|maroon|navy|olive|orange|orchid|pink"
              + "|plum|purple|red|salmon|silver|snow|tan|teal|tomato|turquoise|violet|wheat|white"
              + "|yellow|(?:dark|light|medium|deep|pale|dim)[a-z]*(?:gr[ae]y|blue|green|red|pink"
              + "|cyan|orange|violet|salmon|yellow))(?![\\w-])");
  private static final Pattern BARS =
      Pattern.compile("<meta name=\"theme-color\" content=\"([^\"]+)\"");
  private static final Pattern PAGE = Pattern.compile("--page: light-dark\\((#\\w+), (#\\w+)\\);");

  @Test
  void colours_standInTheThemeOnly() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path file : files()) {
      String name = CLIENT.relativize(file).toString();
      if (!name.endsWith(THEME)) {
        found(name, Files.readString(file)).forEach(each -> wrong.add(name + ": " + each));
      }
    }
    assertEquals(List.of(), wrong);
  }

  /// A page has to name them itself, before any style sheet is there.
  @Test
  void browsersBars_haveTheColoursOfThePage() throws IOException {
    Matcher page = PAGE.matcher(Files.readString(CLIENT.resolve("style").resolve(THEME)));
    assertEquals(true, page.find());
    for (String html : List.of("index.html", "admin/index.html")) {
      List<String> bars =
          BARS.matcher(Files.readString(CLIENT.resolve(html)))
              .results()
              .map(each -> each.group(1))
              .toList();
      assertEquals(List.of(page.group(1), page.group(2)), bars, html);
    }
  }

  @Test
  void colours_areFound_andWhatOnlyLooksLikeOneIsNot() {
    assertEquals(
        Set.of("#fff", "rgb(", "white", "darkred"),
        found(
            "a.css",
            """
            .a { color: #fff; background: rgb(0 0 0); }
            .b { border: 1px solid white; outline: darkred 1px; }
            """));
    assertEquals(
        Set.of(),
        found(
            "a.css",
            """
            /* as red as #f00 */
            .white #add { white-space: nowrap; color: var(--red); font: "Black"; mask: var(--tan-x);
              background: color-mix(in srgb, var(--line) 10%, transparent); }
            """));
    assertEquals(Set.of("'#fff'", "hsl("), found("a.js", "x = '#fff';\ny = `hsl(${hue} 1% 1%)`;"));
    assertEquals(Set.of(), found("a.js", "// '#fff'\nthis.#add(); href='#me'; t('red');"));
  }

  private static Set<String> found(String name, String text) {
    Set<String> all = new TreeSet<>();
    if (name.endsWith(".css")) {
      Matcher value = CSS_VALUE.matcher(CSS_COMMENT.matcher(text).replaceAll(""));
      while (value.find()) {
        String plain = QUOTED.matcher(value.group(1)).replaceAll("");
        for (Pattern colour : List.of(HEX, FUNCTION, NAME)) {
          colour.matcher(plain).results().forEach(each -> all.add(each.group()));
        }
      }
    } else {
      String plain = BARS.matcher(JS_COMMENT.matcher(text).replaceAll("")).replaceAll("");
      for (Pattern colour : List.of(QUOTED_HEX, FUNCTION)) {
        colour.matcher(plain).results().forEach(each -> all.add(each.group()));
      }
    }
    return all;
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(CLIENT)) {
      return all.filter(file -> file.toString().matches(".*\\.(?:css|js|html)")).sorted().toList();
    }
  }
}
