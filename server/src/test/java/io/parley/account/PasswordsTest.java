package io.parley.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.base.Entropy;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.harness.TestLimits;
import io.parley.harness.Waiting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PasswordsTest {
  private static final AccountId ANN = new AccountId(1);
  private static final AccountId BOB = new AccountId(2);
  private static final Scheme PLAIN = new Scheme.Plain();
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
  void verify_again_needsNoHash_untilThePasswordChangesOrItIsForgotten() throws Exception {
    try (HeldPasswords held = new HeldPasswords(1)) {
      Passwords known = held.passwords;
      Map<String, String> verifiers = known.verifiers("admin");
      String verifier = verifiers.get("plain");
      String changed = known.verifiers("changed").get("plain");
      String entry = new Scheme.Entry().wire("admin");
      for (AccountId each : List.of(ANN, BOB)) {
        assertTrue(known.verify(each, verifier, PLAIN, "admin"));
        assertTrue(known.verify(each, verifiers.get("entry"), new Scheme.Entry(), entry));
      }
      assertTrue(known.verify(null, verifier, PLAIN, "admin"));
      assertFalse(known.verify(ANN, verifier, PLAIN, "wrong"));
      held.fill();
      assertTrue(known.verify(ANN, verifier, PLAIN, "admin"));
      // What is remembered of the old one, perhaps by a login that was being checked meanwhile,
      // does not answer for a verifier that another password made.
      assertBusy(known, ANN, changed, "admin");
      assertBusy(known, ANN, verifier, "wrong");
      assertBusy(known, null, verifier, "admin");
      known.forget(ANN);
      assertBusy(known, ANN, verifier, "admin");
      assertEquals(
          FaultCode.BUSY,
          assertThrows(
                  Fault.class,
                  () -> known.verify(ANN, verifiers.get("entry"), new Scheme.Entry(), entry))
              .code());
      assertTrue(known.verify(BOB, verifier, PLAIN, "admin"));
      known.forgetAll();
      assertBusy(known, BOB, verifier, "admin");
    }
  }

  @Test
  void verify_whenTheQueueIsFull_isBusy() throws Exception {
    try (HeldPasswords held = new HeldPasswords(3)) {
      held.fill();
      assertBusy(held.passwords, null, null, "x");
      held.release();
      Waiting.until(() -> isServed(held.passwords));
      assertFalse(held.passwords.verify(null, null, PLAIN, "x"));
    }
  }

  private static boolean isServed(Passwords passwords) {
    try {
      var unused = passwords.verify(null, null, PLAIN, "x");
      return true;
    } catch (Fault busy) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin", "wrong"})
  void verify_theSameLoginManyTimesAtOnce_sharesOneSlowHash(String wire) throws Exception {
    try (HeldPasswords held = new HeldPasswords(1)) {
      String verifier = held.passwords.verifiers("admin").get("plain");
      held.hold();
      ConcurrentLinkedQueue<Boolean> answers = new ConcurrentLinkedQueue<>();
      List<Thread> callers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        callers.add(
            Thread.startVirtualThread(
                () -> answers.add(held.passwords.verify(ANN, verifier, PLAIN, wire))));
      }
      // In a queue of one: 39 hashes of their own would have been refused.
      Waiting.until(
          () -> callers.stream().allMatch(each -> each.getState() == Thread.State.WAITING));
      assertBusy(held.passwords, ANN, verifier, "another");
      held.release();
      join(callers);
      assertEquals(Collections.nCopies(40, wire.equals("admin")), List.copyOf(answers));
    }
  }

  @Test
  void importedVerifier_isCheckedAtOnce_andASlowOneMadeOfIt() throws Exception {
    try (HeldPasswords held = new HeldPasswords(1)) {
      Map<String, String> fast = held.passwords.fastVerifiers("admin");
      assertEquals(List.of("plain", "entry"), List.copyOf(fast.keySet()));
      String slow = held.passwords.shown(BOB, PLAIN, "admin").slowVerifier();
      assertTrue(held.passwords.verify(BOB, slow, PLAIN, "admin"));
      held.fill();
      assertTrue(held.passwords.verify(ANN, fast.get("plain"), PLAIN, "admin"));
      Scheme entry = new Scheme.Entry();
      assertTrue(held.passwords.verify(ANN, fast.get("entry"), entry, entry.wire("admin")));
    }
  }

  @Test
  void registrations_haveAShareOfTheirOwn_thatIsGivenBackHoweverTheyEnd() {
    try (HeldPasswords held = new HeldPasswords(2)) {
      Passwords crowded = held.passwords;
      Scheme entry = new Scheme.Entry();
      Map<String, String> made = crowded.newVerifier(entry, "wire");
      assertEquals(List.of("entry"), List.copyOf(made.keySet()));
      assertTrue(crowded.verify(ANN, made.get("entry"), entry, "wire"));
      held.hold();
      List<Thread> waiting = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        waiting.add(Thread.startVirtualThread(() -> crowded.newVerifiers("secret")));
      }
      Waiting.until(
          () -> waiting.stream().allMatch(each -> each.getState() == Thread.State.WAITING));
      for (int i = 0; i < 3; i++) {
        Fault busy = assertThrows(Fault.class, () -> crowded.newVerifiers("secret"));
        assertEquals(FaultCode.BUSY, busy.code());
        assertTrue(busy.retryAfter().isPositive());
      }
      held.release();
      for (int i = 0; i < 4; i++) {
        Waiting.until(() -> waiting.stream().noneMatch(Thread::isAlive));
        assertEquals(2, crowded.newVerifiers("secret").size());
      }
    }
  }

  @Test
  void callerThatIsInterrupted_isToldSo_andStaysInterrupted() {
    try (HeldPasswords held = new HeldPasswords(4)) {
      held.hold();
      for (Runnable call :
          List.<Runnable>of(
              () -> held.passwords.verifiers("secret"),
              () -> held.passwords.newVerifiers("secret"))) {
        Thread.currentThread().interrupt();
        Fault fault = assertThrows(Fault.class, call::run);
        assertTrue(Thread.interrupted());
        assertEquals(FaultCode.UNAVAILABLE, fault.code());
      }
    }
  }

  @Test
  void closed_makesNoHashes() {
    HeldPasswords held = new HeldPasswords(1);
    held.close();
    assertBusy(held.passwords, null, null, "x");
  }

  private static void assertBusy(
      Passwords passwords, @Nullable AccountId account, @Nullable String verifier, String wire) {
    Fault fault = assertThrows(Fault.class, () -> passwords.verify(account, verifier, PLAIN, wire));
    assertEquals(FaultCode.BUSY, fault.code());
    assertTrue(fault.retryAfter().isPositive());
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
      assertEquals(Collections.nCopies(20, false), List.copyOf(answers));
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
}
