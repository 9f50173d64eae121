package io.parley.session;

import static io.parley.harness.CoreWorld.NOBODY;
import static io.parley.harness.CoreWorld.PASSWORD;
import static io.parley.harness.CoreWorld.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.account.Authenticator;
import io.parley.account.Code;
import io.parley.account.SecondFactors;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.FaultCode;
import io.parley.base.Right;
import io.parley.control.Orders;
import io.parley.harness.CoreWorld;
import io.parley.security.Lines;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A second factor that the owner of an account turns on and off.
class OwnSecondFactorTest {
  @RegisterExtension static final CoreWorld world = new CoreWorld(Map.of());

  private static OwnSecondFactor factor() {
    return world.core().ownSecondFactor;
  }

  @Test
  void turningOn_takesACodeOfTheSecret_andItIsInForceAtOnce() {
    AccountId ann = world.register("ann").id();
    world.grant(ann, Right.ADMIN);
    String token = world.login("ann").token();
    Caller caller = world.caller(token);
    String other = world.login("ann").token();
    world.caller(other);
    assertEquals(new SecondFactors.Status(false, 0), factor().status(caller));
    refused(FaultCode.FAILED_PRECONDITION, () -> factor().turnOn(caller, "123456"));
    SecondFactors.Begun begun = factor().begin(caller);
    assertTrue(begun.uri().startsWith("otpauth://totp/Parley%3Aann?"), begun.uri());
    refused(FaultCode.INVALID_FIELD, () -> factor().turnOn(caller, wrong(begun.secret())));
    assertFalse(factor().status(caller).on());
    List<String> codes = factor().turnOn(caller, code(begun.secret()));
    assertEquals(10, codes.size());
    assertEquals(new SecondFactors.Status(true, 10), factor().status(caller));
    assertTrue(world.caller(token).has(Right.ADMIN));
    assertFalse(world.caller(other).has(Right.ADMIN), "though it was remembered");
    refused(FaultCode.SECOND_FACTOR_NEEDED, () -> world.login("ann"));
  }

  @Test
  void turningOff_takesACode_andThePasswordIsEnoughAgain() {
    world.grant(world.register("bob").id(), Right.MAIL);
    Caller caller = world.caller(world.login("bob").token());
    String other = world.login("bob").token();
    refused(FaultCode.FAILED_PRECONDITION, () -> factor().turnOff(caller, "123456"));
    String secret = on(caller);
    String said = refused(FaultCode.INVALID_FIELD, () -> factor().turnOff(caller, wrong(secret)));
    assertTrue(said.startsWith("totp_code"), said);
    assertTrue(factor().status(caller).on());
    assertFalse(world.caller(other).has(Right.MAIL));
    factor().turnOff(caller, code(secret));
    assertEquals(new SecondFactors.Status(false, 0), factor().status(caller));
    assertTrue(world.caller(other).has(Right.MAIL), "at once, though it was remembered");
    world.login("bob");
  }

  @Test
  void sessionThatEnded_turnsNothingOnOrOff() {
    AccountId cat = world.register("cat").id();
    Sessions.Opened opened = world.login("cat");
    Caller caller = world.caller(opened.token());
    String secret = on(caller);
    world.core().sessions.end(cat, opened.session().id());
    refused(FaultCode.NOT_LOGGED_IN, () -> factor().turnOff(caller, code(secret)));
    assertTrue(factor().status(caller).on());

    AccountId dan = world.register("dan").id();
    Sessions.Opened other = world.login("dan");
    Caller ended = world.caller(other.token());
    String begun = factor().begin(ended).secret();
    world.core().sessions.end(dan, other.session().id());
    refused(FaultCode.NOT_LOGGED_IN, () -> factor().turnOn(ended, code(begun)));
    assertFalse(factor().status(ended).on());
  }

  @Test
  void newRecoveryCodes_takeThePlaceOfTheOld() {
    world.register("eve");
    Caller caller = world.caller(world.login("eve").token());
    refused(FaultCode.FAILED_PRECONDITION, () -> factor().renewCodes(caller));
    String secret = factor().begin(caller).secret();
    List<String> old = factor().turnOn(caller, code(secret));
    List<String> fresh = factor().renewCodes(caller);
    assertNotEquals(old, fresh);
    refused(FaultCode.SECOND_FACTOR_WRONG, () -> login("eve", old.getFirst()));
    login("eve", fresh.getFirst());
    assertEquals(9, factor().status(caller).codesLeft());
  }

  @Test
  void securityLog_isToldOfWhatWasDone_andOfNothingThatWasNot() {
    AccountId fay = world.register("fay").id();
    Caller caller = world.caller(world.login("fay").token());
    world.core().security.flush();
    try (Lines lines = new Lines()) {
      refused(FaultCode.FAILED_PRECONDITION, () -> factor().renewCodes(caller));
      String secret = on(caller);
      factor().renewCodes(caller);
      factor().turnOff(caller, code(secret));
      world.core().security.flush();
      for (String event : List.of("totp_on", "totp_off", "recovery_codes_renewed")) {
        assertEquals(List.of("event=" + event + " account=" + fay), lines.of(event));
      }
    }
  }

  @Test
  void operator_takesItAway_andSessionsHaveTheirRightsBack() {
    AccountId gus = world.register("gus").id();
    world.grant(gus, Right.MAIL);
    String token = world.login("gus").token();
    Caller caller = world.caller(world.login("gus").token());
    refused(
        FaultCode.FAILED_PRECONDITION,
        () -> world.core().logins.removeSecondFactor(Orders.OPERATOR, gus, "lost"));
    on(caller);
    assertFalse(world.caller(token).has(Right.MAIL));
    world.core().logins.removeSecondFactor(Orders.OPERATOR, gus, "lost");
    assertTrue(world.caller(token).has(Right.MAIL));
    assertEquals("account.remove_totp", world.core().audit.after(0, 100).getLast().act());
    world.login("gus");
  }

  /// The app shows another code from then on.
  private static String on(Caller caller) {
    String secret = factor().begin(caller).secret();
    factor().turnOn(caller, code(secret));
    world.clock().advance(Duration.ofSeconds(30));
    return secret;
  }

  private static void login(String name, String code) {
    world.core().sessions.login(name, PASSWORD, Code.of(code), NOBODY);
  }

  private static String code(String secret) {
    return Authenticator.code(secret, world.clock().millis());
  }

  private static String wrong(String secret) {
    return Authenticator.code(secret, world.clock().millis() + 3_600_000);
  }
}
