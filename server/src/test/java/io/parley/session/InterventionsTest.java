package io.parley.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.Core;
import io.parley.account.Account;
import io.parley.account.Accounts;
import io.parley.account.AliasKind;
import io.parley.account.Code;
import io.parley.account.Gender;
import io.parley.account.Source;
import io.parley.audit.Entry;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Right;
import io.parley.control.Orders;
import io.parley.harness.TestClock;
import io.parley.harness.TestCore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What operators do to accounts, and what becomes of the sessions that these have.
class InterventionsTest {
  private static final Caller NOBODY = Caller.anonymous("127.0.0.1", "test");

  @TempDir Path dir;
  private final TestClock clock = new TestClock();
  private Core core;
  private Account ann;
  private Account bob;

  @BeforeEach
  void open() {
    core = TestCore.open(dir, clock, Map.of());
    ann = register("ann");
    bob = register("bob");
  }

  private Account register(String name) {
    return core.accounts.register(
        new Accounts.Registration(
            Map.of(AliasKind.USERNAME, name), name, Gender.UNKNOWN, "", "secret1"),
        Source.ofAddress("127.0.0.1"));
  }

  @AfterEach
  void close() {
    core.close();
  }

  @Test
  void eachAct_isInTheAudit_withWhatItDidToWhom() {
    core.logins.setDisabled(Orders.OPERATOR, ann.id(), true, "rude");
    core.logins.setDisabled(Orders.OPERATOR, ann.id(), false, "");
    core.logins.setRights(Orders.OPERATOR, ann.id(), Set.of(Right.MAIL));
    core.logins.setRights(Orders.OPERATOR, ann.id(), Set.of());
    core.logins.setPassword(Orders.OPERATOR, ann.id(), "given1", false, "lost");
    login("ann", "given1");
    core.logins.endSessions(Orders.OPERATOR, ann.id(), null);
    String target = "account " + ann.id();
    assertEquals(
        List.of(
            List.of("account.disable", target, "rude"),
            List.of("account.enable", target, ""),
            List.of("account.set_rights", target, "[] → [mail]"),
            List.of("account.set_rights", target, "[mail] → []"),
            List.of("account.reset_password", target, "lost"),
            List.of("account.end_sessions", target, "all, 1")),
        core.audit.after(0, 100).stream().map(InterventionsTest::said).toList());
  }

  private static List<String> said(Entry entry) {
    return List.of(entry.act(), entry.target(), entry.details());
  }

  @Test
  void lastAdmin_staysOne_whicheverAdminTries() {
    core.logins.setRights(Orders.OPERATOR, ann.id(), Set.of(Right.ADMIN));
    Caller admin = core.sessions.authenticate(login("ann", "secret1").token(), NOBODY);
    refused(FaultCode.FAILED_PRECONDITION, () -> core.logins.setRights(admin, ann.id(), Set.of()));
    refused(
        FaultCode.FAILED_PRECONDITION,
        () -> core.logins.setDisabled(admin, ann.id(), true, "enough"));
    assertTrue(
        core.sessions.authenticate(login("ann", "secret1").token(), NOBODY).has(Right.ADMIN));
    core.logins.setRights(admin, bob.id(), Set.of(Right.ADMIN));
    core.logins.setRights(admin, ann.id(), Set.of());
    assertFalse(
        core.sessions.authenticate(login("ann", "secret1").token(), NOBODY).has(Right.ADMIN));
  }

  @Test
  void givenPassword_letsInToChooseAnotherOnly() {
    String given = core.logins.resetPassword(Orders.OPERATOR, ann.id(), "lost");
    String other = core.logins.resetPassword(Orders.OPERATOR, bob.id(), "lost");
    assertNotEquals(given, other);
    String token = login("ann", given).token();
    refused(FaultCode.PASSWORD_EXPIRED, () -> core.sessions.authenticate(token, NOBODY));
    refused(FaultCode.PASSWORD_EXPIRED, () -> core.sessions.renew(token, NOBODY));
    assertEquals(ann.id(), core.sessions.identify(token, NOBODY).accountId());
    assertNull(core.sessions.recognise(token, NOBODY), "though it is remembered by now");
  }

  @Test
  void endSessions_countsThem_andEndsOneOnly_whereOneIsNamed() {
    Sessions.Opened one = login("ann", "secret1");
    Sessions.Opened two = login("ann", "secret1");
    Sessions.Opened three = login("ann", "secret1");
    Sessions.Opened bobs = login("bob", "secret1");
    assertEquals(1, core.logins.endSessions(Orders.OPERATOR, ann.id(), one.session().id()));
    refused(
        FaultCode.NOT_FOUND,
        () -> core.logins.endSessions(Orders.OPERATOR, ann.id(), one.session().id()));
    refused(
        FaultCode.NOT_FOUND,
        () -> core.logins.endSessions(Orders.OPERATOR, ann.id(), bobs.session().id()));
    refused(FaultCode.NOT_LOGGED_IN, () -> core.sessions.authenticate(one.token(), NOBODY));
    core.sessions.authenticate(two.token(), NOBODY);
    assertEquals(2, core.logins.endSessions(Orders.OPERATOR, ann.id(), null));
    refused(FaultCode.NOT_LOGGED_IN, () -> core.sessions.authenticate(three.token(), NOBODY));
    core.sessions.authenticate(bobs.token(), NOBODY);
  }

