package io.parley.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
}
