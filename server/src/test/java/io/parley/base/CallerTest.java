package io.parley.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a caller may do, when, and on whose behalf.
class CallerTest {
  private static final Caller ANN =
      new Caller(
          new AccountId(1),
          new SessionId(2),
          Set.of(Right.ADMIN, Right.MAIL),
          "10.0.0.1",
          "agent",
          3);

  @Test
  void adminRight_endsWhenItsTimeIsOver_andOtherRightsStay() {
    Caller timed = ANN.with(ANN.rights(), 1000, "");
    assertSame(timed, timed.at(999));
    Caller aged = timed.at(1000);
    assertFalse(aged.has(Right.ADMIN));
    assertTrue(aged.has(Right.MAIL));
    assertEquals(FaultCode.RIGHT_DORMANT, code(() -> aged.require(Right.ADMIN)));
    aged.require(Right.MAIL);
    Caller never = timed.with(Set.of(Right.MAIL), 1000, "");
    assertSame(never, never.at(2000), "without the right nothing ends");
  }

  @Test
  void whoHasNoRight_isForbidden_andWhoHasItAsleepIsToldWhy() {
    assertEquals(FaultCode.FORBIDDEN, code(() -> ANN.require(Right.GATEWAY)));
    Caller asleep = ANN.with(Set.of(), Long.MAX_VALUE, "log in on the native API");
    Fault told = assertThrows(Fault.class, () -> asleep.require(Right.ADMIN));
    assertEquals(FaultCode.RIGHT_DORMANT, told.code());
    assertEquals("log in on the native API", told.text());
  }

  @Test
  void anonymous_isNobody() {
    Caller nobody = Caller.anonymous("10.0.0.2", "agent");
    assertEquals(FaultCode.NOT_LOGGED_IN, code(nobody::requireAccount));
    assertEquals(FaultCode.NOT_LOGGED_IN, code(nobody::requireSession));
    assertEquals(new AccountId(1), ANN.requireAccount());
    assertEquals(new SessionId(2), ANN.requireSession());
  }

  @Test
  void programThatVouches_lendsNoRights() {
    Caller program = Caller.anonymous("10.0.0.3", "gw").as("token gw", Set.of(Right.GATEWAY));
    assertFalse(program.isVouched());
    Caller vouched = program.vouchingFor(new AccountId(9));
    assertTrue(vouched.isVouched());
    assertEquals(Set.of(), vouched.rights());
    assertEquals("token gw", vouched.program());
    assertEquals(0, vouched.connection());
    assertNull(vouched.sessionId());
    assertEquals("account 1", ANN.vouchingFor(null).program());
    assertFalse(ANN.vouchingFor(null).isVouched());
    assertFalse(ANN.isVouched());
  }

  @Test
  void overAConnection_nothingElseChanges() {
    Caller over = ANN.over(77);
    assertEquals(77, over.connection());
    assertEquals(ANN, over.over(3));
  }

  private static FaultCode code(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(Fault.class, call).code();
  }
}
