package io.parley.base;

import java.lang.Character.UnicodeScript;
import java.util.Set;

/// Which characters of a text can be seen.
public final class Visible {
  private static final int ZWNJ = 0x200C;
  private static final int ZWJ = 0x200D;
  private static final int EMPTY_BRAILLE = 0x2800;
  private static final int NULL_NOTE_HEAD = 0x1D159;
  private static final int BLACK_FLAG = 0x1F3F4;
  private static final int KEYCAP = 0x20E3;

  /// First and last of each range of Unicode's Default_Ignorable_Code_Point.
  private static final int[][] IGNORABLE = {
    {0xAD, 0xAD}, {0x34F, 0x34F}, {0x61C, 0x61C}, {0x115F, 0x1160}, {0x17B4, 0x17B5},
    {0x180B, 0x180F}, {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x206F}, {0x3164, 0x3164},
    {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFF8}, {0x1BCA0, 0x1BCA3},
    {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF}
  };

  private static final Set<UnicodeScript> JOINED =
      Set.of(
          UnicodeScript.ARABIC, UnicodeScript.SYRIAC, UnicodeScript.NKO, UnicodeScript.MONGOLIAN);

  /// The signs that join letters in the scripts of India and its neighbours.
  private static final Set<Integer> VIRAMAS =
      Set.of(
          0x94D, 0x9CD, 0xA4D, 0xACD, 0xB4D, 0xBCD, 0xC4D, 0xCCD, 0xD3B, 0xD3C, 0xD4D, 0xDCA,
          0x1039, 0x103A, 0x17D2, 0x1B44);

  private Visible() {}

  /// Whether nothing of `text` can be seen: what every contract calls empty.
  public static boolean isBlank(String text) {
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      if (!isBlank(codePoint)) {
        return false;
      }
      i += Character.charCount(codePoint);
    }
    return true;
  }

  private static boolean isBlank(int codePoint) {
    return Character.isWhitespace(codePoint)
        || Character.isSpaceChar(codePoint)
        || Character.isISOControl(codePoint)
        || isHidden(codePoint);
  }

  /// Whether `codePoint` is shown as nothing, though it is not a blank.
  private static boolean isHidden(int codePoint) {
    return isIgnorable(codePoint)
        || codePoint == EMPTY_BRAILLE
        || codePoint == NULL_NOTE_HEAD
        || (codePoint >= 0xFFF9 && codePoint <= 0xFFFB);
  }

  /// Whether `codePoint` has Unicode's property Default_Ignorable_Code_Point.
  public static boolean isIgnorable(int codePoint) {
    if (codePoint < 0xAD) {
      return false;
    }
    for (int[] range : IGNORABLE) {
      if (codePoint <= range[1]) {
        return codePoint >= range[0];
      }
    }
    return false;
  }

  /// Whether `name` holds something that cannot be seen and that no script and no emoji needs where
  /// it stands; controls of the direction of text among it.
  public static boolean hides(String name) {
    int[] all = name.codePoints().toArray();
    for (int i = 0; i < all.length; i++) {
      if (isHidden(all[i]) && !isNeeded(all, i)) {
        return true;
      }
    }
    return false;
  }

  /// Whether `text` turns the order of its own characters round: `gpj.exe` shown as `exe.jpg`.
  public static boolean turns(String text) {
    return text.indexOf('\u202d') >= 0 || text.indexOf('\u202e') >= 0;
  }

  private static boolean isNeeded(int[] all, int i) {
    if (i == 0) {
      return false;
    }
    int before = all[i - 1];
    int after = i + 1 < all.length ? all[i + 1] : 0;
    int c = all[i];
    if (c == ZWJ) {
      return VIRAMAS.contains(before) || (endsEmoji(all, i) && isPicture(after));
    }
    if (c == ZWNJ) {
      return VIRAMAS.contains(before) || (joins(before) && joins(after));
    }
    if (c == 0xFE0E || c == 0xFE0F) {
      return isPicture(before) || (after == KEYCAP && Character.isEmoji(before));
    }
    if (c >= 0xE0020 && c <= 0xE007F) {
      return endsEmoji(all, i) && flag(all, i);
    }
    if (c >= 0xE0100 && c <= 0xE01EF) {
      return Character.isIdeographic(before);
    }
    return c >= 0x180B && c <= 0x180F && UnicodeScript.of(before) == UnicodeScript.MONGOLIAN;
  }

  private static boolean joins(int codePoint) {
    return JOINED.contains(UnicodeScript.of(codePoint));
  }

  /// Of ASCII and Latin-1 digits and signs count as emoji, too.
  private static boolean isPicture(int codePoint) {
    return codePoint > 0xFF && Character.isEmoji(codePoint);
  }

  /// Whether an emoji ends before `i`, with what may follow its picture.
  private static boolean endsEmoji(int[] all, int i) {
    int at = i - 1;
    while (at > 0
        && (all[at] == 0xFE0F || isTag(all[at]) || (all[at] >= 0x1F3FB && all[at] <= 0x1F3FF))) {
      at--;
    }
    return isPicture(all[at]);
  }

  private static boolean flag(int[] all, int i) {
    int at = i - 1;
    while (at > 0 && isTag(all[at])) {
      at--;
    }
    return all[at] == BLACK_FLAG;
  }

  private static boolean isTag(int codePoint) {
    return codePoint >= 0xE0020 && codePoint <= 0xE007F;
  }
}
