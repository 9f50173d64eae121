package io.parley.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Rights as people write them.
class RightTest {
  @Test
  void everyRight_isReadAsItIsWritten() {
    for (Right right : Right.values()) {
      assertEquals(right, Right.of(right.word()));
    }
    assertEquals(Right.MAIL, Right.of("Mail"));
    assertEquals("admin", Right.ADMIN.word());
    assertEquals("[admin, entry]", Right.words(List.of(Right.ENTRY, Right.ADMIN)));
    assertEquals("[]", Right.words(List.of()));
  }

  @Test
  void anotherWord_isRefusedWithThoseThereAre() {
    var refused = assertThrows(IllegalArgumentException.class, () -> Right.of("root"));
    String text = String.valueOf(refused.getMessage());
    assertTrue(text.contains("\"root\""), text);
    for (Right right : Right.values()) {
      assertTrue(text.contains(right.word()), text);
    }
  }
}
