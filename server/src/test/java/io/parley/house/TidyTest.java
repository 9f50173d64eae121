package io.parley.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The house style, as far as a machine can judge it. docs/STYLE.md says why.
class TidyTest {
  private static final int FILE_LINES_MAX = 400;
  private static final int FILE_LINES_P90 = 300;
  private static final int FILE_LINES_MEDIAN = 100;
  private static final int TEST_LINES_MAX = 700;
  private static final int METHOD_LINES_MAX = 70;
  private static final int PARAMETERS_MAX = 6;
  private static final Pattern UNFINISHED =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
  private static final Pattern METHOD =
      Pattern.compile(
          "^(?:  |    )(?!return |throw |new |else |case |yield |assert |@)"
              + "[\\w<][\\w.<>\\[\\], ?@&]* \\w+\\((?:[^;={]*|.*\\{)$");
  private static final Pattern DOC_PATH =
      Pattern.compile("`((?:[\\w.-]+/)+[\\w.-]+|[\\w-]+\\.(?:md|yaml|xml|proto))`");
  private static final Pattern DOC_LINK = Pattern.compile("\\]\\((?!https?:|#|mailto:)([^)#]+)");

  @Test
  void sourceFiles_areShort() throws IOException {
    List<Integer> lengths = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (Path file : Sources.java()) {
      int lines = Files.readAllLines(file).size();
      boolean test = file.toString().contains("/src/test/");
      if (lines > (test ? TEST_LINES_MAX : FILE_LINES_MAX)) {
        wrong.add(name(file) + ": " + lines + " lines");
      }
      if (!test) {
        lengths.add(lines);
      }
    }
    assertEquals(List.of(), wrong);
    lengths.sort(null);
    int median = lengths.get(lengths.size() / 2);
    int p90 = lengths.get(lengths.size() * 9 / 10);
    assertTrue(median <= FILE_LINES_MEDIAN, "the median file has " + median + " lines");
    assertTrue(p90 <= FILE_LINES_P90, "a tenth of the files have more than " + p90 + " lines");
  }

