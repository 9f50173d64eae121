package io.parley.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.harness.TestClock;
import io.parley.harness.TestLimits;
import io.parley.store.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdsTest {
  @TempDir Path dir;
  private final TestClock clock = new TestClock();

  @Test
  void id_hasTheTimeAboveTheNodeAboveTheCounter() {
    clock.advance(Duration.ofMillis(5));
    long sinceEpoch = clock.millis() - Ids.EPOCH_MS;
    assertEquals(sinceEpoch << 22, new Ids(clock, 0).next());
    Ids highest = new Ids(clock, 1023);
    assertEquals((sinceEpoch << 22) | (1023L << 12), highest.next());
    assertEquals((sinceEpoch << 22) | (1023L << 12) | 1, highest.next());
    clock.advance(Duration.ofMillis(1));
    assertEquals(((sinceEpoch + 1) << 22) | (1023L << 12), highest.next());
    for (int wrong : new int[] {-1, 1024}) {
      assertThrows(IllegalArgumentException.class, () -> new Ids(clock, wrong));
    }
  }

  @Test
  void moreIdsThanAMillisecondHas_borrowFromTheNext_onTheSameNode() {
    Ids ids = new Ids(clock, 7);
    long first = ids.next();
    for (int i = 1; i < 4096; i++) {
      assertEquals(first + i, ids.next());
    }
    long borrowed = ids.next();
    assertEquals((first >>> 22) + 1, borrowed >>> 22);
    assertEquals(7L << 12, borrowed & ((1 << 22) - 1), "the counter begins anew");
  }

  @Test
  void startAbove_neverGoesBack() {
    Ids ids = new Ids(clock, 0);
    assertEquals(0, ids.last());
    long first = ids.next();
    ids.startAbove(1);
    assertEquals(first, ids.last());
    ids.startAbove(first + 100);
    assertEquals(first + 101, ids.next());
  }

  @Test
  void clockThatStepsBack_ordersNothingAnew() {
    Ids ids = new Ids(clock, 0);
    long before = ids.next();
    clock.step(Duration.ofHours(-2));
    for (int i = 0; i < 10_000; i++) {
      long after = ids.next();
      assertTrue(after > before, "ids must grow");
      before = after;
    }
  }

  @Test
  void clockThatIsSetBackBetweenTwoRuns_goesOnAboveTheNewest() {
    long newest;
    try (var db = Engine.SQLITE.open(dir, TestLimits.defaults())) {
      Ids ids = new Ids(clock, 0);
      db.begin(ids, new Node(0, 0));
      // Neither the newest row nor any row of its table needs to have it as a key.
      newest = ids.next();
      db.write(tx -> tx.update("UPDATE store_state SET padding = NULL WHERE name = 'probe'"));
    }
    clock.step(Duration.ofHours(-2));
    try (var db = Engine.SQLITE.open(dir, TestLimits.defaults())) {
      Ids ids = new Ids(clock, 0);
      db.begin(ids, new Node(0, 0));
      assertEquals(newest + 1, ids.next(), "a clean stop leaves no gap");
    }
  }

  /// The same after a kill, whose mark may be ahead, but by no more than the start takes.
  @Test
  void clockThatIsSetBackAfterAKill_goesOnAboveTheNewest() throws Exception {
    Path killed = Files.createDirectory(dir.resolve("killed"));
    long newest = 0;
    try (var db = Engine.SQLITE.open(dir, TestLimits.defaults())) {
      Ids ids = new Ids(clock, 0);
      db.begin(ids, new Node(0, 0));
      for (int i = 0; i < 50; i++) {
        clock.advance(Duration.ofMillis(100));
        newest = ids.next();
        db.write(tx -> tx.update("UPDATE store_state SET padding = NULL WHERE name = 'probe'"));
      }
      for (String file : List.of("parley.db", "parley.db-wal")) {
        Files.copy(dir.resolve(file), killed.resolve(file));
      }
    }
    clock.step(Duration.ofDays(-1));
    try (var db = Engine.SQLITE.open(killed, TestLimits.defaults())) {
      Ids ids = new Ids(clock, 0);
      db.begin(ids, new Node(0, 0));
      long next = ids.next();
      assertTrue(next > newest);
      assertTrue(next - newest < 1100L << 22, "over a second ahead");
    }
  }
}