  @Test
  void onlySession_isRefusedBesideAnotherOfItsContract_untilThatIsOver() {
    Sessions.Opened phone = core.sessions.openOnly(ann, "phone", NOBODY);
    login("ann", "secret1");
    refused(FaultCode.ALREADY_EXISTS, () -> core.sessions.openOnly(ann, "phone", NOBODY));
    core.sessions.openOnly(bob, "phone", NOBODY);
    core.sessions.end(ann.id(), phone.session().id());
    refused(FaultCode.NOT_FOUND, () -> core.sessions.end(ann.id(), phone.session().id()));
    core.sessions.openOnly(ann, "phone", NOBODY);
    assertEquals(4, core.sessions.opened());
  }

  @Test
  void recognise_tellsWhatIsRemembered_andReadsNothing() {
    String token = login("ann", "secret1").token();
    assertNull(core.sessions.recognise(token, NOBODY));
    core.sessions.authenticate(token, NOBODY);
    Caller known = core.sessions.recognise(token, NOBODY);
    assertEquals(ann.id(), known == null ? null : known.accountId());
    for (String no : List.of("", "a.b.c", "x".repeat(Tokens.CHARS_MAX + 1))) {
      assertNull(core.sessions.recognise(no, NOBODY));
      refused(FaultCode.NOT_LOGGED_IN, () -> core.sessions.authenticate(no, NOBODY));
      refused(FaultCode.NOT_LOGGED_IN, () -> core.sessions.renew(no, NOBODY));
    }
    clock.advance(Duration.ofDays(14));
    assertNull(core.sessions.recognise(token, NOBODY), "at the very end of its time");
    refused(FaultCode.NOT_LOGGED_IN, () -> core.sessions.authenticate(token, NOBODY));
  }

  @Test
  void reason_isNeededToForbid_andIsNeverLong() {
    refused(
        FaultCode.INVALID_FIELD,
        () -> core.logins.setDisabled(Orders.OPERATOR, ann.id(), true, " "));
    String longest = "x".repeat(500);
    String tooLong = longest + "x";
    for (Runnable act :
        List.<Runnable>of(
            () -> core.logins.setDisabled(Orders.OPERATOR, ann.id(), true, tooLong),
            () -> core.logins.setDisabled(Orders.OPERATOR, ann.id(), false, tooLong),
            () -> core.logins.resetPassword(Orders.OPERATOR, ann.id(), tooLong),
            () -> core.logins.removeSecondFactor(Orders.OPERATOR, ann.id(), tooLong))) {
      refused(FaultCode.TOO_LARGE, act);
    }
    login("ann", "secret1");
    core.logins.setDisabled(Orders.OPERATOR, ann.id(), true, longest);
    refused(FaultCode.ACCOUNT_DISABLED, () -> login("ann", "secret1"));
  }

  @Test
  void accountThatIsNotThere_isToldSo_andNothingIsWrittenOfIt() {
    AccountId nobody = new AccountId(4_000_000_000L);
    for (Runnable act :
        List.<Runnable>of(
            () -> core.logins.setDisabled(Orders.OPERATOR, nobody, true, "rude"),
            () -> core.logins.setPassword(Orders.OPERATOR, nobody, "given1", true, ""),
            () -> core.logins.resetPassword(Orders.OPERATOR, nobody, ""),
            () -> core.logins.removeSecondFactor(Orders.OPERATOR, nobody, ""),
            () -> core.logins.setRights(Orders.OPERATOR, nobody, Set.of(Right.MAIL)),
            () -> core.logins.endSessions(Orders.OPERATOR, nobody, null))) {
      refused(FaultCode.NO_SUCH_ACCOUNT, act);
    }
    assertEquals(List.of(), core.audit.after(0, 100));
  }

  @Test
  void givenPassword_isOfTwentyLettersAndDigitsThatAreNotTakenForOneAnother() {
    for (int i = 0; i < 20; i++) {
      String given = core.logins.resetPassword(Orders.OPERATOR, ann.id(), "");
      assertTrue(given.matches("[a-km-np-zA-HJ-NP-Z2-9]{20}"), given);
    }
  }

  @Test
  void programMayTakeTheLastAdminsRight_andADisabledOneIsNone() {
    core.logins.setRights(Orders.OPERATOR, ann.id(), Set.of(Right.ADMIN));
    core.logins.setRights(Orders.OPERATOR, bob.id(), Set.of(Right.ADMIN));
    Caller admin = core.sessions.authenticate(login("ann", "secret1").token(), NOBODY);
    core.logins.setDisabled(admin, bob.id(), true, "gone");
    refused(
        FaultCode.FAILED_PRECONDITION,
        () -> core.logins.setRights(admin, ann.id(), Set.of(Right.MAIL)));
    core.logins.setRights(admin, ann.id(), Set.of(Right.ADMIN, Right.MAIL));
    core.logins.setRights(Orders.OPERATOR, ann.id(), Set.of());
    assertFalse(
        core.sessions.authenticate(login("ann", "secret1").token(), NOBODY).has(Right.MAIL));
  }

  private Sessions.Opened login(String name, String password) {
    return core.sessions.login(name, password, Code.of(""), NOBODY);
  }

  private static void refused(FaultCode code, Runnable call) {
    assertEquals(code, assertThrows(Fault.class, call::run).code());
  }
}
