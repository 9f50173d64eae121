package io.parley.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.Core;
import io.parley.account.Account;
import io.parley.account.Accounts;
import io.parley.account.AliasKind;
import io.parley.account.Code;
import io.parley.account.Gender;
import io.parley.account.Scheme;
import io.parley.account.Source;
import io.parley.base.Caller;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Right;
import io.parley.base.SessionId;
import io.parley.bus.Event;
import io.parley.control.Orders;
import io.parley.harness.TestBus;
import io.parley.harness.TestClock;
import io.parley.harness.TestCore;
import io.parley.harness.TestLimits;
import io.parley.platform.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The services behind every contract: what opens, recognises and ends a session.
class SessionsTest {
  private static final Source HERE = Source.ofAddress("127.0.0.1");
  private static final Caller NOBODY = Caller.anonymous("127.0.0.1", "test");

  @TempDir Path dir;
  private final TestClock clock = new TestClock();
  private final BlockingQueue<SessionId> ended = new LinkedBlockingQueue<>();
  private Core core;
  private Account ann;

  @BeforeEach
  void open() {
    core = TestCore.open(dir, clock, Map.of("limits.sessions_per_account_max", "3"));
    core.bus.subscribe(
        event -> {
          if (event instanceof Event.SessionEnded end) {
            ended.add(end.session());
          }
        });
    ann =
        core.accounts.register(
            new Accounts.Registration(
                Map.of(AliasKind.USERNAME, "ann", AliasKind.PHONE, "13800000000"),
                "Ann",
                Gender.FEMALE,
                "",
                "secret1"),
            HERE);
  }

  @AfterEach
  void close() {
    core.close();
  }

  @Test
  void login_byAnyNameAndAnyWireForm() {
    for (String name : List.of("ann", "ANN", "13800000000")) {
      for (Scheme scheme : List.of(new Scheme.Plain(), new Scheme.Entry())) {
        Sessions.Opened opened =
            core.sessions.open(
                core.accounts.verify(name, scheme, scheme.wire("secret1"), HERE), "test", NOBODY);
        assertEquals(ann.id(), core.sessions.authenticate(opened.token(), NOBODY).accountId());
      }
    }
    assertEquals(FaultCode.WRONG_CREDENTIALS, code(() -> login("Ann's nickname")));
  }

