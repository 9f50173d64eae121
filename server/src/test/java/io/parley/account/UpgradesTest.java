package io.parley.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.base.AccountId;
import io.parley.base.Limits;
import io.parley.harness.TestClock;
import io.parley.harness.TestLimits;
import io.parley.harness.TestStore;
import io.parley.harness.Waiting;
import io.parley.store.Db;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fast verifiers make way for slow ones in the background.
class UpgradesTest {
  private static final Limits LIMITS = TestLimits.defaults();
  private static final Scheme PLAIN = new Scheme.Plain();

  @TempDir Path dir;
  private final TestClock clock = new TestClock();
  private final AccountStore store = new AccountStore();
  private final AtomicInteger hashes = new AtomicInteger();
  private final ConcurrentLinkedQueue<String> remembered = new ConcurrentLinkedQueue<>();
  private final CountDownLatch gate = new CountDownLatch(1);
  private Db db;
  private Upgrades upgrades;

  @BeforeEach
  void threeAccounts() {
    db = Db.open(TestStore.settings(dir), dir, LIMITS);
    upgrades = new Upgrades(db, clock, store);
    for (int id : List.of(1, 2, 3)) {
      db.change(tx -> store.putVerifiers(tx, new AccountId(id), Map.of("plain", "fast$" + id)));
    }
  }

  @AfterEach
  void close() {
    gate.countDown();
    upgrades.close();
    db.close();
  }

  /// A login whose slow hash waits for the gate and takes `took`.
  private Upgrades.Shown shown(long id, Duration took) {
    return new Upgrades.Shown() {
      @Override
      public String slowVerifier() {
        try {
          gate.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        clock.advance(took);
        return "slow " + id + " " + hashes.incrementAndGet();
      }

      @Override
      public void remember(String verifier, Duration left) {
        remembered.add(verifier + " for " + left.toSeconds() + " s");
      }
    };
  }

  private void offer(long id, Duration took) {
    upgrades.offer(new AccountId(id), PLAIN, "fast$" + id, () -> shown(id, took));
  }

  @Test
  void loginsOfOneAccount_areOneSlowHash() {
    for (int i = 0; i < 50; i++) {
      offer(1, Duration.ZERO);
    }
    offer(2, Duration.ZERO);
    gate.countDown();
    Waiting.until(() -> !verifier(2).startsWith("fast$"));
    assertEquals("slow 1 1", verifier(1));
    assertEquals("slow 2 2", verifier(2));
  }

  @Test
  void loginThatLedToIt_staysRememberedForTheRestOfItsFiveMinutes() {
    offer(1, Duration.ofMinutes(4));
    gate.countDown();
    Waiting.until(() -> !remembered.isEmpty());
    assertEquals(List.of("slow 1 1 for 60 s"), List.copyOf(remembered));
  }

  @Test
  void loginOfLongAgo_isNotRemembered_andNeitherIsOneWhosePasswordChanged() {
    offer(2, Duration.ZERO);
    offer(1, Duration.ofMinutes(5));
    db.change(tx -> store.putVerifiers(tx, new AccountId(2), Map.of("plain", "another")));
    gate.countDown();
    // Its rest, nine times as long as its work, is over: the time of the next counts from there.
    Waiting.until(() -> clock.nanos() >= Duration.ofMinutes(50).toNanos());
    assertEquals("slow 1 2", verifier(1));
    offer(3, Duration.ZERO);
    Waiting.until(() -> !remembered.isEmpty());
    assertEquals("another", verifier(2));
    assertEquals(List.of("slow 3 3 for 300 s"), List.copyOf(remembered));
  }

  private String verifier(long id) {
    String stored = db.read(tx -> store.verifier(tx, new AccountId(id), PLAIN));
    return stored == null ? "" : stored;
  }
}
