package io.parley.bench.chaos;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GateTest {
  private final Gate gate = new Gate();

  @Test
  void close_waitsForThoseInside() throws InterruptedException {
    gate.enter();
    assertFalse(gate.close(20));
    gate.leave();
    assertTrue(gate.close(20));
  }

  @Test
  void closedGate_letsNobodyIn_untilItOpens() throws InterruptedException {
    assertTrue(gate.close(0));
    CountDownLatch inside = new CountDownLatch(1);
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                gate.enter();
                inside.countDown();
              } catch (InterruptedException e) {
                // Then nobody gets inside.
              }
            });
    assertFalse(inside.await(50, TimeUnit.MILLISECONDS));
    gate.open();
    assertTrue(inside.await(5, TimeUnit.SECONDS));
  }
}
