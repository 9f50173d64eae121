package io.parley.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.account.Standing;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.FaultCode;
import io.parley.base.Right;
import io.parley.base.SessionId;
import io.parley.harness.CoreWorld;
import io.parley.harness.TestLimits;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Which rights a session has of those that its account has.
class PowersTest {
  private static final Set<Right> BOTH = Set.of(Right.ADMIN, Right.MAIL);
  private static final long LOGIN = 1_000;
  private static final Caller PEER = new Caller(null, null, Set.of(), "10.0.0.1", "agent", 77);

  private static Caller caller(
      String contract, boolean showedCode, Standing standing, boolean codeForAdmins) {
    Session session =
        new Session(
            new SessionId(2),
            new AccountId(1),
            contract,
            "agent",
            "10.0.0.1",
            LOGIN,
            Long.MAX_VALUE,
            0,
            0,
            showedCode,
            new Session.Use(LOGIN, "10.0.0.1"));
    SessionPolicy policy =
        new SessionPolicy(
            TestLimits.defaults(), Duration.ofHours(1), Duration.ofMinutes(15), codeForAdmins);
    return new Powers(policy).caller(new KnownTokens.Known(session, standing), PEER);
  }

  private static Standing standing(Set<Right> rights, boolean secondFactor) {
    return new Standing(rights, false, secondFactor);
  }

  @Test
  void session_isThatOfItsAccount_atThePeersPlace() {
    Caller caller = caller(Session.NATIVE, false, standing(Set.of(), false), false);
    assertEquals(
        new Caller(new AccountId(1), new SessionId(2), Set.of(), "10.0.0.1", "agent", 77), caller);
    assertForbidden(caller);
  }

  @Test
  void nativeSession_hasAllRights_adminUntilItsTimeIsOver() {
    Caller caller = caller(Session.NATIVE, false, standing(BOTH, false), false);
    assertEquals(BOTH, caller.rights());
    assertEquals(LOGIN + 3_600_000, caller.adminUntil());
    assertEquals("", caller.dormant());
  }

  @Test
  void sessionOfAnotherContract_hasNone_andSaysWhy() {
    assertDormant("phone-im", caller("phone-im", true, standing(BOTH, false), false));
    assertForbidden(caller("phone-im", true, standing(Set.of(), false), false));
  }

  @Test
  void sessionThatLacksTheCodeOfItsAccount_hasNone() {
    assertDormant("ConfirmPassword", caller(Session.NATIVE, false, standing(BOTH, true), false));
    assertEquals(BOTH, caller(Session.NATIVE, true, standing(BOTH, true), false).rights());
  }

  @Test
  void adminRight_takesASecondFactor_whereTheOperatorSaysSo_andTheOthersDoNot() {
    Caller without = caller(Session.NATIVE, false, standing(BOTH, false), true);
    assertEquals(Set.of(Right.MAIL), without.rights());
    assertDormant("security.totp_for_admins", without);
    assertEquals(BOTH, caller(Session.NATIVE, true, standing(BOTH, true), true).rights());
    Caller mailer = caller(Session.NATIVE, false, standing(Set.of(Right.MAIL), false), true);
    assertEquals(Set.of(Right.MAIL), mailer.rights());
    assertForbidden(mailer);
  }

  private static void assertDormant(String why, Caller caller) {
    String said = CoreWorld.refused(FaultCode.RIGHT_DORMANT, () -> caller.require(Right.ADMIN));
    assertTrue(said.contains(why), said);
  }

  private static void assertForbidden(Caller caller) {
    CoreWorld.refused(FaultCode.FORBIDDEN, () -> caller.require(Right.ADMIN));
  }
}
