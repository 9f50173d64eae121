package io.parley.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class FaultTest {
  /// A text that quotes 40,000 characters of a request fits into no header.
  @Test
  void text_isCut_betweenWholeCharacters() {
    String kept = "x".repeat(500);
    assertEquals(kept, Fault.of(FaultCode.NOT_FOUND, kept).text());
    assertEquals("x".repeat(499) + "…", Fault.of(FaultCode.NOT_FOUND, kept + "y").text());
    String pairs = Fault.of(FaultCode.NOT_FOUND, "x" + "😀".repeat(400)).text();
    assertEquals(500, pairs.length());
    String odd = Fault.of(FaultCode.NOT_FOUND, "😀".repeat(400)).text();
    assertFalse(Character.isHighSurrogate(odd.charAt(odd.length() - 2)), odd);
  }
}
