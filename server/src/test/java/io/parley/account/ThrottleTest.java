package io.parley.account;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.parley.TestClock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private final TestClock clock = new TestClock();
  private final Throttle throttle = new Throttle(clock, true);

  @Test
  void failures_beyondTheFreeOnes_doubleTheWait() {
    for (int i = 0; i < 4; i++) {
      throttle.failed("ann", "10.0.0.1");
      throttle.check("ann", "10.0.0.1");
    }
    for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      throttle.failed("ann", "10.0.0.1");
      assertEquals(Duration.ofSeconds(seconds), waiting("ann", "10.0.0.1"));
      clock.advance(Duration.ofSeconds(seconds));
      throttle.check("ann", "10.0.0.1");
    }
  }

  @Test
  void failures_ofOneName_doNotHoldUpAnother() {
    fail("ann", "10.0.0.1", 10);
    assertDoesNotThrow(() -> throttle.check("bob", "10.0.0.1"));
    assertThrows(Fault.class, () -> throttle.check("ann", "10.0.0.2"));
  }

  @Test
  void failures_ofOneAddressOverManyNames_holdUpTheAddress() {
    for (int i = 0; i < 60; i++) {
      throttle.failed("name-" + i, "10.0.0.1");
    }
    assertThrows(Fault.class, () -> throttle.check("fresh", "10.0.0.1"));
    assertDoesNotThrow(() -> throttle.check("fresh", "10.0.0.2"));
  }

  @Test
  void success_clearsTheName() {
    fail("ann", "10.0.0.1", 10);
    throttle.succeeded("ann");
    assertDoesNotThrow(() -> throttle.check("ann", "10.0.0.1"));
  }

  @Test
  void off_neverHoldsUp() {
    Throttle off = new Throttle(clock, false);
    for (int i = 0; i < 100; i++) {
      off.failed("ann", "10.0.0.1");
    }
    assertDoesNotThrow(() -> off.check("ann", "10.0.0.1"));
  }

  private void fail(String name, String address, int times) {
    for (int i = 0; i < times; i++) {
      throttle.failed(name, address);
    }
  }

  private Duration waiting(String name, String address) {
    Fault fault = assertThrows(Fault.class, () -> throttle.check(name, address));
    assertEquals(FaultCode.THROTTLED, fault.code());
    return fault.retryAfter();
  }
}
