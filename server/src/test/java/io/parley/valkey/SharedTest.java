package io.parley.valkey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.account.LocalTries;
import io.parley.account.Source;
import io.parley.account.Throttle;
import io.parley.account.Tries;
import io.parley.base.AccountId;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.harness.Waiting;
import io.parley.presence.Places;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What nodes 1 and 2 keep together.
@Timeout(60)
class SharedTest {
  private static final AccountId ANN = new AccountId(1);
  private static final AccountId BOB = new AccountId(2);
  private static final Source HERE = Source.ofAddress("10.0.0.1");
  private static final Source THERE = Source.ofAddress("10.0.0.2");

  @TempDir Path dir;
  private RedisProcess redis;
  private ValkeyBus one;
  private ValkeyBus two;

  @BeforeEach
  void start() {
    redis = RedisProcess.start(dir);
    one = redis.bus(1);
    two = redis.bus(2);
    // Both have leases.
    Waiting.until(() -> redis.command("exists", "{test}:node:1", "{test}:node:2").equals("2"));
  }

  @AfterEach
  void stop() {
    one.close();
    two.close();
    redis.close();
  }

  private static Throttle throttle(ValkeyBus bus) {
    return new Throttle(bus.tries(new LocalTries(Clock.SYSTEM)), true);
  }

  private static Throttle.Try begin(Throttle throttle, String name, Source source) {
    return throttle.begin(name, source, () -> false);
  }

  @Test
  void account_isOnlineUntilItLeftTheLastNode() {
    Places here = one.places();
    Places there = two.places();
    assertTrue(here.came(ANN));
    assertFalse(there.came(ANN), "it is at the other node");
    assertEquals(Set.of(ANN), here.elsewhere(List.of(BOB, ANN)));
    assertFalse(here.went(ANN), "it is still at the other node");
    assertEquals(Set.of(ANN), here.elsewhere(List.of(ANN)));
    assertEquals(Set.of(), there.elsewhere(List.of(ANN)));
    assertTrue(there.went(ANN));
    assertEquals(Set.of(), here.elsewhere(List.of(ANN)));
    assertEquals("0", redis.command("exists", "{test}:at:1"));
  }

  @Test
  void nodeWithoutALease_orUnderAnOlderEpoch_holdsNobody() {
    two.places().came(ANN);
    redis.command("hset", "{test}:at:2", "2", "0");
    redis.command("hset", "{test}:at:2", "77", "1");
    assertEquals(Set.of(ANN), one.places().elsewhere(List.of(ANN, BOB)));
    two.close();
    assertEquals(Set.of(), one.places().elsewhere(List.of(ANN)));
    assertTrue(one.places().came(ANN));
  }

  @Test
  void serverThatLostEverything_isToldAgain() {
    two.places().came(ANN);
    redis.command("flushall");
    Waiting.until(() -> one.places().elsewhere(List.of(ANN)).equals(Set.of(ANN)));
  }

  @Test
  void withoutTheServer_everybodyIsHereOnly_andNobodyWaitsLong() {
    two.places().came(ANN);
    redis.pause();
    assertEquals(Set.of(), one.places().elsewhere(List.of(ANN)));
    long start = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      one.places().elsewhere(List.of(ANN));
    }
    assertTrue(System.nanoTime() - start < Duration.ofSeconds(5).toNanos(), "each of them waited");
    redis.goOn();
    Waiting.until(() -> one.places().elsewhere(List.of(ANN)).equals(Set.of(ANN)));
  }

  @Test
  void failures_countOnAllNodes() {
    for (int i = 0; i < 5; i++) {
      begin(throttle(i % 2 == 0 ? one : two), "ann", HERE);
    }
    Fault fault = assertThrows(Fault.class, () -> begin(throttle(two), "ann", HERE));
    assertTrue(fault.text().contains("in 1 s"), fault.text());
    begin(throttle(two), "ann", THERE);
    begin(throttle(two), "bob", HERE);
    assertTrue(redis.command("keys", "*ann*").isEmpty(), "a name is seen");
    assertTrue(redis.command("keys", "*10.0.0*").isEmpty(), "an address is seen");
    for (String key : redis.command("keys", "{test}:try:*").split("\n")) {
      long ms = Long.parseLong(redis.command("pttl", key));
      assertTrue(ms > 0 && ms <= Tries.MEMORY.toMillis(), key + " lives " + ms);
    }
  }

  @Test
  void waits_double_toAMinute_andSuccessEndsThem() {
    Tries tries = one.tries(new LocalTries(Clock.SYSTEM));
    String key = "{test}:try:pair:";
    for (int i = 0; i < 4; i++) {
      assertEquals(0, tries.reserve(Tries.By.PAIR, "10.0.0.1\nann"));
    }
    String stored = redis.command("keys", key + "*");
    for (long wait : new long[] {1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000}) {
      assertEquals(0, tries.reserve(Tries.By.PAIR, "10.0.0.1\nann"));
      long left = tries.reserve(Tries.By.PAIR, "10.0.0.1\nann");
      assertTrue(left > wait - 900 && left <= wait, left + " of " + wait);
      redis.command("hset", stored, "open", "0");
    }
    assertEquals(1, throttle(one).locked().names() + tries.locked().names());
    tries.forget(Tries.By.PAIR, "10.0.0.1\nann");
    assertEquals("0", redis.command("exists", stored));
  }

  @Test
  void sourceIsRefilled_andGivenBack() {
    Tries tries = one.tries(new LocalTries(Clock.SYSTEM));
    Tries others = two.tries(new LocalTries(Clock.SYSTEM));
    for (int i = 0; i < Tries.SOURCE_FREE; i++) {
      assertEquals(0, (i % 2 == 0 ? tries : others).take("10.0.0.1"));
    }
    long wait = 0;
    for (int i = 0; i < 3 && wait == 0; i++) {
      wait = tries.take("10.0.0.1");
    }
    assertTrue(wait > 0 && wait <= Tries.SOURCE_REFILL_MS, "waits " + wait);
    others.refund("10.0.0.1");
    assertEquals(0, tries.take("10.0.0.1"));
    assertEquals(0, tries.take("10.0.0.2"));
  }

  @Test
  void whoGotIn_isKnownOnAllNodes() {
    begin(throttle(one), "ann", HERE).succeeded();
    for (int i = 0; i < 60; i++) {
      try {
        begin(throttle(one), "ann", Source.ofAddress("10.1.0." + i));
      } catch (Fault expected) {
        break;
      }
    }
    assertThrows(Fault.class, () -> begin(throttle(two), "ann", THERE));
    begin(throttle(two), "ann", HERE).abandoned();
  }

  @Test
  void triesAtTheSameTime_countLikeTriesOneAfterTheOther() throws Exception {
    AtomicInteger let = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(50);
    for (int i = 0; i < 50; i++) {
      Throttle throttle = throttle(i % 2 == 0 ? one : two);
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  begin(throttle, "ann", HERE);
                  let.incrementAndGet();
                } catch (Fault refused) {
                  // As it should be.
                } finally {
                  done.countDown();
                }
              });
    }
    done.await();
    assertEquals(5, let.get());
  }

  @Test
  void withoutTheServer_triesAreCountedHere() {
    Throttle throttle = throttle(one);
    redis.kill();
    for (int i = 0; i < 5; i++) {
      begin(throttle, "ann", HERE);
    }
    assertThrows(Fault.class, () -> begin(throttle, "ann", HERE));
    redis.startAgain();
    Waiting.until(() -> one.isGood() && two.isGood());
  }
}
