package io.parley.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Every Java file is as google-java-format writes it. `./parley format` rewrites what is not.
class FormatTest {
  @Test
  void everyJavaFile_isFormatted() throws Exception {
    boolean write = "write".equals(System.getProperty("parley.format"));
    Formatter formatter = new Formatter();
    List<Path> wrong = new ArrayList<>();
    List<Path> tooWide = new ArrayList<>();
    for (Path file : Sources.java()) {
      String source = Files.readString(file);
      if (source.lines().anyMatch(line -> line.strip().startsWith("///") && line.length() > 100)) {
        // The formatter would break such a line into an ordinary comment.
        tooWide.add(Sources.ROOT.relativize(file));
        continue;
      }
      String tidy =
          ImportOrderer.reorderImports(
              RemoveUnusedImports.removeUnusedImports(source), JavaFormatterOptions.Style.GOOGLE);
      String formatted = formatter.formatSource(tidy);
      if (!formatted.equals(source)) {
        if (write) {
          Files.writeString(file, formatted);
        } else {
          wrong.add(Sources.ROOT.relativize(file));
        }
      }
    }
    assertEquals(List.of(), tooWide, "wrap documentation at 100 columns");
    assertEquals(List.of(), wrong, "run ./parley format");
  }
}
