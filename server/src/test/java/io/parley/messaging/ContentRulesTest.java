package io.parley.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.harness.TestLimits;
import org.junit.jupiter.api.Test;

class ContentRulesTest {
  private final ContentRules rules = new ContentRules(TestLimits.defaults());

  @Test
  void whatNobodyCanSee_isEmpty() {
    refused(new Content.Text("\u3164\u200b"));
    refused(new Content.Text(" \u2800\n"));
    refused(new Content.Face("\ufe0f"));
    refused(new Content.File(1, "\u2060", "/media/a"));
    rules.check(new Content.Text("\u200b👋"));
  }

  @Test
  void fileName_doesNotTurnItsEndRound() {
    refused(new Content.File(1, "invoice\u202egnp.exe", "/media/a"));
    rules.check(new Content.File(1, "חשבון\u200f.pdf", "/media/a"));
  }

  private void refused(Content content) {
    Fault fault = assertThrows(Fault.class, () -> rules.check(content));
    assertEquals(FaultCode.INVALID_FIELD, fault.code());
  }
}
