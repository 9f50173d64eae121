package io.parley.invite;

import static io.parley.harness.CoreWorld.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.parley.account.Account;
import io.parley.account.Accounts;
import io.parley.account.AliasKind;
import io.parley.account.Gender;
import io.parley.base.Caller;
import io.parley.base.FaultCode;
import io.parley.base.Page;
import io.parley.base.Right;
import io.parley.control.Orders;
import io.parley.harness.CoreWorld;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Who may register where registration is closed, and who guesses at invites.
class RegistrationTest {
  @RegisterExtension
  private static final CoreWorld WORLD =
      new CoreWorld(Map.of("security.registration", "closed", "security.throttle", "on"));

  @Test
  void register_byInviteToServer_isRegistered_asOftenAsItSays() {
    Invite invite = server(Orders.OPERATOR, 2);

    register("one", invite.token(), "10.1.0.1");
    register("two", invite.token(), "10.1.0.1");

    assertEquals(
        "the invite was used up",
        refused(
            FaultCode.FAILED_PRECONDITION, () -> register("three", invite.token(), "10.1.0.1")));
  }

  @Test
  void register_withoutOne_orByOneOfAnybodys_isRefused() {
    Caller ann = WORLD.somebody("ann");
    Invite friend =
        WORLD.core().invites.create(ann, new Invite.Wish(Invite.Kind.PERSON, null, 0, false, 1));

    assertEquals(
        "registration is closed",
        refused(FaultCode.FORBIDDEN, () -> register("four", "", "10.1.0.2")));
    assertEquals(
        "registration is closed",
        refused(FaultCode.FORBIDDEN, () -> register("four", friend.token(), "10.1.0.2")));
    assertEquals(
        0, WORLD.core().invites.mine(ann, new Page.Request(1, 9)).rows().getFirst().uses());
  }

  @Test
  void register_byOneOfAnOperatorWhoIsNoneAnyMore_isRefused() {
    Caller eve = WORLD.somebody("eve");
    WORLD.grant(eve.requireAccount(), Right.ADMIN);
    Invite invite = server(eve.with(Set.of(Right.ADMIN)), 5);
    register("five", invite.token(), "10.1.0.3");

    WORLD.grant(eve.requireAccount());

    assertEquals(
        "the invite is not valid any more",
        refused(FaultCode.FAILED_PRECONDITION, () -> register("six", invite.token(), "10.1.0.3")));
  }

  @Test
  void register_forEver_staysLive() {
    Invite invite =
        WORLD
            .core()
            .invites
            .create(Orders.OPERATOR, new Invite.Wish(Invite.Kind.SERVER, null, 0, true, 1));
    WORLD.clock().advance(Duration.ofDays(4000));

    assertNotNull(register("seven", invite.token(), "10.1.0.4"));
  }

  @Test
  void look_guessing_isSlowedDown_andOnlyWhoGuesses() {
    Invite invite = server(Orders.OPERATOR, 1);
    for (String guess :
        new String[] {"", "x".repeat(32), "ü".repeat(32), changed(invite.token())}) {
      refused(FaultCode.NOT_FOUND, () -> look(guess, "10.2.0.1"));
    }

    refused(FaultCode.NOT_FOUND, () -> look(changed(invite.token()), "10.2.0.1"));
    refused(FaultCode.THROTTLED, () -> look(changed(invite.token()), "10.2.0.1"));
    refused(FaultCode.THROTTLED, () -> look(invite.token(), "10.2.0.1"));
    assertEquals(Invite.State.LIVE, look(invite.token(), "10.2.0.2").state());
  }

  @Test
  void look_atWhatIsThere_orEnded_isNoGuess() {
    Invite invite = server(Orders.OPERATOR, 1);
    for (int i = 0; i < 50; i++) {
      var unused = look(invite.token(), "10.2.0.3");
    }
    WORLD.core().invites.revoke(Orders.OPERATOR, invite.id());
    for (int i = 0; i < 50; i++) {
      assertEquals(Invite.State.REVOKED, look(invite.token(), "10.2.0.3").state());
    }
  }

  /// One bit of the part that cannot be guessed.
  private static String changed(String token) {
    byte[] bytes = Base64.getUrlDecoder().decode(token);
    bytes[bytes.length - 1] ^= 1;
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static Invite server(Caller caller, int uses) {
    return WORLD
        .core()
        .invites
        .create(caller, new Invite.Wish(Invite.Kind.SERVER, null, 0, false, uses));
  }

  private static Invite.Sight look(String token, String address) {
    return WORLD.core().invites.look(Caller.anonymous(address, "test"), token);
  }

  private static Account register(String name, String token, String address) {
    return WORLD
        .core()
        .invites
        .register(
            Caller.anonymous(address, "test"),
            new Accounts.Registration(
                Map.of(AliasKind.NICKNAME, name), name, Gender.UNKNOWN, "", CoreWorld.PASSWORD),
            token);
  }
}
