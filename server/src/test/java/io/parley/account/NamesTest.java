package io.parley.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.parley.base.Fault;
import io.parley.base.FaultCode;
import org.junit.jupiter.api.Test;

class NamesTest {
  @Test
  void require_countsCodePoints() {
    assertEquals("👋".repeat(64), Names.require("name", "👋".repeat(64), 64));
    assertEquals(FaultCode.TOO_LARGE, code("👋".repeat(65)));
    assertEquals(FaultCode.TOO_LARGE, code("x".repeat(1_000_000)));
  }

  @Test
  void require_refusesBlankControlAndBrokenText() {
    assertEquals(FaultCode.INVALID_FIELD, code(""));
    assertEquals(FaultCode.INVALID_FIELD, code(" \t "));
    assertEquals(FaultCode.INVALID_FIELD, code("a\nb"));
    assertEquals(FaultCode.INVALID_FIELD, code("a\ud83d"));
  }

  @Test
  void require_refusesWhatNobodyCanSee() {
    assertEquals(FaultCode.INVALID_FIELD, code("\u3164\u200b"));
    assertEquals(FaultCode.INVALID_FIELD, code("bo\u200bss"));
    assertEquals(FaultCode.INVALID_FIELD, code("invoice\u202egnp.exe"));
    assertEquals("👩\u200d🚀", Names.require("name", "👩\u200d🚀", 64));
  }

  private static FaultCode code(String name) {
    return assertThrows(Fault.class, () -> Names.require("name", name, 64)).code();
  }
}