  @Test
  void token_isNotStored() throws IOException {
    String token = login("ann").token();
    for (Path file : List.of(dir.resolve("parley.db"), dir.resolve("parley.db-wal"))) {
      if (Files.exists(file)) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertFalse(bytes.contains(token), "the token stands in " + file);
        assertFalse(bytes.contains("secret1"), "the password stands in " + file);
      }
    }
  }

  @Test
  void disabling_endsSessionsAndForbidsLogin() throws Exception {
    Sessions.Opened one = login("ann");
    Sessions.Opened two = login("ann");
    core.sessions.authenticate(one.token(), NOBODY);
    core.logins.setDisabled(Orders.OPERATOR, ann.id(), true, "test");
    for (Sessions.Opened each : List.of(one, two)) {
      assertEquals(
          FaultCode.NOT_LOGGED_IN, code(() -> core.sessions.authenticate(each.token(), NOBODY)));
    }
    Set<SessionId> told = new HashSet<>(List.of(nextEnded()));
    told.add(nextEnded());
    assertEquals(Set.of(one.session().id(), two.session().id()), told);
    assertEquals(FaultCode.ACCOUNT_DISABLED, code(() -> login("ann")));
    core.logins.setDisabled(Orders.OPERATOR, ann.id(), false, "test");
    login("ann");
    assertEquals(
        FaultCode.NOT_LOGGED_IN, code(() -> core.sessions.authenticate(one.token(), NOBODY)));
  }

  @Test
  void disabling_whileALoginIsBeingChecked_wins() {
    Account checked = core.accounts.verify("ann", new Scheme.Plain(), "secret1", HERE);
    core.logins.setDisabled(Orders.OPERATOR, ann.id(), true, "test");
    assertEquals(FaultCode.ACCOUNT_DISABLED, code(() -> core.sessions.open(checked, "t", NOBODY)));
  }

  @Test
  void passwordReset_whileALoginIsBeingChecked_wins() {
    Account checked = core.accounts.verify("ann", new Scheme.Plain(), "secret1", HERE);
    core.logins.setPassword(Orders.OPERATOR, ann.id(), "changed1", false, "");
    assertEquals(FaultCode.ACCOUNT_DISABLED, code(() -> core.sessions.open(checked, "t", NOBODY)));
    assertEquals(FaultCode.WRONG_CREDENTIALS, code(() -> login("ann")));
    core.sessions.login("ann", "changed1", Code.of(""), NOBODY);
  }

  @Test
  void rights_takeEffectOnATokenInUse() {
    String token = login("ann").token();
    assertFalse(core.sessions.authenticate(token, NOBODY).has(Right.ADMIN));
    core.logins.setRights(Orders.OPERATOR, ann.id(), Set.of(Right.ADMIN));
    assertTrue(core.sessions.authenticate(token, NOBODY).has(Right.ADMIN));
    core.logins.setRights(Orders.OPERATOR, ann.id(), Set.of());
    assertFalse(core.sessions.authenticate(token, NOBODY).has(Right.ADMIN));
  }

  @Test
  void oneSessionTooMany_endsTheOldest() throws Exception {
    List<Sessions.Opened> opened = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      clock.advance(Duration.ofSeconds(1));
      opened.add(login("ann"));
    }
    assertEquals(opened.getFirst().session().id(), nextEnded());
    assertEquals(3, core.sessions.list(ann.id()).size());
    core.sessions.authenticate(opened.get(1).token(), NOBODY);
  }

  @Test
  void session_diesWhenUnusedAndLivesOnWhenUsed() {
    String unused = login("ann").token();
    String used = login("ann").token();
    core.sessions.authenticate(used, NOBODY);
    clock.advance(Duration.ofDays(10));
    core.logins.setRights(
        Orders.OPERATOR, ann.id(), Set.of()); // What was recognised is looked up again.
    core.sessions.authenticate(used, NOBODY);
    core.db.write(tx -> 0); // The renewal is queued before this.
    clock.advance(Duration.ofDays(5));
    core.logins.setRights(Orders.OPERATOR, ann.id(), Set.of());
    core.sessions.authenticate(used, NOBODY);
    assertEquals(FaultCode.NOT_LOGGED_IN, code(() -> core.sessions.authenticate(unused, NOBODY)));
  }

  @Test
  void session_thatIsUsedEveryDay_stillDiesOneDay() {
    String token = login("ann").token();
    for (int day = 0; day < 90; day++) {
      core.sessions.authenticate(token, NOBODY);
      core.db.write(tx -> 0); // The renewal is queued before this.
      clock.advance(Duration.ofDays(1));
      core.logins.setRights(Orders.OPERATOR, ann.id(), Set.of());
    }
    assertEquals(FaultCode.NOT_LOGGED_IN, code(() -> core.sessions.authenticate(token, NOBODY)));
  }

  @Test
  void jwtSession_diesTwoHoursAfterItsLastCheck() {
    Sessions.Opened opened = core.sessions.openJwt(ann, "test", Duration.ofHours(2), NOBODY);
    for (int i = 0; i < 5; i++) {
      clock.advance(Duration.ofMinutes(119));
      assertEquals(ann.id(), core.sessions.renew(opened.token(), NOBODY).accountId());
      core.db.write(tx -> 0); // The renewal is queued before this.
      core.logins.setRights(
          Orders.OPERATOR, ann.id(), Set.of()); // What was recognised is looked up again.
    }
    clock.advance(Duration.ofHours(2));
    assertEquals(FaultCode.NOT_LOGGED_IN, code(() -> core.sessions.renew(opened.token(), NOBODY)));
  }

  @Test
  void renewal_countsForATokenThatIsRemembered() {
    Sessions.Opened opened = core.sessions.openJwt(ann, "test", Duration.ofHours(2), NOBODY);
    core.sessions.renew(opened.token(), NOBODY);
    clock.advance(Duration.ofSeconds(30));
    core.sessions.renew(opened.token(), NOBODY);
    core.db.write(tx -> 0); // The renewal is queued before this.
    clock.advance(Duration.ofHours(2).minusMillis(1));
    core.sessions.authenticate(opened.token(), NOBODY);
    assertEquals(1, core.sessions.list(ann.id()).size());
  }

  @Test
  void jwt_isSignedByThisServerAndItsJtiAloneIsNoToken() {
    Sessions.Opened opened = core.sessions.openJwt(ann, "test", Duration.ofHours(2), NOBODY);
    String claims = opened.token().split("\\.")[1];
    String json =
        new String(java.util.Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8);
    String jti = json.replaceAll(".*\"jti\":\"(\\w+)\".*", "$1");
    assertEquals("{\"iss\":\"java110\",\"jti\":\"" + jti + "\"}", json);
    for (String other : List.of(jti, "jwt." + jti, opened.token() + "x", opened.token() + ".")) {
      assertEquals(FaultCode.NOT_LOGGED_IN, code(() -> core.sessions.authenticate(other, NOBODY)));
    }
    core.sessions.authenticate(opened.token(), NOBODY);
    core.logins.setPassword(Orders.OPERATOR, ann.id(), "changed1", false, "");
    assertEquals(FaultCode.NOT_LOGGED_IN, code(() -> core.sessions.renew(opened.token(), NOBODY)));
  }

  @Test
  void use_isWritten_andMovesTheEndForward_onceAnHour() {
    Sessions.Opened opened = login("ann");
    long end = opened.session().expiresAt();
    assertEquals(clock.millis() + Duration.ofDays(14).toMillis(), end);
    assertEquals(new Session.Use(clock.millis(), "127.0.0.1"), lastUse());
    clock.advance(Duration.ofHours(1).minusMillis(1));
    assertEquals(end, endAfterUse(opened));
    clock.advance(Duration.ofMillis(1));
    assertEquals(end + Duration.ofHours(1).toMillis(), endAfterUse(opened));
    assertEquals(new Session.Use(clock.millis(), "127.0.0.1"), lastUse());
    clock.advance(Duration.ofHours(-2));
    assertEquals(end + Duration.ofHours(1).toMillis(), endAfterUse(opened), "a clock set back");
  }

  @Test
  void use_ofATokenThatIsRemembered_isWrittenWithWhereItWas_andTheLoginsAddressStays() {
    Sessions.Opened opened = login("ann");
    core.sessions.authenticate(opened.token(), NOBODY);
    clock.advance(Duration.ofHours(3));
    core.sessions.authenticate(opened.token(), Caller.anonymous("10.9.8.7", "test"));
    core.db.write(tx -> 0); // The use is queued before this.
    assertEquals(new Session.Use(clock.millis(), "10.9.8.7"), lastUse());
    assertEquals("127.0.0.1", core.sessions.list(ann.id()).getFirst().address());
    core.sessions.authenticate(opened.token(), Caller.anonymous("10.0.0.1", "test"));
    core.db.write(tx -> 0); // The use is queued before this.
    assertEquals("10.9.8.7", lastUse().address(), "not within the hour");
  }

  @Test
  void use_byFiftyAtOnce_isWrittenOnce() throws Exception {
    Sessions.Opened opened = login("ann");
    core.sessions.authenticate(opened.token(), NOBODY);
    clock.advance(Duration.ofHours(2));
    core.db.write(tx -> 0);
    long before = core.db.writes();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Caller>> all = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        all.add(callers.submit(() -> core.sessions.authenticate(opened.token(), NOBODY)));
      }
      for (Future<Caller> each : all) {
        assertEquals(ann.id(), each.get(10, TimeUnit.SECONDS).accountId());
      }
    }
    core.db.write(tx -> 0);
    assertEquals(before + 2, core.db.writes(), "the use, and the write after it");
  }

  private Session.Use lastUse() {
    return core.sessions.list(ann.id()).getFirst().lastUse();
  }

  /// Looked up in the store, as a minute after the last use.
  private long endAfterUse(Sessions.Opened opened) {
    core.logins.setRights(Orders.OPERATOR, ann.id(), Set.of());
    core.sessions.authenticate(opened.token(), NOBODY);
    core.db.write(tx -> 0); // The renewal is queued before this.
    return core.sessions.list(ann.id()).getFirst().expiresAt();
  }

  @Test
  void renewal_isWrittenOnceASecond() {
    Sessions.Opened opened = core.sessions.openJwt(ann, "test", Duration.ofHours(2), NOBODY);
    long end = opened.session().expiresAt();
    clock.advance(Duration.ofMillis(999));
    assertEquals(end, endAfterRenewal(opened));
    clock.advance(Duration.ofMillis(1));
    assertEquals(end + 1_000, endAfterRenewal(opened));
  }

  private long endAfterRenewal(Sessions.Opened opened) {
    core.sessions.renew(opened.token(), NOBODY);
    core.db.write(tx -> 0); // The renewal is queued before this.
    return core.sessions.list(ann.id()).getFirst().expiresAt();
  }

  @Test
  void session_keepsWhatTheClientSaidOfItself_soFar_andTheNewestIsListedFirst() {
    Caller chatty = Caller.anonymous("10.0.0.7", "x".repeat(201));
    Sessions.Opened first = core.sessions.open(ann, "one", chatty);
    Sessions.Opened second = core.sessions.open(ann, "two", Caller.anonymous("10.0.0.8", ""));
    assertEquals(List.of(second.session(), first.session()), core.sessions.list(ann.id()));
    assertEquals("x".repeat(200), first.session().device());
    assertEquals("", second.session().device());
    assertEquals("10.0.0.7", first.session().address());
    assertEquals(2, core.sessions.opened());
  }

  @Test
  void sessionThatExpired_isInNobodysWay() {
    core.sessions.openJwt(ann, "test", Duration.ofHours(2), NOBODY);
    clock.advance(Duration.ofHours(2).minusMillis(1));
    assertEquals(FaultCode.ALREADY_EXISTS, code(() -> core.sessions.openOnly(ann, "test", NOBODY)));
    clock.advance(Duration.ofMillis(1));
    assertEquals(List.of(), core.sessions.list(ann.id()));
    core.sessions.openOnly(ann, "test", NOBODY);
    assertEquals(1, core.sessions.list(ann.id()).size());
  }

  @Test
  void sessionThatExpired_countsForNoneOfThoseThatAnAccountMayHave() {
    Sessions.Opened first = login("ann");
    Sessions.Opened second = login("ann");
    core.sessions.openJwt(ann, "test", Duration.ofHours(2), NOBODY);
    clock.advance(Duration.ofHours(2));
    login("ann");
    core.sessions.authenticate(first.token(), NOBODY);
    core.sessions.authenticate(second.token(), NOBODY);
  }

  @Test
  void jwts_areToldApart() {
    Sessions.Opened one = core.sessions.openJwt(ann, "test", Duration.ofHours(2), NOBODY);
    Sessions.Opened two = core.sessions.openJwt(ann, "test", Duration.ofHours(2), NOBODY);
    assertEquals(one.session().id(), core.sessions.authenticate(one.token(), NOBODY).sessionId());
    assertEquals(two.session().id(), core.sessions.authenticate(two.token(), NOBODY).sessionId());
  }

  /// Whoever had the answer may rely on it, however long events take.
  @Test
  void whatWasAnswered_isTrueAtOnce_beforeAnybodyHearsOfIt() throws Exception {
    Sessions.Opened one = login("ann");
    Sessions.Opened two = login("ann");
    core.sessions.authenticate(one.token(), NOBODY);
    core.sessions.authenticate(two.token(), NOBODY);
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    core.bus.subscribe(
        event -> {
          held.countDown();
          try {
            end.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    core.bus.publish(new Event.TrustChanged());
    held.await();
    try {
      core.logins.setRights(Orders.OPERATOR, ann.id(), Set.of(Right.MAIL));
      assertTrue(core.sessions.authenticate(one.token(), NOBODY).has(Right.MAIL));
      core.sessions.end(ann.id(), one.session().id());
      assertEquals(
          FaultCode.NOT_LOGGED_IN, code(() -> core.sessions.authenticate(one.token(), NOBODY)));
      core.sessions.authenticate(two.token(), NOBODY);
    } finally {
      end.countDown();
    }
  }

  @Test
  void whatHappenedOnAnotherNode_isForgottenWithItsEvent_orWithItsLoss() {
    TestBus bus = new TestBus();
    Sessions other =
        new Sessions(
            new Platform(core.db, bus, core.platform.ids(), clock, core.platform.entropy()),
            core.accounts,
            new Jwt(new byte[] {1}),
            new Sessions.Programs(Trust.NOBODY, core.serviceTokens),
            new SessionPolicy(
                TestLimits.defaults(), Duration.ofHours(12), Duration.ofMinutes(15), false));
    Sessions.Opened one = login("ann");
    Sessions.Opened two = login("ann");
    Sessions.Opened three = login("ann");
    for (Sessions.Opened each : List.of(one, two, three)) {
      other.authenticate(each.token(), NOBODY);
      core.sessions.end(ann.id(), each.session().id());
      other.authenticate(each.token(), NOBODY);
    }
    bus.publish(new Event.SessionEnded(ann.id(), one.session().id()));
    assertEquals(FaultCode.NOT_LOGGED_IN, code(() -> other.authenticate(one.token(), NOBODY)));
    other.authenticate(two.token(), NOBODY);
    bus.publish(new Event.AccountChanged(ann.id()));
    assertEquals(FaultCode.NOT_LOGGED_IN, code(() -> other.authenticate(two.token(), NOBODY)));
    Sessions.Opened four = login("ann");
    other.authenticate(four.token(), NOBODY);
    core.sessions.end(ann.id(), four.session().id());
    bus.lose();
    assertEquals(FaultCode.NOT_LOGGED_IN, code(() -> other.authenticate(four.token(), NOBODY)));
  }

  private Sessions.Opened login(String name) {
    return core.sessions.login(name, "secret1", Code.of(""), NOBODY);
  }

  private SessionId nextEnded() throws InterruptedException {
    SessionId id = ended.poll(5, TimeUnit.SECONDS);
    if (id == null) {
      throw new AssertionError("no session was announced as ended");
    }
    return id;
  }

  private static FaultCode code(Runnable call) {
    return assertThrows(Fault.class, call::run).code();
  }
}
