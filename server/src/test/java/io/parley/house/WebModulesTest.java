package io.parley.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What a compiler would say of the web client's modules, which have none: names that are imported
/// exist, nothing is declared twice, every text is there in every language, every style sheet that
/// a page asks for is packed.
class WebModulesTest {
  private static final Path CLIENT = Path.of("..", "web", "client");
  private static final List<Path> TEXT_FOLDERS =
      List.of(CLIENT.resolve("app/text"), CLIENT.resolve("admin/text"));

  private static final Pattern IMPORT =
      Pattern.compile("(?ms)^import\\s+(?:([\\w*{}\\s,$]+?)\\s+from\\s+)?'([^']+)'");
  private static final Pattern LATE_IMPORT = Pattern.compile("import\\('([^']+)'\\)");
  private static final Pattern NAMES = Pattern.compile("\\{([^}]*)}");
  private static final Pattern DECLARED =
      Pattern.compile("(?m)^(export )?(?:async )?(?:function\\*?|const|let|class) (\\w+)");
  private static final Pattern EXPORTED = Pattern.compile("(?m)^export \\{([^}]*)}");
  private static final Pattern TEXT_KEY = Pattern.compile("(?m)^  '([^']+)':");
  private static final Pattern TEXT_USE = Pattern.compile("\\bt\\('([^']+)'");
  private static final Pattern LINKED =
      Pattern.compile("(?:href|src)=\"(/[^\"]+\\.(?:css|js|svg))\"");

  private final Map<Path, String> modules = read(".js");

  @Test
  void imports_nameWhatExists() {
    List<String> wrong = new ArrayList<>();
    modules.forEach(
        (file, text) -> {
          IMPORT.matcher(text).results().forEach(found -> check(file, found, wrong));
          LATE_IMPORT
              .matcher(text)
              .results()
              .map(found -> found.group(1))
              .filter(target -> target.startsWith(".") && !modules.containsKey(at(file, target)))
              .forEach(target -> wrong.add(file + ": no module " + target));
        });
    assertEquals(List.of(), wrong);
    assertTrue(modules.size() > 30, "modules were found");
  }

  @Test
  void declarations_areNotRepeated() {
    List<String> wrong = new ArrayList<>();
    modules.forEach(
        (file, text) -> {
          Set<String> names = new HashSet<>();
          DECLARED
              .matcher(text)
              .results()
              .map(found -> found.group(2))
              .filter(name -> !names.add(name))
              .forEach(name -> wrong.add(file + ": " + name + " is declared twice"));
        });
    assertEquals(List.of(), wrong);
  }

  @Test
  void texts_areInEveryLanguage_andOnceOnly() {
    for (Path folder : TEXT_FOLDERS) {
      Map<String, List<String>> byLanguage = texts(folder);
      if (byLanguage.isEmpty()) {
        continue;
      }
      assertEquals(2, byLanguage.size(), () -> "languages below " + folder);
      byLanguage.forEach(
          (language, keys) ->
              assertEquals(
                  new TreeSet<>(keys).size(), keys.size(), () -> "keys twice in " + language));
      Set<Set<String>> different = new HashSet<>();
      byLanguage.values().forEach(keys -> different.add(new TreeSet<>(keys)));
      List<Set<String>> all = List.copyOf(different);
      assertEquals(
          all.getFirst(), all.getLast(), () -> "the languages below " + folder + " differ");
    }
  }

  @Test
  void textsThatAreUsed_exist() {
    Set<String> known = new HashSet<>();
    TEXT_FOLDERS.forEach(folder -> texts(folder).values().forEach(known::addAll));
    List<String> wrong = new ArrayList<>();
    modules.forEach(
        (file, text) ->
            TEXT_USE
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(key -> !known.contains(key))
                .forEach(key -> wrong.add(file + ": no text " + key)));
    assertEquals(List.of(), wrong);
  }

  @Test
  void pages_askForFilesThatArePacked() {
    List<String> wrong = new ArrayList<>();
    read(".html")
        .forEach(
            (page, text) ->
                LINKED
                    .matcher(text)
                    .results()
                    .map(found -> found.group(1))
                    .filter(path -> !path.startsWith("/webjars/"))
                    .filter(path -> !Files.exists(CLIENT.resolve(path.substring(1))))
                    .forEach(path -> wrong.add(page + ": no " + path)));
    assertEquals(List.of(), wrong);
  }

  private void check(Path file, MatchResult found, List<String> wrong) {
    String target = found.group(2);
    if (!target.startsWith(".") && !target.startsWith("/app/")) {
      return;
    }
    String text = modules.get(at(file, target));
    if (text == null) {
      wrong.add(file + ": no module " + target);
      return;
    }
    String clause = found.group(1) == null ? "" : found.group(1);
    Set<String> exported = exported(text);
    NAMES
        .matcher(clause)
        .results()
        .flatMap(names -> Stream.of(names.group(1).split(",")))
        .map(name -> name.strip().replaceFirst(" as .*", ""))
        .filter(name -> !name.isEmpty() && !exported.contains(name))
        .forEach(name -> wrong.add(file + ": " + target + " exports no " + name));
  }

  private static Set<String> exported(String text) {
    Set<String> names = new HashSet<>();
    DECLARED
        .matcher(text)
        .results()
        .filter(found -> found.group(1) != null)
        .forEach(found -> names.add(found.group(2)));
    EXPORTED
        .matcher(text)
        .results()
        .flatMap(found -> Stream.of(found.group(1).split(",")))
        .forEach(name -> names.add(name.strip().replaceFirst(".* as ", "")));
    return names;
  }

  /// By language: the keys of all its modules, in their order.
  private Map<String, List<String>> texts(Path folder) {
    Map<String, List<String>> byLanguage = new TreeMap<>();
    modules.forEach(
        (file, text) -> {
          if (file.startsWith(folder)) {
            String language = folder.relativize(file).getName(0).toString().replace(".js", "");
            List<String> keys = byLanguage.computeIfAbsent(language, none -> new ArrayList<>());
            TEXT_KEY.matcher(text).results().forEach(found -> keys.add(found.group(1)));
          }
        });
    return byLanguage;
  }

  private static Path at(Path file, String target) {
    return target.startsWith("/")
        ? CLIENT.resolve(target.substring(1)).normalize()
        : file.resolveSibling(target).normalize();
  }

  private static Map<Path, String> read(String suffix) {
    Map<Path, String> files = new HashMap<>();
    try (Stream<Path> all = Files.walk(CLIENT)) {
      for (Path file : (Iterable<Path>) all::iterator) {
        if (file.toString().endsWith(suffix)) {
          files.put(file.normalize(), Files.readString(file));
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return files;
  }
}
