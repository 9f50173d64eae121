package io.parley.base;

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

  /// A form that differs from every folded one and keeps the case: what a login name is stored
  /// under where its folded form belongs to another account already.
  public static String exact(String text) {
    return '\u0001' + composed(text.strip());
  }

  private static String any(String text) {
    String composed = composed(text);
    StringBuilder folded = new StringBuilder(composed.length() + 8);
    for (int i = 0; i < composed.length(); ) {
      int codePoint = composed.codePointAt(i);
      append(folded, codePoint);
      i += Character.charCount(codePoint);
    }
    // A compatibility form may stand for a blank.
    return composed(folded.toString()).strip();
  }

  private static String composed(String text) {
    return Normalizer.isNormalized(text, Normalizer.Form.NFKC)
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
