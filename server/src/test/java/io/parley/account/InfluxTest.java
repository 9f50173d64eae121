package io.parley.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.harness.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InfluxTest {
  private static final Source HERE = Source.ofAddress("10.0.0.1");
  private static final Source THERE = Source.ofAddress("10.0.0.2");

  private final TestClock clock = new TestClock();
  private final Influx influx = new Influx(clock, 3, 2);

  @Test
  void registrations_beyondTheHoursNumber_waitForTheNext() {
    for (int i = 0; i < 3; i++) {
      assertEquals("made", influx.admit(HERE, () -> "made"));
    }
    Fault fault = assertThrows(Fault.class, () -> influx.admit(HERE, () -> "made"));
    assertEquals(FaultCode.THROTTLED, fault.code());
    assertEquals(Duration.ofHours(1), fault.retryAfter());
    assertEquals("made", influx.admit(THERE, () -> "made"));
    clock.advance(Duration.ofMinutes(50));
    Fault later = assertThrows(Fault.class, () -> influx.admit(HERE, () -> "made"));
    assertEquals(Duration.ofMinutes(10), later.retryAfter());
    clock.advance(Duration.ofMinutes(10));
    assertEquals("made", influx.admit(HERE, () -> "made"));
  }

  @Test
  void registrationsThatFail_doNotCount() {
    for (int i = 0; i < 10; i++) {
      assertThrows(
          IllegalStateException.class,
          () ->
              influx.admit(
                  HERE,
                  () -> {
                    throw new IllegalStateException();
                  }));
    }
    assertEquals("made", influx.admit(HERE, () -> "made"));
  }

  @Test
  void registrationsAtOnce_areBounded_andEachGivesItsPlaceBack() {
    for (int i = 0; i < 3; i++) {
      assertEquals("made", twoAtOnceAndAThird());
      clock.advance(Duration.ofHours(1));
    }
  }

  private String twoAtOnceAndAThird() {
    return influx.admit(
        HERE,
        () ->
            influx.admit(
                HERE,
                () -> {
                  Fault fault = assertThrows(Fault.class, () -> influx.admit(HERE, () -> "made"));
                  assertEquals(FaultCode.BUSY, fault.code());
                  return influx.admit(THERE, () -> "made");
                }));
  }
}
