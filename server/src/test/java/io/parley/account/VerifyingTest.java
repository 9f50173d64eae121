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
import io.parley.security.SecurityLog;
import io.parley.store.Db;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
  private Db db;
  private Passwords passwords;
  private Upgrades upgrades;
  private Verifying verifying;

  @BeforeEach
  void anAccount() {
    db = Db.open(TestStore.settings(folder), folder, LIMITS);
    passwords =
        new Passwords(
            new Passwords.Settings(64, 1, List::of), new byte[32], LIMITS, Entropy.SYSTEM);
    AccountStore store = new AccountStore();
    upgrades = new Upgrades(db, Clock.SYSTEM, store);
    verifying =
        new Verifying(
            db,
            LIMITS,
            passwords,
            upgrades,
            new Accounts.Guards(
                throttle,
                new SecondFactors(db, clock, Entropy.SYSTEM, new byte[32]),
                new SecurityLog(clock)));
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
