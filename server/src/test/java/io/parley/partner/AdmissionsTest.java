package io.parley.partner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.audit.Audit;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Ids;
import io.parley.harness.TestClock;
import io.parley.harness.TestLimits;
import io.parley.harness.TestPlatform;
import io.parley.harness.TestStore;
import io.parley.partner.Admissions.Reason;
import io.parley.security.SecurityLog;
import io.parley.store.Db;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdmissionsTest {
  private static final String CODE = "WEBURFPKIFJUHNCJUEIKMKJUJHULSMNCHDY89KMC";
  private static final ZoneId ZONE = ZoneId.of("+08:00");
  private static final Duration SKEW = Duration.ofMinutes(15);
  private static final String CHECK = "check.service.login";
  private static final String LOCAL = "127.0.0.1";

  @TempDir Path dir;
  private final TestClock clock = new TestClock();
  private Db db;
  private Admissions admissions;

  @BeforeEach
  void open() {
    open(SKEW, 1000);
  }

  private void open(Duration skew, int transactionsMax) {
    var limits =
        TestLimits.with(
            Map.of("limits.signed_transactions_max", Integer.toString(transactionsMax)));
    db = Db.open(TestStore.settings(dir), dir, limits);
    List<PartnerApp> apps =
        List.of(
            app("8000418003", CODE, List.of("*"), List.of(), List.of()),
            app("other", CODE, List.of("*"), List.of(), List.of()),
            app("checker", CODE, List.of(CHECK), List.of("10.0.0.0/8", "::1"), List.of()),
            app("denied", CODE, List.of("*"), List.of("127.0.0.0/8"), List.of("127.0.0.1/32")),
            app("open", "", List.of("*"), List.of(), List.of()));
    Apps all =
        new Apps(
            TestPlatform.over(db, clock, 1),
            new Audit(db, new Ids(clock, 0), clock, new SecurityLog(clock)),
            apps,
            new byte[32]);
    admissions = new Admissions(all, db, new Admissions.Time(clock, skew, ZONE), limits);
  }

  @AfterEach
  void close() {
    db.close();
  }

  @Test
  void signature_isThatOfTheContractsVector() {
    assertEquals(
        "85b41fa66749b8703cedd8f198e3c32a",
        Signature.of(
            "100000000020181125230634000001",
            "20181125230634",
            "8000418003",
            "{\"token\":\"abc\"}".getBytes(UTF_8),
            CODE));
  }

  @Test
  void checks_comeInTheirOrder() {
    String now = time(0);
    assertRefused(Reason.APP_ID, new Admissions.Attempt("", "", "", "", body()));
    assertRefused(Reason.APP_ID, new Admissions.Attempt("nobody", "", "", "", body()));
    assertRefused(
        Reason.NO_TRANSACTION_ID, new Admissions.Attempt("8000418003", "", "", "", body()));
    assertRefused(
        Reason.LONG_TRANSACTION_ID,
        new Admissions.Attempt("8000418003", "1".repeat(31), "", "", body()));
    assertRefused(Reason.SIGN, new Admissions.Attempt("8000418003", "1", "", "", body()));
    assertRefused(
        Reason.SIGN, new Admissions.Attempt("8000418003", "1", "0".repeat(32), now, body()));
    for (String wrong : List.of("", "2018", "20181325230634", "+2018112523063", "20180230000000")) {
      assertRefused(Reason.TIME_FORMAT, signed("8000418003", "1", wrong));
    }
    assertRefused(Reason.TIME_RANGE, signed("8000418003", "1", time(-901)));
    assertRefused(Reason.TIME_RANGE, signed("8000418003", "1", time(901)));
    assertRefused(Reason.TIME_RANGE, signed("checker", "1", time(901)));
    assertEquals(
        new Admissions.Refused(Reason.SERVICE),
        admissions.judge(signed("checker", "1", now), "user.service.login", LOCAL));
    assertRefused(Reason.ADDRESS, signed("checker", "1", now));
    assertRefused(Reason.ADDRESS, signed("denied", "1", now));
    for (String address : List.of("10.1.2.3", "::1", "::ffff:10.0.0.1")) {
      assertInstanceOf(
          Admissions.Admitted.class, admissions.judge(signed("checker", "1", now), CHECK, address));
    }
  }

  @Test
  void signature_mayHaveCapitalsAndCoversEveryPart() {
    Admissions.Attempt good = signed("8000418003", "1", time(0));
    String sign = good.sign();
    admitted(
        new Admissions.Attempt(
            good.appId(), "1", sign.toUpperCase(java.util.Locale.ROOT), time(0), body()));
    assertRefused(Reason.SIGN, new Admissions.Attempt("8000418003", "2", sign, time(0), body()));
    assertRefused(Reason.SIGN, new Admissions.Attempt("8000418003", "1", sign, time(1), body()));
    assertRefused(Reason.SIGN, new Admissions.Attempt("other", "1", sign, time(0), body()));
    assertRefused(
        Reason.SIGN, new Admissions.Attempt("8000418003", "1", sign, time(0), new byte[0]));
  }

  @Test
  void unsignedApp_needsNoSignatureButEverythingElse() {
    admitted(new Admissions.Attempt("open", "1", "", time(0), body()));
    assertRefused(
        Reason.NO_TRANSACTION_ID, new Admissions.Attempt("open", "", "", time(0), body()));
    assertRefused(Reason.TIME_FORMAT, new Admissions.Attempt("open", "1", "", "", body()));
    assertTrue(spend("open", "1", 0));
    assertFalse(spend("open", "1", 0));
  }

  @Test
  void transaction_isSpentOnceForEachApp() {
    assertTrue(spend("8000418003", "1", 0));
    assertFalse(spend("8000418003", "1", 0));
    assertFalse(spend("8000418003", "1", 5), "another req_time does not make it new");
    assertTrue(spend("other", "1", 0));
    assertTrue(spend("8000418003", "2", 0));
  }

  @Test
  void replay_isRefusedAsLongAsItsTimeWouldPass() {
    Admissions.Admitted future = admitted(signed("8000418003", "1", time(900)));
    assertTrue(admissions.spend(future, "1"));
    clock.advance(Duration.ofMinutes(30));
    Admissions.Admitted again = admitted(signed("8000418003", "1", time(900 - 1800)));
    assertEquals(future.reqAt(), again.reqAt());
    assertFalse(admissions.spend(again, "1"), "the very last moment at which it is fresh");
    clock.advance(Duration.ofSeconds(1));
    assertRefused(Reason.TIME_RANGE, signed("8000418003", "1", time(900 - 1801)));
    assertTrue(spend("8000418003", "1", 0), "the id may be used again");
    assertFalse(spend("8000418003", "1", 0));
  }

  @Test
  void replay_isRefusedAfterARestart() {
    assertTrue(spend("8000418003", "1", 0));
    db.close();
    open(SKEW, 1000);
    assertFalse(spend("8000418003", "1", 0));
    assertTrue(spend("8000418003", "2", 0));
  }

  @Test
  void skewZero_checksNeitherAgeNorReplay() {
    db.close();
    open(Duration.ZERO, 1000);
    Admissions.Admitted old = admitted(signed("8000418003", "1", "20181125230634"));
    assertTrue(admissions.spend(old, "1"));
    assertTrue(admissions.spend(old, "1"));
    assertRefused(Reason.TIME_FORMAT, signed("8000418003", "1", "yesterday"));
  }

  @Test
  void keptTransactions_areBoundedAndForgottenInTime() {
    db.close();
    open(SKEW, 10);
    for (int i = 0; i < 10; i++) {
      assertTrue(spend("8000418003", "a" + i, 0));
    }
    Fault full = assertThrows(Fault.class, () -> spend("8000418003", "one more", 0));
    assertEquals(FaultCode.BUSY, full.code());
    assertFalse(spend("8000418003", "a0", 0), "a replay is still known as one");
    clock.advance(SKEW.plusSeconds(1));
    for (int i = 0; i < 10; i++) {
      assertTrue(spend("8000418003", "b" + i, 0));
    }
    assertEquals(10, kept());
  }

  @Test
  void oneTransaction_sentByManyAtOnce_isSpentOnce() throws Exception {
    Admissions.Admitted admitted = admitted(signed("8000418003", "1", time(0)));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> calls =
          java.util.Collections.nCopies(50, () -> admissions.spend(admitted, "1"));
      int spent = 0;
      for (var each : threads.invokeAll(calls)) {
        spent += each.get() ? 1 : 0;
      }
      assertEquals(1, spent);
    }
  }

  private long kept() {
    return db.read(tx -> tx.number("SELECT count(*) FROM partner_transaction"));
  }

  private boolean spend(String app, String transaction, int seconds) {
    return admissions.spend(admitted(signed(app, transaction, time(seconds))), transaction);
  }

  private Admissions.Admitted admitted(Admissions.Attempt attempt) {
    return assertInstanceOf(Admissions.Admitted.class, admissions.judge(attempt, CHECK, LOCAL));
  }

  private void assertRefused(Reason reason, Admissions.Attempt attempt) {
    assertEquals(new Admissions.Refused(reason), admissions.judge(attempt, CHECK, LOCAL));
  }

  private String time(int offsetSeconds) {
    return DateTimeFormatter.ofPattern("uuuuMMddHHmmss")
        .format(Instant.ofEpochMilli(clock.millis()).plusSeconds(offsetSeconds).atZone(ZONE));
  }

  private static Admissions.Attempt signed(String app, String transaction, String time) {
    String code = app.equals("open") ? "" : CODE;
    return new Admissions.Attempt(
        app, transaction, Signature.of(transaction, time, app, body(), code), time, body());
  }

  private static byte[] body() {
    return "{\"name\":\"张三\"}".getBytes(UTF_8);
  }

  private static PartnerApp app(
      String id, String code, List<String> services, List<String> allow, List<String> deny) {
    return new PartnerApp(
        id,
        code,
        "@java110.com",
        services,
        PartnerApp.blocks("allow_ips", allow),
        PartnerApp.blocks("deny_ips", deny),
        code.isEmpty());
  }
}
