package io.parley.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.base.Entropy;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.harness.TestLimits;
import io.parley.harness.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whoever is refused has paid the same slow hash, whatever was wrong. Told by the queue that each
/// of them must go through: a clock on a busy machine proves nothing.
@Timeout(60)
class SameWorkTest {
  private static final AccountId BOB = new AccountId(8);
  private static final AccountId ANN = new AccountId(1);
  private static final Scheme PLAIN = new Scheme.Plain();
  private static final int THREADS = Runtime.getRuntime().availableProcessors();

  private final AtomicBoolean hold = new AtomicBoolean();
  private final CountDownLatch held = new CountDownLatch(THREADS);
  private final CountDownLatch end = new CountDownLatch(1);

  /// The hash threads ask for the salts of partners when they make verifiers: there they are held.
  private List<String> salts() {
    if (hold.get() && Thread.currentThread().getName().startsWith("parley-hash-")) {
      held.countDown();
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return List.of();
  }

  @Test
  void everyRefusal_goesThroughTheSlowHash() throws Exception {
    try (Passwords passwords =
        new Passwords(
            new Passwords.Settings(64, 1, this::salts),
            new byte[32],
            TestLimits.with(Map.of("limits.hash_queue_max", "1")),
            Entropy.SYSTEM)) {
      String slow = passwords.verifiers("right-1").get("plain");
      String fast = passwords.fastVerifiers("right-1").get("plain");
      assertTrue(passwords.verify(ANN, slow, PLAIN, "right-1"));
      Upgrades.Shown shown = passwords.shown(BOB, PLAIN, "right-2");
      String upgraded = shown.slowVerifier();
      shown.remember(upgraded, Duration.ofMinutes(1));
      fill(passwords);
      assertBusy(passwords, ANN, slow, "wrong");
      assertBusy(passwords, null, null, "wrong");
      assertBusy(passwords, ANN, null, "wrong");
      assertBusy(passwords, ANN, fast, "wrong");
      assertTrue(
          passwords.verify(ANN, slow, PLAIN, "right-1"), "what is known already needs no hash");
      assertTrue(
          passwords.verify(BOB, upgraded, PLAIN, "right-2"), "nor does what was upgraded just now");
      assertBusy(passwords, BOB, upgraded, "wrong");
      assertBusy(passwords, BOB, slow, "right-2");
    } finally {
      end.countDown();
    }
  }

  /// Every hash thread is held, and the one place in the queue is taken.
  private void fill(Passwords passwords) throws InterruptedException {
    hold.set(true);
    // One after another: a thread that is slow to take what it is given leaves it in the queue,
    // which has one place.
    for (long left = THREADS; left > 0; left = awaitFewer(left)) {
      Thread.ofVirtual().start(() -> passwords.verifiers("other-1"));
    }
    CountDownLatch refused = new CountDownLatch(1);
    for (int i = 0; i < 2; i++) {
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  passwords.verifiers("other-1");
                } catch (Fault fault) {
                  refused.countDown();
                }
              });
    }
    refused.await();
  }

  private long awaitFewer(long left) {
    Waiting.until(() -> held.getCount() < left);
    return held.getCount();
  }

  private static void assertBusy(
      Passwords passwords, @Nullable AccountId account, @Nullable String verifier, String wire) {
    Fault fault = assertThrows(Fault.class, () -> passwords.verify(account, verifier, PLAIN, wire));
    assertEquals(FaultCode.BUSY, fault.code());
  }
}
