package io.parley.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class LookTest {
  @Test
  void twins_shareAForm() {
    twins("boss", "bo\u200bss");
    twins("boss", "boss\ufe0f");
    twins("paypal", "раураl");
    twins("paypal", "paypaI");
    twins("PAYPAL", "paypaI");
    twins("mary", "rnary");
    twins("Bill", "Bіll");
    twins("ann lee", "ann  lee");
    twins("ann lee", "ann\u00a0lee");
    twins("13800138000", "l38OOl38OOO");
    twins("BOSS", "B0SS");
    twins("管理员", "管理员\u2060");
  }

  @Test
  void namesThatCanBeToldApart_shareNone() {
    apart("ann", "anna");
    apart("mail", "mall");
    apart("user-1", "user-7");
    apart("bill0", "billo");
    apart("安安", "安");
    apart("ısı", "isi");
  }

  /// So that most names need no row of their own for what they look like.
  @Test
  void plainNamesAndNumbers_lookLikeThemselves() {
    for (String name : new String[] {"user-1024", "13800138000", "mary", "anna", "安安"}) {
      assertEquals(java.util.Set.of(name), Look.of(name));
    }
  }

  @Test
  void skeleton_ofASkeleton_isItself() {
    for (int c = 1; c <= Character.MAX_CODE_POINT; c++) {
      if (Character.getType(c) != Character.SURROGATE) {
        String skeleton = Look.skeleton(Folding.fold(Character.toString(c)));
        assertEquals(skeleton, Look.skeleton(skeleton), () -> skeleton);
      }
    }
  }

  /// Compared with a library that has Unicode's own table.
  @Test
  void confused_isThePublishedSkeletonOfEveryCodePoint() {
    SpoofChecker published = new SpoofChecker.Builder().build();
    Normalizer2 nfkc = Normalizer2.getNFKCInstance();
    StringBuilder wrong = new StringBuilder();
    for (int c = 0x21; c <= Character.MAX_CODE_POINT; c++) {
      if (Character.getType(c) == Character.SURROGATE
          || Character.isSpaceChar(c)
          || Visible.isIgnorable(c)) {
        continue;
      }
      String text = nfkc.normalize(Character.toString(c));
      if (text.indexOf(' ') < 0
          && text.indexOf('ı') < 0
          && !published.getSkeleton(text).equals(Look.confused(text))) {
        wrong.append(Integer.toHexString(c)).append(' ');
      }
    }
    assertEquals("", wrong.toString());
  }

  @Test
  void ignorable_isUnicodesProperty() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      assertEquals(
          UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT),
          Visible.isIgnorable(c),
          Integer.toHexString(c));
    }
  }

  private static void twins(String one, String other) {
    assertFalse(Collections.disjoint(Look.of(one), Look.of(other)), one + " and " + other);
  }

  private static void apart(String one, String other) {
    assertTrue(Collections.disjoint(Look.of(one), Look.of(other)), one + " and " + other);
  }
}
