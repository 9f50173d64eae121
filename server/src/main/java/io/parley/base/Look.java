package io.parley.base;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a name looks like: two names are hard to tell apart if they share a form.
///
/// The forms are skeletons of Unicode's security mechanisms (UTS 39): what cannot be seen is
/// dropped, and each character is replaced by the plainest one that looks like it, so the Cyrillic
/// "раураl" becomes the same as "paypal". `confusables.txt` has the table, a line for each
/// replacement: it, a tab, and what it replaces; it was made from that of ICU, with which a test
/// compares it. The program does not carry the library: 15 MB for 18 KB of table. One rule of the
/// table is left out: the dotless ı is a letter of its own, and "ısı" and "isi" are two words.
public final class Look {
  private static final int DOTLESS_I = 0x131;

  private Look() {}

  /// One or two forms: of the name as it is written, so that "paypaI" with a capital I is "paypal",
  /// and of the folded name.
  public static Set<String> of(String name) {
    String written = skeleton(Folding.fold(skeleton(Folding.composed(name))));
    String folded = skeleton(Folding.fold(name));
    return written.equals(folded) ? Set.of(folded) : Set.of(written, folded);
  }

  /// The skeleton, of which the plainest l is a 1, O a 0 and rn an m: numbers are their own. A few
  /// of the published replacements have replacements themselves, so it is made until it stays.
  static String skeleton(String text) {
    String plain = text;
    for (int i = 0; i < 4; i++) {
      String next = confused(plain).replace('l', '1').replace('O', '0').replace("rn", "m").strip();
      if (next.equals(plain)) {
        return plain;
      }
      plain = next;
    }
    return plain;
  }

  static String confused(String text) {
    String apart = apart(text);
    StringBuilder plain = new StringBuilder(apart.length() + 4);
    for (int i = 0; i < apart.length(); ) {
      int codePoint = apart.codePointAt(i);
      i += Character.charCount(codePoint);
      if (Character.isSpaceChar(codePoint)) {
        // However many blanks are shown as one.
        if (plain.isEmpty() || plain.charAt(plain.length() - 1) != ' ') {
          plain.append(' ');
        }
      } else if (codePoint == DOTLESS_I) {
        plain.appendCodePoint(codePoint);
      } else if (!Visible.isIgnorable(codePoint)) {
        String replacement = Table.replacement(codePoint);
        if (replacement == null) {
          plain.appendCodePoint(codePoint);
        } else {
          plain.append(replacement);
        }
      }
    }
    return apart(plain.toString());
  }

  private static String apart(String text) {
    return Folding.isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFD);
  }

  /// Read when first needed: a start does without.
  private static final class Table {
    private static final Map<Integer, String> BY_CODE_POINT = read();

    /// Most names have nothing else: no map, no boxes.
    private static final @Nullable String[] OF_ASCII = new @Nullable String[128];

    static {
      for (int i = 0; i < OF_ASCII.length; i++) {
        OF_ASCII[i] = BY_CODE_POINT.get(i);
      }
    }

    private Table() {}

    static @Nullable String replacement(int codePoint) {
      return codePoint < OF_ASCII.length ? OF_ASCII[codePoint] : BY_CODE_POINT.get(codePoint);
    }

    private static Map<Integer, String> read() {
      Map<Integer, String> table = new HashMap<>(8192);
      try (@Nullable InputStream in = Look.class.getResourceAsStream("confusables.txt")) {
        if (in == null) {
          throw new IllegalStateException("confusables.txt is not packed");
        }
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          // One of the replacements has a tab within.
          int tab = line.lastIndexOf('\t');
          String replacement = line.substring(0, tab);
          line.substring(tab + 1).codePoints().forEach(c -> table.put(c, replacement));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return Map.copyOf(table);
    }
  }
}
