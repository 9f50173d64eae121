package io.parley.session;

import static io.parley.harness.CoreWorld.NOBODY;
import static io.parley.harness.CoreWorld.PASSWORD;
import static io.parley.harness.CoreWorld.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.account.Code;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.FaultCode;
import io.parley.bus.Event;
import io.parley.control.Orders;
import io.parley.harness.CoreWorld;
import io.parley.security.Lines;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A password that its owner replaces.
class OwnPasswordTest {
  private static final Duration EXCUSED = Duration.ofMinutes(5);

  @RegisterExtension static final CoreWorld world = new CoreWorld(Map.of());

  private static boolean change(Caller caller, String current, String password) {
    return world.core().ownPassword.change(caller, current, password);
  }

  @Test
  void currentPassword_mayBeMissingForFiveMinutes_inTheSessionThatIsSoYoung() {
    world.register("ann");
    Caller old = world.caller(world.login("ann").token());
    world.clock().advance(EXCUSED);
    assertFalse(change(old, "", "chosen-1"));
    world.clock().advance(Duration.ofMillis(1));
    String said = refused(FaultCode.FAILED_PRECONDITION, () -> change(old, "", "chosen-2"));
    assertTrue(said.contains("5 minutes"), said);
    login("ann", "chosen-1");
    refused(FaultCode.FAILED_PRECONDITION, () -> change(old, "", "chosen-2"));
    assertTrue(change(old, "chosen-1", "chosen-2"));
    login("ann", "chosen-2");
    refused(FaultCode.WRONG_CREDENTIALS, () -> login("ann", "chosen-1"));
  }

  @Test
  void otherSessions_endWithTheOldPassword_andAreToldSo() {
    world.register("bob");
    Sessions.Opened kept = world.login("bob");
    Sessions.Opened other = world.login("bob");
    Caller bob = world.caller(kept.token());
    world.caller(other.token());
    world.events();
    change(bob, PASSWORD, "chosen-1");
    refused(FaultCode.NOT_LOGGED_IN, () -> world.caller(other.token()));
    world.caller(kept.token());
    assertEquals(
        List.of(other.session().id()),
        world.events(Event.SessionEnded.class).stream().map(Event.SessionEnded::session).toList());
  }

  @Test
  void sessionThatEnded_replacesNothing() {
    AccountId cat = world.register("cat").id();
    Sessions.Opened opened = world.login("cat");
    Caller caller = world.caller(opened.token());
    world.core().sessions.end(cat, opened.session().id());
    refused(FaultCode.NOT_LOGGED_IN, () -> change(caller, PASSWORD, "chosen-1"));
    refused(FaultCode.FAILED_PRECONDITION, () -> change(caller, "", "chosen-1"));
    login("cat", PASSWORD);
  }

  @Test
  void passwordThatAnOperatorSet_isReplacedByAnother_andTheSessionIsServedAtOnce() {
    AccountId dan = world.register("dan").id();
    world.core().logins.setPassword(Orders.OPERATOR, dan, "given-1", true, "");
    String token = login("dan", "given-1");
    refused(FaultCode.PASSWORD_EXPIRED, () -> world.caller(token));
    Caller caller = world.core().sessions.identify(token, NOBODY);
    refused(FaultCode.INVALID_FIELD, () -> change(caller, "given-1", "given-1"));
    change(caller, "given-1", "chosen-1");
    world.caller(token);
    change(caller, "chosen-1", "chosen-1");
  }

  @Test
  void wrongCurrentPassword_isToldByName_andTheSecurityLogHearsOfTheChangeOnly() {
    AccountId eve = world.register("eve").id();
    Caller caller = world.caller(world.login("eve").token());
    world.core().security.flush();
    try (Lines lines = new Lines()) {
      String said = refused(FaultCode.INVALID_FIELD, () -> change(caller, "wrong-1", "chosen-1"));
      assertTrue(said.startsWith("current_password"), said);
      world.core().security.flush();
      assertEquals(List.of(), lines.of("password_changed"));
      change(caller, PASSWORD, "chosen-1");
      world.core().security.flush();
      assertEquals(List.of("event=password_changed account=" + eve), lines.of("password_changed"));
    }
  }

  private static String login(String name, String password) {
    return world.core().sessions.login(name, password, Code.of(""), NOBODY).token();
  }
}
