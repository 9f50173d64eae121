package io.parley.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

/// What the documents name is there: paths, links, and names of the code.
class DocsTest {
  private static final Pattern DOC_PATH =
      Pattern.compile("`((?:[\\w.-]+/)+[\\w.-]+|[\\w-]+\\.(?:md|yaml|xml|proto))`");
  private static final Pattern DOC_LINK = Pattern.compile("\\]\\((?!https?:|#|mailto:)([^)#]+)");

  /// A name of the code, perhaps with a member: it has a capital, a dot or an underscore in it.
  private static final Pattern DOC_SYMBOL =
      Pattern.compile(
          "`(?![^`]*\\.(?:md|yaml|xml|proto)`)(?=[^`]*[A-Z_.#])([A-Za-z_]\\w*(?:[.#]\\w+)*)(?:\\(\\))?`");

  private static final Pattern WORD = Pattern.compile("\\w+");

  /// Names that stand for any of a kind, of the tools, or that are made from parts.
  private static final Set<String> NOT_IN_THE_CODE =
      Set.of(
          "XStore",
          "XRpc",
          "XWire",
          "XFace",
          "LICENSE",
          "JDK_JAVA_OPTIONS",
          "FormatStringAnnotation",
          "parley_security_login_total",
          "parley_security_login_failed_total",
          "parley_security_login_throttled_total",
          "parley_security_refused_total",
          "parley_security_partner_refused_total");

  @Test
  void everyPathThatTheDocsName_exists() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path doc : docs()) {
      String text = prose(doc);
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

  @Test
  void everyNameThatTheDocsGive_isInTheCode() throws Exception {
    Set<String> words = new HashSet<>();
    for (Path file : Sources.tracked()) {
      if (!file.toString().endsWith(".md") && Sources.isText(file)) {
        Matcher word = WORD.matcher(Files.readString(file));
        while (word.find()) {
          words.add(word.group());
        }
      }
    }
    List<String> wrong = new ArrayList<>();
    for (Path doc : docs()) {
      Matcher symbol = DOC_SYMBOL.matcher(prose(doc));
      while (symbol.find()) {
        String name = symbol.group(1);
        for (String part : name.split("[.#]")) {
          if (!words.contains(part) && !NOT_IN_THE_CODE.contains(part)) {
            wrong.add(name(doc) + ": " + name);
          }
        }
      }
    }
    assertEquals(List.of(), wrong, "the code has no such name");
  }

  private static List<Path> docs() throws IOException {
    List<Path> docs = new ArrayList<>(Sources.under(Sources.ROOT.resolve("docs"), ".md"));
    for (String top :
        List.of(
            "README.md", "README.zh-CN.md", "CHANGELOG.md", "CONTRIBUTING.md", "web/README.md")) {
      if (Files.exists(Sources.ROOT.resolve(top))) {
        docs.add(Sources.ROOT.resolve(top));
      }
    }
    return docs;
  }

  private static String prose(Path doc) throws IOException {
    return Files.readString(doc).replaceAll("(?s)```.*?```", "");
  }

  private static String name(Path file) {
    return Sources.ROOT.relativize(file).toString();
  }
}
