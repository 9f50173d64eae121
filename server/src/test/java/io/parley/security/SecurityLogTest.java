package io.parley.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.harness.TestClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecurityLogTest {
  private final SecurityLog log = new SecurityLog(new TestClock());

  @Test
  void whatHundredThousandAddressesDo_isAThousandLines_andAllOfItIsCounted() {
    try (Lines lines = new Lines()) {
      for (int i = 0; i < 100_000; i++) {
        log.count(
            Attempt.LOGIN_FAILED, "10." + (i >> 16) + '.' + (i >> 8 & 255) + '.' + (i & 255), null);
      }
      log.flush();
      assertEquals(1001, lines.all().size());
      assertEquals(100_000, lines.sum("login_failed", "count"));
      assertEquals(100_000, lines.sum("login_failed", "unknown"));
      assertTrue(
          lines
              .all()
              .contains("event=login_failed source=others count=99000 accounts=- unknown=99000"));
      assertEquals(100_000, log.count(Attempt.LOGIN_FAILED));
      log.flush();
      assertEquals(1001, lines.all().size(), "told once");
    }
  }

  @Test
  void counting_whileItIsWritten_losesNothing() throws InterruptedException {
    try (Lines lines = new Lines()) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        threads.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      for (int n = 0; n < 20_000; n++) {
                        log.count(Attempt.REFUSED, "127.0.0.1", new AccountId(n % 9 + 1));
                      }
                    }));
      }
      for (int i = 0; i < 100; i++) {
        log.flush();
      }
      for (Thread each : threads) {
        each.join();
      }
      log.flush();
      assertEquals(80_000, lines.sum("refused", "count"));
      lines
          .all()
          .forEach(line -> assertTrue(line.matches(".* accounts=\\d(,\\d){0,4} unknown=0"), line));
    }
  }

  @Test
  void linesThatNobodyWrites_areBoundedAndNoCallerWaits() {
    try (Lines lines = new Lines()) {
      for (int i = 0; i < 5_000; i++) {
        log.tell("password_changed", "account", Integer.toString(i));
      }
      log.flush();
      assertEquals(1_000, lines.of("password_changed").size());
      assertEquals(List.of("event=lines_dropped count=4000"), lines.of("lines_dropped"));
    }
  }

  @Test
  void values_lookLikeNothingElse() {
    try (Lines lines = new Lines()) {
      log.tell("token.create", "target", "token:a b\nevent=forged x=\"1\"", "program", "");
      log.tell("long", "target", "x".repeat(10_000));
      log.count(Attempt.REFUSED, "app a=b", null);
      log.flush();
      assertEquals(
          "event=token.create target=token:a_b_event_forged_x__1_ program=-",
          lines.all().getFirst());
      assertEquals("event=long target=" + "x".repeat(100), lines.all().get(1));
      assertEquals("event=refused source=app_a_b count=1 accounts=- unknown=1", lines.all().get(2));
    }
  }

  @Test
  void line_isWrittenAtOnce_andTheRestWhenItStops() throws InterruptedException {
    try (Lines lines = new Lines()) {
      log.start();
      log.tell("totp_on", "account", "1");
      assertEquals("event=totp_on account=1", lines.next());
      log.count(Attempt.LOGIN, "127.0.0.1", new AccountId(1));
      log.close();
      assertEquals(1, lines.of("login").size());
    }
  }
}
