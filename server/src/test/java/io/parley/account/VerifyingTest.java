package io.parley.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.base.Clock;
import io.parley.base.Entropy;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.harness.TestClock;
import io.parley.harness.TestLimits;
import io.parley.harness.TestStore;
import io.parley.harness.Waiting;
import io.parley.security.Attempt;
import io.parley.security.SecurityLog;
import io.parley.store.Db;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyingTest {
  private static final Limits LIMITS = TestLimits.defaults();
  private static final AccountId ANN = new AccountId(7);
  private static final Source HOME = Source.ofAddress("10.0.0.1");
  private static final Source STRANGE = Source.ofAddress("10.0.0.2");

  @TempDir private Path folder;
  private final TestClock clock = new TestClock();
  private final Throttle throttle = new Throttle(clock, true);
  private final AccountStore store = new AccountStore();
  private Db db;
  private Passwords passwords;
  private Upgrades upgrades;
  private Verifying verifying;
  private SecondFactors factors;
  private final SecurityLog log = new SecurityLog(clock);

  @BeforeEach
  void anAccount() {
    db = Db.open(TestStore.settings(folder), folder, LIMITS);
    passwords =
        new Passwords(
            new Passwords.Settings(64, 1, List::of), new byte[32], LIMITS, Entropy.SYSTEM);
    factors = new SecondFactors(db, clock, Entropy.SYSTEM, new byte[32]);
    upgrades = new Upgrades(db, Clock.SYSTEM, store);
    verifying =
        new Verifying(db, LIMITS, passwords, upgrades, new Accounts.Guards(throttle, factors, log));
    var verifiers = passwords.verifiers("right-1");
    db.write(
        tx -> {
          store.insert(
              tx,
              new Account(
                  ANN,
                  "ann",
                  "ann",
                  Gender.UNKNOWN,
                  "",
                  "",
                  Set.of(),
                  false,
                  false,
                  false,
                  0,
                  0,
                  0,
                  null));
          store.putVerifiers(tx, ANN, verifiers);
          return store.insertAlias(tx, ANN, AliasKind.PHONE, "13800138000");
        });
  }

  @AfterEach
  void close() {
    upgrades.close();
    passwords.close();
    db.close();
  }

  @Test
  void sixtyGuessesAtOnce_areFiveTries() {
    List<FaultCode> answers = atOnce(60, i -> code("wrong-" + i, STRANGE));
    assertEquals(5, answers.stream().filter(FaultCode.WRONG_CREDENTIALS::equals).count());
    assertEquals(55, answers.stream().filter(FaultCode.THROTTLED::equals).count());
  }

  /// A whole household comes back after a restart.
  @Test
  void theRightLoginManyTimesAtOnce_isLetIn() {
    List<FaultCode> answers = atOnce(200, i -> code("right-1", HOME));
    assertEquals(Set.of(FaultCode.INTERNAL), Set.copyOf(answers), "INTERNAL stands for success");
  }

  @Test
  void whileAStrangerGuesses_theOwnerGetsIn() {
    assertEquals(ANN, login("right-1", HOME));
    for (int i = 0; i < 20; i++) {
      code("wrong-" + i, STRANGE);
      assertEquals(ANN, login("right-1", HOME));
    }
    for (int i = 0; i < 200; i++) {
      code("wrong-" + i, Source.ofAddress("10.1.0." + i));
    }
    assertEquals(FaultCode.THROTTLED, code("right-1", Source.ofAddress("10.9.0.1")));
    assertEquals(ANN, login("right-1", HOME));
  }

  /// A restart forgets who got in from where; the sessions tell.
  @Test
  void whileAStrangerGuesses_whoHasASessionFromThereGetsIn() {
    db.write(
        tx ->
            tx.update(
                """
                INSERT INTO session (id, token_hash, account_id, contract, device, address,
                  created_at, expires_at) VALUES (1, 'x', 7, 'x', 'x', '2001:db8::1', 0, 0)\
                """));
    for (int i = 0; i < 200; i++) {
      code("wrong-" + i, Source.ofAddress("10.1.0." + i));
    }
    assertEquals(FaultCode.THROTTLED, code("right-1", Source.ofAddress("10.9.0.1")));
    assertEquals(ANN, login("right-1", Source.ofAddress("2001:db8::2")));
  }

  @Test
  void passwordsThatNoAccountCanHave_areTriesLikeAnyOther() {
    for (int i = 0; i < 5; i++) {
      assertEquals(FaultCode.TOO_LARGE, code("x".repeat(129 + i), STRANGE));
    }
    assertEquals(FaultCode.THROTTLED, code("x".repeat(129), STRANGE));
    Fault unknown =
        assertThrows(Fault.class, () -> verify("13900139000", "x".repeat(129), STRANGE));
    assertEquals(FaultCode.TOO_LARGE, unknown.code());
  }

  @Test
  void nameAndPassword_areTakenUpToTheirLimits() {
    int longest = 2 * LIMITS.nicknameCodePointsMax();
    assertEquals(FaultCode.WRONG_CREDENTIALS, code("x".repeat(LIMITS.passwordCharsMax()), STRANGE));
    for (int over = 0; over < 2; over++) {
      String name = "1".repeat(longest + over);
      Fault refused = assertThrows(Fault.class, () -> verify(name, "right-1", STRANGE));
      assertEquals(over == 0 ? FaultCode.WRONG_CREDENTIALS : FaultCode.TOO_LARGE, refused.code());
    }
  }

  @Test
  void everyTry_isInTheSecurityLogsFigures() {
    login("right-1", HOME);
    for (int i = 0; i < 6; i++) {
      code("wrong-" + i, STRANGE);
    }
    assertEquals(1, log.count(Attempt.LOGIN));
    assertEquals(5, log.count(Attempt.LOGIN_FAILED));
    assertEquals(1, log.count(Attempt.LOGIN_THROTTLED));
  }

  @Test
  void disabledAccount_isToldWhoeverKnowsItsPassword_andNobodyElse() {
    turnOn();
    db.change(tx -> store.setDisabled(tx, ANN, true, 0));
    assertEquals(FaultCode.WRONG_CREDENTIALS, code("wrong-1", HOME));
    for (int i = 0; i < 10; i++) {
      assertEquals(FaultCode.ACCOUNT_DISABLED, code("right-1", HOME), "not asked for a code");
    }
    assertEquals(11, log.count(Attempt.LOGIN_FAILED));
    assertEquals(0, log.count(Attempt.LOGIN));
  }

  @Test
  void importedPassword_getsASlowHashOnceItHasLoggedIn() {
    var imported = passwords.fastVerifiers("right-1");
    db.change(tx -> store.putVerifiers(tx, ANN, imported));
    assertEquals(FaultCode.WRONG_CREDENTIALS, code("wrong-1", HOME));
    assertEquals(ANN, login("right-1", HOME));
    Waiting.until(() -> stored().startsWith("$argon2id$"));
    assertEquals(ANN, login("right-1", HOME));
    assertEquals(FaultCode.WRONG_CREDENTIALS, code("wrong-1", HOME));
  }

  private String stored() {
    String verifier = db.read(tx -> store.verifier(tx, ANN, new Scheme.Plain()));
    return verifier == null ? "" : verifier;
  }

  /// Nothing was found out, so nothing was tried.
  @Test
  void loginThatCouldNotBeChecked_isNoTry() {
    passwords.close();
    for (int i = 0; i < 10; i++) {
      assertEquals(FaultCode.BUSY, code("wrong-" + i, STRANGE));
    }
    assertEquals(0, log.count(Attempt.LOGIN_FAILED));
    assertEquals(0, log.count(Attempt.LOGIN_THROTTLED));
  }

  /// One who waits for the answer to another's try leaves alone.
  @Test
  void sameLoginTwiceAtOnce_isOneTry_andWhoeverIsInterruptedLeavesAlone() throws Exception {
    try (HeldPasswords held = new HeldPasswords(2)) {
      var guards = new Accounts.Guards(throttle, factors, log);
      verifying = new Verifying(db, LIMITS, held.passwords, upgrades, guards);
      held.hold();
      CompletableFuture<AccountId> first = new CompletableFuture<>();
      CompletableFuture<String> second = new CompletableFuture<>();
      Thread trying = Thread.ofPlatform().start(() -> first.complete(login("right-1", HOME)));
      Waiting.until(() -> trying.getState() == Thread.State.WAITING);
      Thread joining =
          Thread.ofPlatform()
              .start(
                  () -> {
                    FaultCode told = code("right-1", HOME);
                    second.complete(told + " " + Thread.currentThread().isInterrupted());
                  });
      Waiting.until(() -> joining.getState() == Thread.State.WAITING);
      joining.interrupt();
      assertEquals("UNAVAILABLE true", second.get());
      held.release();
      assertEquals(ANN, first.get());
      assertEquals(1, log.count(Attempt.LOGIN));
    }
  }

  @Test
  void accountWithASecondFactor_isAskedForACode_asTheContractCan() {
    String secret = turnOn();
    assertEquals(FaultCode.WRONG_CREDENTIALS, code("right-1", HOME), "no field for one");
    assertEquals(1, log.count(Attempt.LOGIN_FAILED));
    assertEquals(ANN, shown("right-1", Code.UNASKED));
    // The password is right and nothing was guessed: no try.
    for (int i = 0; i < 10; i++) {
      assertEquals(FaultCode.SECOND_FACTOR_NEEDED, shownInVain("right-1", ""));
    }
    assertEquals(FaultCode.WRONG_CREDENTIALS, shownInVain("wrong-1", code(secret)));
    String wrong = Authenticator.code(secret, clock.millis() + 3_600_000);
    assertEquals(FaultCode.SECOND_FACTOR_WRONG, shownInVain("right-1", wrong));
    assertEquals(3, log.count(Attempt.LOGIN_FAILED));
    assertEquals(ANN, shown("right-1", Code.of(code(secret))));
    assertEquals(FaultCode.SECOND_FACTOR_WRONG, shownInVain("right-1", code(secret)));
  }

  @Test
  void codeAlone_ofSomebodyWhoIsLoggedIn_isATryWhereItIsWrong() {
    String secret = turnOn();
    for (int i = 0; i < 10; i++) {
      verifying.requireCode(ANN, "13800138000", code(secret), HOME);
      clock.advance(Duration.ofSeconds(30));
    }
    for (int i = 0; i < 6; i++) {
      String wrong = Authenticator.code(secret, clock.millis() + 3_600_000 + i * 30_000L);
      Fault refused =
          assertThrows(Fault.class, () -> verifying.requireCode(ANN, "13800138000", wrong, HOME));
      assertEquals(i < 5 ? FaultCode.SECOND_FACTOR_WRONG : FaultCode.THROTTLED, refused.code());
    }
    assertEquals(5, log.count(Attempt.LOGIN_FAILED));
    assertEquals(1, log.count(Attempt.LOGIN_THROTTLED));
  }

  /// The app shows another code from then on.
  private String turnOn() {
    String secret = factors.begin(ANN, "ann").secret();
    db.write(tx -> factors.turnOn(tx, ANN, code(secret)));
    clock.advance(Duration.ofSeconds(30));
    return secret;
  }

  private String code(String secret) {
    return Authenticator.code(secret, clock.millis());
  }

  private AccountId shown(String wire, Code code) {
    return verifying
        .verify(new Verifying.Login("13800138000", new Scheme.Plain(), wire, code, HOME))
        .id();
  }

  private FaultCode shownInVain(String wire, String code) {
    return assertThrows(Fault.class, () -> shown(wire, Code.of(code))).code();
  }

  private FaultCode code(String wire, Source source) {
    try {
      verify("13800138000", wire, source);
      return FaultCode.INTERNAL;
    } catch (Fault fault) {
      assertTrue(fault.code() != FaultCode.INTERNAL);
      return fault.code();
    }
  }

  private AccountId login(String wire, Source source) {
    return verify("13800138000", wire, source).id();
  }

  private Account verify(String name, String wire, Source source) {
    return verifying.verify(
        new Verifying.Login(name, new Scheme.Plain(), wire, Code.IMPOSSIBLE, source));
  }

  private static List<FaultCode> atOnce(int callers, IntFunction<FaultCode> call) {
    CountDownLatch go = new CountDownLatch(1);
    ConcurrentLinkedQueue<FaultCode> answers = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      int number = i;
      threads.add(
          Thread.startVirtualThread(
              () -> {
                try {
                  go.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                answers.add(call.apply(number));
              }));
    }
    go.countDown();
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return List.copyOf(answers);
  }
}
