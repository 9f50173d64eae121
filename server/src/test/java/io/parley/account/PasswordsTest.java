package io.parley.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.base.Entropy;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.harness.TestLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PasswordsTest {
  private static final AccountId ANN = new AccountId(1);
  private static final String SALT = "@java110.com";

  private final Passwords passwords = passwords(64, 64);

  @Test
  void verifiers_coverEverySchemeAndShowNothing() {
    Map<String, String> verifiers = passwords.verifiers("admin");
    assertEquals(List.of("plain", "entry", "signed:" + SALT), List.copyOf(verifiers.keySet()));
    for (String verifier : verifiers.values()) {
      assertTrue(verifier.startsWith("$argon2id$v=19$m=64,t=1,p=1$"), verifier);
      assertFalse(verifier.contains("admin"));
    }
  }

  @Test
  void wireForms_areThoseOfTheContracts() {
    assertEquals("admin", new Scheme.Plain().wire("admin"));
    assertEquals("21232f297a57a5a743894a0e4a801fc3", new Scheme.Entry().wire("admin"));
    assertEquals("d57167e07915c9428b1c3aae57003807", new Scheme.Signed(SALT).wire("admin"));
  }

  @Test
  void verify_acceptsEachWireFormWithItsOwnVerifierOnly() {
    Map<String, String> verifiers = passwords.verifiers("admin");
    List<Scheme> schemes = List.of(new Scheme.Plain(), new Scheme.Entry(), new Scheme.Signed(SALT));
    for (Scheme scheme : schemes) {
      String verifier = verifiers.get(scheme.name());
      assertTrue(passwords.verify(ANN, verifier, scheme, scheme.wire("admin")));
      assertFalse(passwords.verify(ANN, verifier, scheme, scheme.wire("Admin")));
      for (Scheme other : schemes) {
        if (!other.equals(scheme)) {
          assertFalse(passwords.verify(ANN, verifier, scheme, other.wire("admin")));
        }
      }
    }
  }

  @Test
  void verify_unknownAccount_isFalse() {
    assertFalse(passwords.verify(null, null, new Scheme.Plain(), "admin"));
    assertFalse(passwords.verify(ANN, null, new Scheme.Plain(), "admin"));
  }

  @Test
  void verify_underAnotherPepper_isFalse() {
    Map<String, String> verifiers = passwords.verifiers("admin");
    Passwords other = passwords(64, 64);
    assertFalse(other.verify(ANN, verifiers.get("plain"), new Scheme.Plain(), "admin"));
  }

  @Test
  void verify_again_costsNoSlowHashUntilThePasswordChanges() {
    try (Passwords slow = passwords(19_456, 64)) {
      String verifier = slow.verifiers("admin").get("plain");
      assertTrue(slow.verify(ANN, verifier, new Scheme.Plain(), "admin"));
      long many =
          time(
              () -> {
                for (int i = 0; i < 1_000; i++) {
                  assertTrue(slow.verify(ANN, verifier, new Scheme.Plain(), "admin"));
                }
              });
      long wrong = time(() -> slow.verify(ANN, verifier, new Scheme.Plain(), "wrong"));
      assertTrue(many < 20 * wrong, "1,000 repeats " + many + " ns, one slow hash " + wrong);
      // A verifier that another password made: what is remembered of the old one, perhaps by a
      // login
      // that was being checked meanwhile, does not answer for it.
      String changed = slow.verifiers("changed").get("plain");
      assertFalse(slow.verify(ANN, changed, new Scheme.Plain(), "admin"));
    }
  }

  @Test
  void verify_whenTheQueueIsFull_isBusy() throws Exception {
    try (Passwords slow = passwords(19_456, 1)) {
      ConcurrentLinkedQueue<FaultCode> refused = new ConcurrentLinkedQueue<>();
      List<Thread> callers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        callers.add(
            Thread.startVirtualThread(
                () -> {
                  try {
                    slow.verify(null, null, new Scheme.Plain(), "x");
                  } catch (Fault fault) {
                    assertTrue(fault.retryAfter().compareTo(Duration.ZERO) > 0);
                    refused.add(fault.code());
                  }
                }));
      }
      for (Thread caller : callers) {
        caller.join();
      }
      assertFalse(refused.isEmpty());
      assertTrue(refused.stream().allMatch(FaultCode.BUSY::equals));
      assertFalse(slow.verify(null, null, new Scheme.Plain(), "x"));
    }
  }

  @Test
  void verify_theSameLoginManyTimesAtOnce_sharesOneSlowHash() throws Exception {
    try (Passwords slow = passwords(19_456, 1)) {
      String verifier = String.valueOf(slow.verifiers("admin").get("plain"));
      ConcurrentLinkedQueue<Boolean> answers = new ConcurrentLinkedQueue<>();
      List<Thread> callers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        callers.add(
            Thread.startVirtualThread(
                () -> answers.add(slow.verify(ANN, verifier, new Scheme.Plain(), "admin"))));
      }
      for (Thread caller : callers) {
        caller.join();
      }
      // With room for one in the queue, 40 hashes of their own would have been refused.
      assertEquals(java.util.Collections.nCopies(40, true), List.copyOf(answers));
    }
  }

  /// Registrations that never end fill their own share only.
  @Test
  void logins_whileRegistrationsAreInFlight_areNotBusy() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    Passwords.Settings settings =
        new Passwords.Settings(
            64,
            1,
            () -> {
              await(gate);
              return List.of();
            });
    try (Passwords crowded =
        new Passwords(settings, new byte[32], TestLimits.defaults(), Entropy.SYSTEM)) {
      ConcurrentLinkedQueue<String> registered = new ConcurrentLinkedQueue<>();
      List<Thread> callers = new ArrayList<>();
      CountDownLatch refused = new CountDownLatch(150 - TestLimits.defaults().hashQueueMax());
      for (int i = 0; i < 150; i++) {
        callers.add(
            Thread.startVirtualThread(
                () -> {
                  try {
                    crowded.newVerifiers("secret");
                    registered.add("made");
                  } catch (Fault fault) {
                    registered.add(fault.code().name());
                    refused.countDown();
                  }
                }));
      }
      // From here on as many are in flight as there can be.
      refused.await();
      ConcurrentLinkedQueue<Boolean> answers = new ConcurrentLinkedQueue<>();
      List<Thread> logins = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String wire = "guess " + i;
        logins.add(
            Thread.startVirtualThread(
                () -> answers.add(crowded.verify(null, null, new Scheme.Plain(), wire))));
      }
      if (Runtime.getRuntime().availableProcessors() > 1) {
        join(logins);
      }
      gate.countDown();
      join(logins);
      join(callers);
      assertEquals(java.util.Collections.nCopies(20, false), List.copyOf(answers));
      assertEquals(
          TestLimits.defaults().hashQueueMax(), registered.stream().filter("made"::equals).count());
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void join(List<Thread> threads) throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static Passwords passwords(int memoryKib, int queueMax) {
    return new Passwords(
        new Passwords.Settings(memoryKib, 1, () -> List.of(SALT)),
        Entropy.SYSTEM.bytes(32),
        TestLimits.with(Map.of("limits.hash_queue_max", Integer.toString(queueMax))),
        Entropy.SYSTEM);
  }

  private static long time(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return System.nanoTime() - start;
  }
}
