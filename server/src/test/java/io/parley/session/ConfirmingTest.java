package io.parley.session;

import static io.parley.harness.CoreWorld.NOBODY;
import static io.parley.harness.CoreWorld.PASSWORD;
import static io.parley.harness.CoreWorld.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.account.Authenticator;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.FaultCode;
import io.parley.base.Right;
import io.parley.control.Orders;
import io.parley.harness.CoreWorld;
import io.parley.security.Attempt;
import io.parley.security.Lines;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The password shown again, before something dangerous.
class ConfirmingTest {
  private static final Duration FRESH = Duration.ofMinutes(15);
  private static final Duration MOMENT = Duration.ofMillis(1);

  @RegisterExtension static final CoreWorld world = new CoreWorld(Map.of());

  private static Confirming confirming() {
    return world.core().confirming;
  }

  @Test
  void session_isFreshSoLongAfterThePasswordWasShown_toTheMillisecond() {
    world.register("ann");
    Caller ann = world.caller(world.login("ann").token());
    world.clock().advance(FRESH.minus(MOMENT));
    confirming().requireFresh(ann);
    world.clock().advance(MOMENT);
    stale(ann);
    assertEquals(
        world.clock().millis() + FRESH.toMillis(), confirming().confirm(ann, PASSWORD, ""));
    world.clock().advance(FRESH.minus(MOMENT));
    confirming().requireFresh(ann);
    world.clock().advance(MOMENT);
    stale(ann);
  }

  @Test
  void wrongPassword_confirmsNothing_andNeitherDoesAnotherSessionOfTheAccount() {
    world.register("bob");
    Caller bob = world.caller(world.login("bob").token());
    world.clock().advance(FRESH);
    String said = refused(FaultCode.INVALID_FIELD, () -> confirming().confirm(bob, "secret2", ""));
    assertTrue(said.startsWith("password"), said);
    Caller other = world.caller(world.login("bob").token());
    confirming().confirm(other, PASSWORD, "");
    stale(bob);
  }

  @Test
  void sessionThatEnded_isNeitherConfirmedNorFresh() {
    AccountId cat = world.register("cat").id();
    Sessions.Opened opened = world.login("cat");
    Caller caller = world.caller(opened.token());
    world.core().sessions.end(cat, opened.session().id());
    refused(FaultCode.NOT_LOGGED_IN, () -> confirming().confirm(caller, PASSWORD, ""));
    refused(FaultCode.NOT_LOGGED_IN, () -> confirming().requireFresh(caller));
  }

  @Test
  void program_hasNoPasswordToShow_butWhomItVouchesForHasNoSession() {
    AccountId dan = world.register("dan").id();
    Caller program = NOBODY.as("token gw", Set.of(Right.ADMIN));
    confirming().requireFresh(program);
    Caller vouched = program.vouchingFor(dan);
    refused(FaultCode.NOT_LOGGED_IN, () -> confirming().requireFresh(vouched));
    refused(FaultCode.NOT_LOGGED_IN, () -> confirming().requireFresh(NOBODY));
  }

  @Test
  void sessionFromBeforeTheSecondFactor_isFreshAndHasItsRights_onceItShowedACode() {
    AccountId eve = world.register("eve").id();
    world.grant(eve, Right.ADMIN);
    Caller first = world.caller(world.login("eve").token());
    String token = world.login("eve").token();
    Caller second = world.caller(token);
    String secret = world.core().ownSecondFactor.begin(first).secret();
    world.core().ownSecondFactor.turnOn(first, code(secret));
    confirming().requireFresh(first);
    stale(second);
    assertFalse(world.caller(token).has(Right.ADMIN));
    world.clock().advance(Duration.ofSeconds(30));
    refused(FaultCode.SECOND_FACTOR_NEEDED, () -> confirming().confirm(second, PASSWORD, ""));
    confirming().confirm(second, PASSWORD, code(secret));
    confirming().requireFresh(second);
    assertTrue(world.caller(token).has(Right.ADMIN), "at once, though it was remembered");
  }

  @Test
  void securityLog_isTold_whereTheSessionHasRights() {
    AccountId fay = world.register("fay").id();
    world.register("ned");
    Caller ordinary = world.caller(world.login("ned").token());
    world.core().security.flush();
    try (Lines lines = new Lines()) {
      confirming().confirm(ordinary, PASSWORD, "");
      world.grant(fay, Right.MAIL);
      Caller operator = world.caller(world.login("fay").token());
      confirming().confirm(operator, PASSWORD, "");
      world.core().security.flush();
      assertEquals(List.of("event=admin_confirmed account=" + fay), lines.of("admin_confirmed"));
    }
  }

  @Test
  void adminRight_isOver_whereItsTimeIsLookedAtAnew() {
    AccountId gus = world.register("gus").id();
    world.grant(gus, Right.ADMIN, Right.MAIL);
    Caller admin = world.caller(world.login("gus").token());
    world.clock().advance(Duration.ofHours(12).minus(MOMENT));
    assertTrue(confirming().now(admin).has(Right.ADMIN));
    world.clock().advance(MOMENT);
    assertFalse(confirming().now(admin).has(Right.ADMIN));
    assertTrue(confirming().now(admin).has(Right.MAIL));
  }

  @Test
  void refusal_isCounted() {
    long before = world.core().security.count(Attempt.REFUSED);
    confirming().refused(Orders.OPERATOR);
    assertEquals(before + 1, world.core().security.count(Attempt.REFUSED));
  }

  private static void stale(Caller caller) {
    refused(FaultCode.CONFIRMATION_NEEDED, () -> confirming().requireFresh(caller));
  }

  private static String code(String secret) {
    return Authenticator.code(secret, world.clock().millis());
  }
}
