package io.parley.base;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/// The one form in which texts are compared without regard to case and width: login names, and
/// whatever is searched.
///
/// It is Unicode's full case folding between two normalizations to NFKC, outer blanks off:
/// "Straße", "STRASSE" and "STRAẞE" are one, and so are the sigmas of "ΟΔΟΣ" and "οδος", wherever a
/// word is cut off. One thing is ours: a dot above an i is dropped, so that "İstanbul" is the same
/// as "istanbul". The dotless ı is a letter of its own, as everywhere outside Turkish folding.
///
/// Each code point is folded alone, so the beginning of a text folds to the beginning of the folded
/// text, but for what normalization joins.
public final class Folding {
  /// Characters of one text that are searched: what is longer when it is folded is cut off there.
  public static final int SEARCHED_CHARS_MAX = 20_000;

  /// What is folded at a time of a text that may be cut.
  private static final int SEGMENT_CHARS = 1024;

  private static final int DOTLESS_I = 0x131;
  private static final int DOTTED_I = 0x130;
  private static final char DOT_ABOVE = '\u0307';

  private Folding() {}

  /// The folded form; folding it again changes nothing.
  public static String fold(String text) {
    String stripped = text.strip();
    int plain = 0;
    while (plain < stripped.length() && stripped.charAt(plain) < 0x80) {
      plain++;
    }
    // Of ASCII this gives a copy only where there is something to change.
    return plain == stripped.length() ? stripped.toLowerCase(Locale.ROOT) : any(stripped);
  }

  /// What `text` is searched by: its folded form, of that the first [#SEARCHED_CHARS_MAX]
  /// characters. However much a text grows when it is folded, no more than that is worked out.
  public static String searched(String text) {
    if (text.length() <= SEGMENT_CHARS) {
      return cut(fold(text));
    }
    StringBuilder folded = new StringBuilder(text.length());
    for (int from = 0; from < text.length() && folded.length() < SEARCHED_CHARS_MAX; ) {
      int to = segmentEnd(text, from);
      folded.append(unstripped(text.substring(from, to)));
      from = to;
    }
    return cut(folded.toString().strip());
  }

  private static String cut(String folded) {
    if (folded.length() <= SEARCHED_CHARS_MAX) {
      return folded;
    }
    boolean within = Character.isHighSurrogate(folded.charAt(SEARCHED_CHARS_MAX - 1));
    return folded.substring(0, within ? SEARCHED_CHARS_MAX - 1 : SEARCHED_CHARS_MAX);
  }

  /// The last place in the segment where normalization joins nothing across, or else its end.
  private static int segmentEnd(String text, int from) {
    int end = from + SEGMENT_CHARS;
    if (end >= text.length()) {
      return text.length();
    }
    for (int at = end; at > from; at--) {
      if (isPlain(text.charAt(at))) {
        return at;
      }
    }
    return Character.isLowSurrogate(text.charAt(end)) ? end - 1 : end;
  }

  /// Whether the folded form of `text` is `text` with small letters for A … Z, outer blanks apart.
  /// True of most texts in English, Chinese, Japanese and Korean, and cheap to ask; where it is
  /// false the folded form may still be that.
  public static boolean isPlain(String text) {
    if (isAscii(text)) {
      return true;
    }
    for (int i = 0; i < text.length(); i++) {
      if (!isPlain(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /// By what the encoder does for many characters at a time.
  static boolean isAscii(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length == text.length();
  }

  /// Characters that are neither changed by folding, A … Z apart, nor joined with what stands
  /// before or after them if that is one of them too; nothing joins one to what stands before it.
  private static boolean isPlain(char c) {
    if (c < 0x80) {
      return true;
    }
    return (c >= 0x4E00 && c <= 0x9FFF)
        || (c >= 0x3041 && c <= 0x3096)
        || (c >= 0x30A1 && c <= 0x30FA)
        || (c >= 0x3001 && c <= 0x3029)
        || (c >= 0xAC00 && c <= 0xD7A3)
        || (c >= 0x3400 && c <= 0x4DBF)
        || (c >= 0x2018 && c <= 0x201D && c != 0x201B);
  }

  /// `text` with small letters for A … Z and nothing else changed.
  public static String smallAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        char[] all = text.toCharArray();
        for (int j = i; j < all.length; j++) {
          if (all[j] >= 'A' && all[j] <= 'Z') {
            all[j] = (char) (all[j] + ('a' - 'A'));
          }
        }
        return new String(all);
      }
    }
    return text;
  }

  /// A form that differs from every folded one and keeps the case: what a login name is stored
  /// under where its folded form belongs to another account already.
  public static String exact(String text) {
    return '\u0001' + composed(text.strip());
  }

  private static String any(String text) {
    // A compatibility form may stand for a blank.
    return unstripped(text).strip();
  }

  private static String unstripped(String text) {
    String composed = composed(text);
    StringBuilder folded = new StringBuilder(composed.length() + 8);
    for (int i = 0; i < composed.length(); ) {
      int codePoint = composed.codePointAt(i);
      append(folded, codePoint);
      i += Character.charCount(codePoint);
    }
    return composed(folded.toString());
  }

  static String composed(String text) {
    return isAscii(text) || Normalizer.isNormalized(text, Normalizer.Form.NFKC)
        ? text
        : Normalizer.normalize(text, Normalizer.Form.NFKC);
  }

  private static void append(StringBuilder folded, int codePoint) {
    if (codePoint == DOT_ABOVE && !folded.isEmpty() && folded.charAt(folded.length() - 1) == 'i') {
      return;
    }
    if (codePoint == DOTTED_I) {
      folded.append('i');
    } else if (codePoint == DOTLESS_I) {
      folded.appendCodePoint(codePoint);
    } else if (isCherokee(codePoint)) {
      // Cherokee is the one script that folds to its capitals, which it had first.
      folded.appendCodePoint(Character.toUpperCase(codePoint));
    } else if (expands(codePoint)) {
      String small = Character.toString(codePoint).toLowerCase(Locale.ROOT);
      folded.append(small.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
    } else {
      folded.appendCodePoint(Character.toLowerCase(Character.toUpperCase(codePoint)));
    }
  }

  private static boolean isCherokee(int codePoint) {
    return (codePoint >= 0x13A0 && codePoint <= 0x13FD)
        || (codePoint >= 0xAB70 && codePoint <= 0xABBF);
  }

  /// Whether `codePoint` lies among those of which some fold to more than one.
  private static boolean expands(int codePoint) {
    return codePoint >= 0xDF
        && (codePoint <= 0xFF
            || codePoint == 0x149
            || codePoint == 0x1F0
            || codePoint == 0x390
            || codePoint == 0x3B0
            || codePoint == 0x587
            || (codePoint >= 0x1E96 && codePoint <= 0x1E9E)
            || (codePoint >= 0x1F50 && codePoint <= 0x1FFF)
            || (codePoint >= 0xFB00 && codePoint <= 0xFB17));
  }
}
