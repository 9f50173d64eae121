package io.parley.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.Normalizer2;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FoldingTest {
  @Test
  void fold_makesOneOfWhatDiffersByCaseOrWidthOnly() {
    same("ann", "  ANN ");
    same("ann", "ＡＮＮ");
    same("Ångström", "A\u030Angstro\u0308m");
    same("strasse", "Straße");
    same("Groß", "GROẞ");
    same("ΣΊΣΥΦΟΣ", "Σίσυφος");
    same("ΟΔΟΣ", "οδος");
    same("İstanbul", "istanbul");
    same("I\u0307stanbul", "i\u0307stanbul");
    same("Ꭰ", "ꭰ");
    same("ﬁn", "FIN");
  }

  @Test
  void fold_keepsApartWhatIsNotTheSameLetter() {
    assertNotEquals(Folding.fold("ann"), Folding.fold("anna"));
    assertNotEquals(Folding.fold("ısı"), Folding.fold("isi"));
    assertEquals(Folding.fold("ısı"), "ısı");
  }

  @Test
  void fold_ofABeginning_isTheBeginningOfTheFold() {
    String name = "ΔΗΜΟΣΘΈΝΗΣ ΤΗΣ Groß ς";
    String whole = Folding.fold(name);
    for (int end = 1; end <= name.length(); end++) {
      String begin = Folding.fold(name.substring(0, end));
      assertTrue(whole.startsWith(begin), begin);
    }
  }

  /// Compared with a library that has Unicode's own table, over every code point that this runtime
  /// knows.
  @Test
  void fold_isUnicodesFullCaseFolding_butForTheDottedI() {
    Normalizer2 nfkc = Normalizer2.getNFKCInstance();
    StringBuilder wrong = new StringBuilder();
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      int type = Character.getType(c);
      if (type == Character.UNASSIGNED || type == Character.SURROGATE) {
        continue;
      }
      String text = "x" + Character.toString(c) + "x";
      String expected =
          nfkc.normalize(UCharacter.foldCase(nfkc.normalize(text), true)).replace("i\u0307", "i");
      if (!expected.equals(Folding.fold(text))) {
        wrong.append(Integer.toHexString(c)).append(' ');
      }
    }
    assertEquals("", wrong.toString());
  }

  @Test
  void fold_again_changesNothing() {
    Random random = new Random(9);
    int[] marks = {
      0x301, 0x307, 0x323, 0x345, 0x130, 0x131, 'i', 'I', 0x3A3, 0x3C2, 0x1FB3, 0xFDFA
    };
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(5); length >= 0; length--) {
        text.appendCodePoint(
            random.nextBoolean()
                ? marks[random.nextInt(marks.length)]
                : 0x80 + random.nextInt(0x2100));
      }
      String folded = Folding.fold(text.toString());
      assertEquals(folded, Folding.fold(folded), text::toString);
    }
  }

  private static void same(String one, String other) {
    assertEquals(Folding.fold(one), Folding.fold(other));
  }

  @Test
  void searched_isTheFoldedText_ofThatSoMuchAsIsSearched() {
    String mixed = "Straße e\u0301 \u1112\u1161\u11AB が か\u3099 ﾊﾞ 😀 İ ΟΔΟΣ ".repeat(300);
    assertEquals(Folding.fold(mixed), Folding.searched(mixed));
    assertEquals(Folding.fold("  Ａ "), Folding.searched("  Ａ "));
    assertEquals(Folding.SEARCHED_CHARS_MAX, Folding.searched("\uFDFA".repeat(1_000_000)).length());
    String pairs = Folding.searched("x" + "\uD83D\uDE00".repeat(20_000));
    assertEquals(Folding.SEARCHED_CHARS_MAX - 1, pairs.length());
  }

  @Test
  void plainTexts_areFoldedBySmallLettersAlone() {
    for (int i = 0; i < 0x10000; i++) {
      String text = "A" + (char) i;
      if (Folding.isPlain(text) && i > ' ') {
        assertEquals(Folding.smallAscii(text), Folding.fold(text), Integer.toHexString(i));
        String joined = "가か" + (char) i + "A";
        assertEquals(Folding.smallAscii(joined), Folding.fold(joined), Integer.toHexString(i));
      }
    }
  }

  /// What says that a text is plain saves work; where it never did, nothing else would be wrong.
  @Test
  void mostTextsOfTheWorld_arePlain() {
    for (String text :
        new String[] {"", "Hello, World! ~", "一鿿", "ぁゖ", "ァヺ", "、〩", "가힣", "㐀䶿", "‘’‚“”"}) {
      assertTrue(Folding.isPlain(text), text);
    }
    for (String text :
        new String[] {"é", "Ａ", "a\u0080", "一䷿", "\u3040", "\u3097", "\u201b", "Я", "a\u0301"}) {
      assertFalse(Folding.isPlain(text), text);
    }
  }

  @Test
  void longTexts_areFoldedAsIfTheyWereNotCutBetween() {
    for (String text : new String[] {"e\u0301", "か\u3099x", "x\uD801\uDC00", "\uD801\uDC00"}) {
      for (String before : new String[] {"", "x", "xy"}) {
        String whole = before + text.repeat(1_500);
        assertEquals(Folding.fold(whole), Folding.searched(whole));
      }
    }
  }

  @Test
  void smallAscii_changesNothingElse() {
    assertEquals("azaz @[é Я 一", Folding.smallAscii("AZaz @[é Я 一"));
    assertEquals("@[`{", Folding.smallAscii("@[`{"));
    assertEquals("nothing", Folding.smallAscii("nothing"));
  }

  @Test
  void exact_keepsTheCase_andIsNobodysFoldedName() {
    assertNotEquals(Folding.exact("Ann"), Folding.exact("ann"));
    assertEquals(Folding.exact("Ann"), Folding.exact(" Ａnn "));
    assertNotEquals(Folding.fold("ann"), Folding.exact("ann"));
  }
}
