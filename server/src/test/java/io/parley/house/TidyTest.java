package io.parley.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
              + "(?:[\\w<][\\w.<>\\[\\], ?@&]* \\w+|(?:(?:public|protected|private) )?[A-Z]\\w*)"
              + "\\((?:[^;={]*|.*\\{)$");

  private static final Pattern CONSTRUCTOR =
      Pattern.compile("^  (?:(?:public|protected|private) )?[A-Z]\\w*\\(");
  private static final Pattern MADE = Pattern.compile("new ([A-Z]\\w*)(?:<[^>]*>)?\\(");

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
    Set<String> joined = madeByTheCompositionRootOnly();
    for (Path file : mainFiles()) {
      List<String> lines = Files.readAllLines(file);
      boolean exempt = joined.contains(className(file));
      for (int i = 0; i < lines.size(); i++) {
        boolean constructor = CONSTRUCTOR.matcher(lines.get(i)).find();
        if (!(constructor && exempt) && METHOD.matcher(lines.get(i)).find()) {
          judge(file, lines, i, wrong);
        }
      }
    }
    assertEquals(
        List.of(),
        wrong,
        "split it, or make a type of what belongs together; if that reads worse, change the rule in"
            + " docs/STYLE.md");
  }

  /// Who is made once, by those who join the parts, is handed whatever it stands on.
  private static Set<String> madeByTheCompositionRootOnly() throws IOException {
    Set<String> inTheRoot = new HashSet<>();
    Set<String> elsewhere = new HashSet<>();
    for (Path file : mainFiles()) {
      Matcher made = MADE.matcher(Files.readString(file));
      while (made.find()) {
        // Feeds joins the packages of the feed as the root joins all.
        boolean root =
            file.endsWith("java/io/parley/" + file.getFileName())
                || file.endsWith("feed/Feeds.java");
        (root ? inTheRoot : elsewhere).add(made.group(1));
      }
    }
    inTheRoot.removeAll(elsewhere);
    inTheRoot.addAll(List.of("Core", "App"));
    return inTheRoot;
  }

  private static String className(Path file) {
    return file.getFileName().toString().replace(".java", "");
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
  void noFile_holdsAnUnresolvedMerge() throws Exception {
    Pattern marker = Pattern.compile("(?m)^(?:<{7} .*|={7}|>{7} .*)$");
    List<String> wrong = new ArrayList<>();
    for (Path file : Sources.tracked()) {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      if (marker.matcher(text).find()) {
        wrong.add(name(file));
      }
    }
    assertEquals(List.of(), wrong, "resolve the merge and take its markers out");
  }

  private static List<Path> mainFiles() throws IOException {
    return Sources.java().stream().filter(file -> !file.toString().contains("/src/test/")).toList();
  }

  private static String name(Path file) {
    return Sources.ROOT.relativize(file).toString();
  }
}
