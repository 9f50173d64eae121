package io.parley.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
      db.begin(ids);
      // Neither the newest row nor any row of its table needs to have it as a key.
      newest = ids.next();
      db.write(tx -> tx.update("UPDATE store_state SET padding = NULL WHERE name = 'probe'"));
    }
    clock.step(Duration.ofHours(-2));
    try (var db = Engine.SQLITE.open(dir, TestLimits.defaults())) {
      Ids ids = new Ids(clock, 0);
      db.begin(ids);
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
      db.begin(ids);
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
      db.begin(ids);
      long next = ids.next();
      assertTrue(next > newest);
      assertTrue(next - newest < 1100L << 22, "over a second ahead");
    }
  }
}
