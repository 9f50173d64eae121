package io.parley.account;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.harness.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private static final Source HERE = Source.ofAddress("10.0.0.1");
  private static final Source THERE = Source.ofAddress("10.0.0.2");

  private final TestClock clock = new TestClock();
  private final Throttle throttle = new Throttle(clock, true);

  @Test
  void failures_beyondTheFreeOnes_doubleTheWait() {
    fail("ann", HERE, 4);
    for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      fail("ann", HERE, 1);
      assertEquals(Duration.ofSeconds(seconds), waiting("ann", HERE));
      clock.advance(Duration.ofSeconds(seconds));
    }
  }

  @Test
  void failures_ofOneName_holdUpNeitherAnotherNameNorAnotherAddress() {
    failAsLetThrough("ann", HERE, 10);
    passes("bob", HERE);
    passes("ann", THERE);
  }

  /// A guess from a thousand addresses.
  @Test
  void failures_ofOneNameFromManyAddresses_holdUpTheName_butNotWhereItIsAtHome() {
    begin("ann", HERE).succeeded();
    for (int i = 0; i < 60; i++) {
      failAsLetThrough("ann", Source.ofAddress("10.1.0." + i), 1);
    }
    assertThrows(Fault.class, () -> begin("ann", THERE));
    passes("ann", HERE);
    assertDoesNotThrow(() -> throttle.begin("ann", THERE, () -> true));
  }

  @Test
  void failures_ofOneAddressOverManyNames_slowTheAddressDown() {
    for (int i = 0; i < 100; i++) {
      fail("name-" + i, HERE, 1);
    }
    passes("fresh", HERE);
    for (int i = 100; i < 1_000; i++) {
      failAsLetThrough("name-" + i, HERE, 1);
    }
    Duration wait = waiting("fresh", HERE);
    assertEquals(Duration.ofSeconds(2), wait);
    passes("fresh", THERE);
    clock.advance(wait);
    passes("fresh", HERE);
  }

  @Test
  void right_fromAnAddressThatGuesses_passesWhereItIsAtHome() {
    begin("ann", HERE).succeeded();
    for (int i = 0; i < 1_000; i++) {
      failAsLetThrough("name-" + i, HERE, 1);
    }
    passes("ann", HERE);
    assertThrows(Fault.class, () -> begin("bob", HERE));
  }

  /// Each of the tries is under way when the next comes, as if all came at once.
  @Test
  void triesAtOnce_countLikeTriesOneAfterTheOther() {
    AtomicInteger let = new AtomicInteger();
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> guessers = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      guessers.add(
          Thread.startVirtualThread(
              () -> {
                await(go);
                try {
                  begin("ann", HERE);
                  let.incrementAndGet();
                } catch (Fault fault) {
                  assertEquals(FaultCode.THROTTLED, fault.code());
                }
              }));
    }
    go.countDown();
    guessers.forEach(ThrottleTest::join);
    assertEquals(5, let.get());
  }

  @Test
  void success_clearsThePairAndGivesTheRestBack() {
    for (int i = 0; i < 1_000; i++) {
      fail("ann", HERE, 3);
      begin("ann", HERE).succeeded();
      clock.advance(Duration.ofSeconds(6));
    }
    for (int i = 0; i < 1_000; i++) {
      begin("bob-" + i, THERE).succeeded();
    }
  }

  /// The hash queue was full, say.
  @Test
  void abandoned_countsAsNothing() {
    for (int i = 0; i < 1_000; i++) {
      begin("ann", HERE).abandoned();
    }
    passes("ann", HERE);
  }

  @Test
  void locked_countsWhatMustWait() {
    failAsLetThrough("ann", HERE, 10);
    failAsLetThrough("ann", THERE, 10);
    failAsLetThrough("bob", HERE, 10);
    assertEquals(new Throttle.Locked(2, 0), throttle.locked());
    clock.advance(Duration.ofMinutes(2));
    assertEquals(new Throttle.Locked(0, 0), throttle.locked());
  }

  @Test
  void wait_passesByTheMillisecond_andIsToldInWholeSeconds() {
    fail("ann", HERE, 5);
    Fault first = assertThrows(Fault.class, () -> begin("ann", HERE));
    assertEquals("too many failed logins, try again in 1 s", first.text());
    clock.advance(Duration.ofMillis(999));
    assertEquals(Duration.ofMillis(1), waiting("ann", HERE));
    Fault last = assertThrows(Fault.class, () -> begin("ann", HERE));
    assertEquals("too many failed logins, try again in 1 s", last.text());
    assertEquals(new Throttle.Locked(1, 0), throttle.locked());
    clock.advance(Duration.ofMillis(1));
    assertEquals(new Throttle.Locked(0, 0), throttle.locked());
    passes("ann", HERE);
  }

  @Test
  void abandonedTry_thatWouldHaveClosedTheName_leavesItOpen() {
    fail("ann", HERE, 4);
    begin("ann", HERE).abandoned();
    passes("ann", HERE);
  }

  /// Who is refused because of others has not guessed.
  @Test
  void refusalsOfAnAddress_countNeitherForTheNameNorForThePair() {
    exhaust(HERE);
    assertEquals(new Throttle.Locked(0, 1), throttle.locked());
    for (int i = 0; i < 100; i++) {
      assertEquals(Duration.ofSeconds(2), waiting("fresh", HERE));
    }
    passes("fresh", THERE);
    clock.advance(Duration.ofSeconds(2));
    assertEquals(new Throttle.Locked(0, 0), throttle.locked());
    passes("fresh", HERE);
  }

  @Test
  void addressThatGuesses_getsOneTryInTwoSeconds() {
    exhaust(HERE);
    clock.advance(Duration.ofMillis(500));
    assertEquals(Duration.ofMillis(1_500), waiting("fresh", HERE));
    clock.advance(Duration.ofMillis(1_500));
    fail("fresh", HERE, 1);
    assertEquals(Duration.ofSeconds(2), waiting("fresher", HERE));
    clock.advance(Duration.ofSeconds(6));
    for (int i = 0; i < 3; i++) {
      fail("later-" + i, HERE, 1);
    }
    assertEquals(Duration.ofSeconds(2), waiting("later", HERE));
  }

  @Test
  void locked_countsANameThatManyAddressesGuess_once() {
    for (int i = 0; i < 60; i++) {
      failAsLetThrough("ann", Source.ofAddress("10.1.0." + i), 1);
    }
    assertEquals(new Throttle.Locked(1, 0), throttle.locked());
    failAsLetThrough("ann", HERE, 10);
    assertEquals(new Throttle.Locked(1, 0), throttle.locked());
  }

  /// A trusted tier passes on the tries of everybody.
  @Test
  void untoldSource_isCountedByNameOnly() {
    for (int i = 0; i < 1_000; i++) {
      fail("name-" + i, Source.UNTOLD, 1);
    }
    failAsLetThrough("ann", Source.UNTOLD, 10);
    assertThrows(Fault.class, () -> begin("ann", Source.UNTOLD));
    passes("ann", HERE);
  }

  @Test
  void off_neverHoldsUp() {
    Throttle off = new Throttle(clock, false);
    assertFalse(off.on());
    assertTrue(throttle.on());
    for (int i = 0; i < 1_000; i++) {
      assertDoesNotThrow(() -> off.begin("ann", HERE, () -> false));
    }
  }

  private Throttle.Try begin(String name, Source source) {
    return throttle.begin(name, source, () -> false);
  }

  /// Uses up the free tries of an address.
  private void exhaust(Source source) {
    for (int i = 0; i < 120; i++) {
      fail("exhaust-" + i, source, 1);
    }
  }

  private void passes(String name, Source source) {
    begin(name, source).abandoned();
  }

  private void fail(String name, Source source, int times) {
    for (int i = 0; i < times; i++) {
      begin(name, source);
    }
  }

  private void failAsLetThrough(String name, Source source, int times) {
    for (int i = 0; i < times; i++) {
      try {
        begin(name, source);
      } catch (Fault fault) {
        assertEquals(FaultCode.THROTTLED, fault.code());
      }
    }
  }

  private Duration waiting(String name, Source source) {
    Fault fault = assertThrows(Fault.class, () -> begin(name, source));
    assertEquals(FaultCode.THROTTLED, fault.code());
    return fault.retryAfter();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