  @Test
  void methods_areShortAndTakeFewParameters() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path file : mainFiles()) {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        Matcher method = METHOD.matcher(lines.get(i));
        if (method.find()) {
          judge(file, lines, i, wrong);
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  private static void judge(Path file, List<String> lines, int start, List<String> wrong) {
    StringBuilder head = new StringBuilder();
    int at = start;
    while (at < lines.size() && !lines.get(at).endsWith("{") && !lines.get(at).endsWith(";")) {
      head.append(lines.get(at++).strip()).append(' ');
    }
    if (at == lines.size() || lines.get(at).endsWith(";")) {
      return;
    }
    head.append(lines.get(at).strip());
    String indent =
        lines.get(start).substring(0, lines.get(start).indexOf(lines.get(start).strip()));
    int end = at;
    while (end < lines.size() && !lines.get(end).equals(indent + "}")) {
      end++;
    }
    if (end - start > METHOD_LINES_MAX) {
      wrong.add(name(file) + ":" + (start + 1) + ": a method of " + (end - start) + " lines");
    }
    String text = head.toString().replaceAll("<[^()]*?>", "");
    int open = text.indexOf('(');
    int close = text.lastIndexOf(')');
    if (open >= 0 && close > open && !text.contains("record ") && !text.contains("->")) {
      long parameters = text.substring(open, close).chars().filter(c -> c == ',').count() + 1;
      if (parameters > PARAMETERS_MAX) {
        wrong.add(name(file) + ":" + (start + 1) + ": " + parameters + " parameters");
      }
    }
  }

  @Test
  void nothing_isLeftUnfinished() throws IOException {
    List<String> wrong = new ArrayList<>();
    List<Path> files = new ArrayList<>(Sources.java());
    files.addAll(Sources.under(Sources.ROOT.resolve("web/client"), ".js"));
    for (Path file : files) {
      if (UNFINISHED.matcher(Files.readString(file)).find()) {
        wrong.add(name(file));
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void packages_sayWhatTheyAreAndForbidNull() throws IOException {
    List<String> wrong = new ArrayList<>();
    Set<Path> folders = new HashSet<>();
    mainFiles().forEach(file -> folders.add(file.getParent()));
    for (Path folder : folders) {
      Path info = folder.resolve("package-info.java");
      String text = Files.exists(info) ? Files.readString(info) : "";
      if (!text.startsWith("///") || !text.contains("@NullMarked")) {
        wrong.add(name(folder));
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void publicTypes_haveDocumentation() throws IOException {
    Pattern type =
        Pattern.compile(
            "^public (?:final |sealed |non-sealed |abstract )*(?:class|interface|record|enum) ");
    List<String> wrong = new ArrayList<>();
    for (Path file : mainFiles()) {
      List<String> lines = Files.readAllLines(file);
      for (int i = 1; i < lines.size(); i++) {
        if (type.matcher(lines.get(i)).find()) {
          int above = i - 1;
          while (lines.get(above).startsWith("@") || lines.get(above).startsWith("  ")) {
            above--;
          }
          if (!lines.get(above).startsWith("///") && !lines.get(above).startsWith(")")) {
            wrong.add(name(file));
          }
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void decisionsAndMigrations_haveNumbersOfTheirOwn() throws IOException {
    assertUniqueNumbers(Sources.under(Sources.ROOT.resolve("docs/adr"), ".md"));
    Path migrations = Sources.ROOT.resolve("server/src/main/resources/io/parley/store/migration");
    List<Path> files = Sources.under(migrations, ".sql");
    assertUniqueNumbers(
        files.stream().filter(file -> !file.toString().matches(".*\\.\\w+\\.sql")).toList());
    List<String> listed = Files.readAllLines(migrations.resolve("index.txt"));
    assertEquals(files.stream().map(file -> file.getFileName().toString()).toList(), listed);
  }

  private static void assertUniqueNumbers(List<Path> files) {
    Set<String> numbers = new HashSet<>();
    for (Path file : files) {
      String number = file.getFileName().toString().substring(0, 4);
      assertTrue(number.matches("\\d{4}"), file + " must begin with four digits");
      assertTrue(numbers.add(number), file + " has the number of another");
    }
  }

  @Test
  void everyPathThatTheDocsName_exists() throws IOException {
    List<String> wrong = new ArrayList<>();
    List<Path> docs = new ArrayList<>(Sources.under(Sources.ROOT.resolve("docs"), ".md"));
    for (String top : List.of("README.md", "README.zh-CN.md", "CHANGELOG.md", "web/README.md")) {
      docs.add(Sources.ROOT.resolve(top));
    }
    for (Path doc : docs) {
      String text = Files.readString(doc).replaceAll("(?s)```.*?```", "");
      Matcher path = DOC_PATH.matcher(text);
      while (path.find()) {
        if (!known(doc, path.group(1))) {
          wrong.add(name(doc) + ": " + path.group(1));
        }
      }
      Matcher link = DOC_LINK.matcher(text);
      while (link.find()) {
        if (!Files.exists(doc.resolveSibling(link.group(1).strip()))) {
          wrong.add(name(doc) + ": " + link.group(1));
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  /// A path from the root, from the document's folder, or from a source root.
  private static boolean known(Path doc, String path) {
    for (String root :
        List.of(
            "",
            "server/src/main/java/io/parley",
            "server/src/main/java",
            "server/src/test/java/io/parley",
            "server/src/main/resources",
            "api/src/main/protobuf",
            "web",
            "web/client",
            "web/client/app")) {
      Path base = Sources.ROOT.resolve(root);
      if (Files.exists(base.resolve(path)) || Files.exists(base.resolve(path + ".java"))) {
        return true;
      }
    }
    return Files.exists(doc.resolveSibling(path)) || generatedOrForeign(path);
  }

  /// What is made by a build or a run, or is a method, media type or address rather than a file.
  private static boolean generatedOrForeign(String path) {
    return path.matches(
        "(?:.*/)?target/.*|data/.*|keys/.*|media/.*|application/.*|text/.*|image/.*|v1/.*|"
            + "(?:user|message|conversation|group|session|common|feed|gateway|realtime|report|admin)\\.\\w+/\\w+");
  }

  private static List<Path> mainFiles() throws IOException {
    return Sources.java().stream().filter(file -> !file.toString().contains("/src/test/")).toList();
  }

  private static String name(Path file) {
    return Sources.ROOT.relativize(file).toString();
  }
}
