package io.parley.bench.pace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PaceTest {
  @Test
  void openLoop_keepsItsTimetable_howeverLateItIsAsked() {
    OpenLoop loop = new OpenLoop(1_000, 1_000_000); // one a microsecond
    assertFalse(loop.due(999));
    assertTrue(loop.due(1_000));
    assertEquals(1_000, loop.take());
    assertFalse(loop.due(1_500));
    assertEquals(2_000, loop.take());
    assertTrue(loop.due(900_000));
    assertEquals(3_000, loop.take());
  }

  @Test
  void openLoop_doesNotDrift() {
    OpenLoop loop = new OpenLoop(0, 3);
    for (int i = 0; i < 3_000_000; i++) {
      loop.take();
    }
    assertEquals(1_000_000_000_000_000L, loop.nextNanos());
  }

  @Test
  void openLoop_withoutARate_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new OpenLoop(0, 0));
    assertThrows(IllegalArgumentException.class, () -> new OpenLoop(0, Double.NaN));
  }

  @Test
  void backlog_isFirstInFirstOut_acrossGrowthAndWrap() {
    Backlog backlog = new Backlog();
    long in = 0;
    long out = 0;
    for (int round = 0; round < 100; round++) {
      for (int i = 0; i < 7; i++) {
        backlog.add(in++);
      }
      for (int i = 0; i < 5; i++) {
        assertEquals(out, backlog.first());
        assertEquals(out++, backlog.remove());
      }
    }
    assertEquals(200, backlog.size());
    while (backlog.size() > 0) {
      assertEquals(out++, backlog.remove());
    }
    assertThrows(IllegalStateException.class, backlog::remove);
  }

  @Test
  void inFlight_boundsTheWindow_andTakesAnswersInAnyOrder() {
    InFlight inFlight = new InFlight();
    inFlight.sent(1, 100);
    assertTrue(inFlight.admits(2, 2));
    inFlight.sent(2, 200);
    assertFalse(inFlight.admits(3, 2));
    assertEquals(200, inFlight.answered(2));
    assertTrue(inFlight.admits(3, 2));
    assertTrue(inFlight.waits(1));
    assertFalse(inFlight.waits(2));
    assertThrows(IllegalStateException.class, () -> inFlight.answered(2));
    assertEquals(1, inFlight.count());
  }

  @Test
  void inFlight_oldMessageInTheSlot_blocksItsSuccessor() {
    InFlight inFlight = new InFlight();
    inFlight.sent(1, 100);
    assertFalse(inFlight.admits(1025, 64));
    assertFalse(inFlight.waits(1025));
    inFlight.answered(1);
    assertTrue(inFlight.admits(1025, 64));
  }

  @Test
  void gate_closesWhileDeliveriesAreUnderWay() {
    DeliveryGate gate = new DeliveryGate(10, 2);
    gate.sent();
    assertTrue(gate.open());
    gate.sent();
    assertFalse(gate.open());
    gate.delivered(1);
    assertTrue(gate.open());
  }

  @Test
  void gate_receiverGone_isNotWaitedFor() {
    DeliveryGate gate = new DeliveryGate(2, 1);
    gate.sent();
    gate.sent(); // four deliveries under way, two of them to the one that goes
    gate.delivered(2);
    assertFalse(gate.open());
    gate.gone(0, 0);
    assertTrue(gate.open());
  }
}
