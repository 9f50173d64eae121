package io.parley.store;

import static java.lang.Thread.State.TIMED_WAITING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Cancellable;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.harness.TestLimits;
import io.parley.harness.TestStore;
import io.parley.harness.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ScansTest {
  private static final Caller ANN = caller(1);
  private static final Caller BOB = caller(2);

  @TempDir private Path dir;
  private Db db;
  private Scans scans;

  @BeforeEach
  void open() {
    var limits =
        TestLimits.with(
            Map.of(
                "limits.searches_waiting_max", "6",
                "limits.searches_per_account_max", "3",
                "limits.search_s_max", "60"));
    db = Db.open(TestStore.settings(dir), dir, limits);
    scans = new Scans(db, limits, Clock.SYSTEM);
  }

  @AfterEach
  void close() {
    scans.close();
    db.close();
  }

  @Test
  void scans_runOnPlatformThreads_fewerThanThereAreConnections() throws Exception {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CountDownLatch end = new CountDownLatch(1);
    List<Thread> callers = new ArrayList<>();
    List<CompletableFuture<Long>> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Caller caller = i < 3 ? ANN : BOB;
      CompletableFuture<Long> answer = new CompletableFuture<>();
      all.add(answer);
      callers.add(
          Thread.ofVirtual()
              .start(
                  () ->
                      answer.complete(
                          scans.read(
                              caller,
                              (tx, budget) -> {
                                threads.add(Thread.currentThread());
                                await(end);
                                return tx.number("SELECT count(*) FROM account");
                              }))));
    }
    // Who waits has handed its scan over. None has ended, so with more threads more would run.
    Waiting.until(() -> callers.stream().allMatch(each -> each.getState() == TIMED_WAITING));
    end.countDown();
    all.forEach(each -> assertEquals(0, each.join()));
    assertEquals(Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 2), threads.size());
    threads.forEach(each -> assertFalse(each.isVirtual()));
  }

  @Test
  void shareOfOneAccount_leavesRoomForOthers_andTooManyAreToldBusy() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(3);
    List<CompletableFuture<String>> anns = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      anns.add(elsewhere(() -> scans.read(ANN, held(asked, end))));
    }
    // Not all of them have begun, but all count.
    Waiting.until(() -> scans.shareOf(ANN) == 3);
    Fault own = assertThrows(Fault.class, () -> scans.read(ANN, (tx, budget) -> "fourth"));
    assertEquals(FaultCode.BUSY, own.code());
    assertTrue(own.text().contains("searches_per_account_max"), own.text());
    assertTrue(own.retryAfter().toMillis() > 0);
    CompletableFuture<String> bobs = elsewhere(() -> scans.read(BOB, (tx, budget) -> "bob's"));
    end.countDown();
    assertEquals("bob's", bobs.join());
    anns.forEach(each -> assertEquals("done", each.join()));
    assertEquals("again", scans.read(ANN, (tx, budget) -> "again"));
  }

  @Test
  void callerThatLeaves_endsItsScan() throws Exception {
    Cancellable call = new Cancellable();
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Fault> ended = new CompletableFuture<>();
    CompletableFuture<String> answer =
        elsewhere(
            () -> {
              String[] got = new String[1];
              call.during(() -> got[0] = scans.read(ANN, endless(begun, ended)));
              return got[0];
            });
    begun.await();
    call.cancel();
    CompletionException thrown = assertThrows(CompletionException.class, answer::join);
    assertEquals(FaultCode.UNAVAILABLE, assertInstanceOf(Fault.class, thrown.getCause()).code());
    assertEquals(FaultCode.UNAVAILABLE, ended.join().code());
  }

  @Test
  void budget_countsWhatIsRead_andEnds() {
    Budget budget = new Budget(1000, Duration.ofMinutes(10), Clock.SYSTEM);
    assertTrue(budget.spend(500));
    assertTrue(budget.spend(400));
    assertFalse(budget.spend(400));
    assertTrue(budget.spent() >= 1300);
  }

  @Test
  void errorOfOneScan_isThatScansOnly() {
    for (int i = 0; i < 10; i++) {
      Fault fault =
          assertThrows(
              Fault.class,
              () ->
                  scans.read(
                      ANN,
                      (tx, budget) -> {
                        throw new StackOverflowError();
                      }));
      assertEquals(FaultCode.INTERNAL, fault.code());
    }
  }

  @Test
  void percentSigns_areReadNotLookedUp() {
    for (String keyword : List.of("%%%", "___", "a%b", "ab_cd", "天气", "%天气_")) {
      assertTrue(TextIndex.reads(keyword), keyword);
    }
    for (String keyword : List.of("abc", "100%sure", "天气好", "a%bcd")) {
      assertFalse(TextIndex.reads(keyword), keyword);
    }
  }

  @Test
  void textsWithPercentSigns_areFoundExactly_andABudgetSaysWhereItEnded() {
    TextIndex texts = new TextIndex("post_text");
    db.write(
        tx -> {
          texts.put(tx, 1, "100%sure of it");
          texts.put(tx, 2, "100 sure");
          texts.put(tx, 3, "a%%%b");
          texts.put(tx, 4, "plain");
          return tx;
        });
    assertEquals(List.of(1L), find(texts, "100%sure", 1000).ids());
    assertEquals(List.of(3L), find(texts, "%%%", 1000).ids());
    assertEquals(0, find(texts, "%%%", 1000).floor());
    TextIndex.Found part = find(texts, "0%", 40);
    assertEquals(List.of(), part.ids());
    assertEquals(3, part.floor());
  }

  private TextIndex.Found find(TextIndex texts, String keyword, long chars) {
    Budget budget = new Budget(chars, Duration.ofMinutes(10), Clock.SYSTEM);
    return db.read(tx -> texts.find(tx, keyword, 100, 5, budget));
  }

  private static Scans.Scan<String> held(CountDownLatch asked, CountDownLatch end) {
    return (tx, budget) -> {
      asked.countDown();
      await(end);
      return "done";
    };
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Reads for ever, unless it is told to end.
  private static Scans.Scan<String> endless(CountDownLatch begun, CompletableFuture<Fault> ended) {
    return (tx, budget) -> {
      begun.countDown();
      try {
        while (true) {
          budget.spend(0);
        }
      } catch (Fault e) {
        ended.complete(e);
        throw e;
      }
    };
  }

  private static <T> CompletableFuture<T> elsewhere(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, Thread::startVirtualThread);
  }

  private static Caller caller(long account) {
    return new Caller(new AccountId(account), null, Set.of(), "127.0.0.1", "test", 0);
  }
}
