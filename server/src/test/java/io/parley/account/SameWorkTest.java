package io.parley.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whoever is refused has paid the same slow hash, whatever was wrong. Told by the queue that each
/// of them must go through.
@Timeout(60)
class SameWorkTest {
  private static final AccountId BOB = new AccountId(8);
  private static final AccountId ANN = new AccountId(1);
  private static final Scheme PLAIN = new Scheme.Plain();

  @Test
  void everyRefusal_goesThroughTheSlowHash() throws Exception {
    try (HeldPasswords held = new HeldPasswords(1)) {
      Passwords passwords = held.passwords;
      String slow = passwords.verifiers("right-1").get("plain");
      String fast = passwords.fastVerifiers("right-1").get("plain");
      assertTrue(passwords.verify(ANN, slow, PLAIN, "right-1"));
      Upgrades.Shown shown = passwords.shown(BOB, PLAIN, "right-2");
      String upgraded = shown.slowVerifier();
      shown.remember(upgraded, Duration.ofMinutes(1));
      held.fill();
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
    }
  }

  private static void assertBusy(
      Passwords passwords, @Nullable AccountId account, @Nullable String verifier, String wire) {
    Fault fault = assertThrows(Fault.class, () -> passwords.verify(account, verifier, PLAIN, wire));
    assertEquals(FaultCode.BUSY, fault.code());
  }
}
