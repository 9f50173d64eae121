package io.parley.base;

import static java.lang.Thread.State.TIMED_WAITING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.harness.Waiting;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Work on a few threads: who gets in, who waits, who is refused and what becomes of the work.
@Timeout(30)
class BulkheadTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(50);

  private @Nullable Bulkhead bulkhead;
  private final Held held = new Held();

  /// Runs until it is let go, or told to stop.
  private static final class Held implements Bulkhead.Job<String> {
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch end = new CountDownLatch(1);
    final AtomicReference<Thread> on = new AtomicReference<>();
    volatile boolean aborted;

    @Override
    public String run() throws InterruptedException {
      on.set(Thread.currentThread());
      begun.countDown();
      end.await();
      return "held";
    }

    @Override
    public void abort() {
      aborted = true;
      end.countDown();
    }
  }

  @AfterEach
  void close() {
    held.end.countDown();
    if (bulkhead != null) {
      bulkhead.close();
    }
  }

  @Test
  void work_runsOnANamedPlatformThread_andItsResultComesBack() {
    Bulkhead all = open(1, 3, 2, LONG, LONG);
    Thread on = all.run("ann", job(Thread::currentThread), BulkheadTest::over);
    assertEquals("work-0", on.getName());
    assertFalse(on.isVirtual());
    assertTrue(on.isDaemon());
    assertEquals(0, all.shareOf("ann"));
  }

  @Test
  void tooMuchOfOneCaller_isRefused_andOfOthersIsNot() throws Exception {
    Bulkhead all = open(2, 3, 1, LONG, LONG);
    Thread ann = start(() -> all.run("ann", held, BulkheadTest::over));
    held.begun.await();
    assertEquals(1, all.shareOf("ann"));
    Fault refused =
        assertThrows(Fault.class, () -> all.run("ann", job(() -> "more"), BulkheadTest::over));
    assertBusy("share = 1 of this account are waiting", refused);
    assertEquals(1, all.shareOf("ann"), "who is refused has no share");
    assertEquals("bob's", all.run("bob", job(() -> "bob's"), BulkheadTest::over));
    held.end.countDown();
    ann.join();
    assertEquals(0, all.shareOf("ann"));
    assertEquals("again", all.run("ann", job(() -> "again"), BulkheadTest::over));
  }

  @Test
  void tooMuchOfAll_isRefused_untilSomeHasEnded() throws Exception {
    Bulkhead all = open(1, 2, 2, LONG, LONG);
    Thread ann = start(() -> all.run("ann", held, BulkheadTest::over));
    held.begun.await();
    Thread bob = start(() -> all.run("bob", job(() -> "bob's"), BulkheadTest::over));
    Waiting.until(() -> bob.getState() == TIMED_WAITING);
    Fault refused =
        assertThrows(Fault.class, () -> all.run("cid", job(() -> "more"), BulkheadTest::over));
    assertBusy("waiting = 2 are waiting", refused);
    held.end.countDown();
    ann.join();
    bob.join();
    assertEquals("now", all.run("cid", job(() -> "now"), BulkheadTest::over));
  }

  @Test
  void refusals_takeNoPlace() {
    Bulkhead all = open(1, 1, 0, LONG, LONG);
    for (int i = 0; i < 3; i++) {
      Fault refused =
          assertThrows(Fault.class, () -> all.run("ann", job(() -> "x"), BulkheadTest::over));
      assertBusy("share = 0 of this account are waiting", refused);
    }
  }

  @Test
  void turnThatDoesNotCome_isBusy_andTheWorkNeverBegins() throws Exception {
    Bulkhead all = open(1, 3, 2, SHORT, LONG);
    Thread ann = start(() -> all.run("ann", held, BulkheadTest::over));
    held.begun.await();
    Held late = new Held();
    Fault refused = assertThrows(Fault.class, () -> all.run("bob", late, BulkheadTest::over));
    assertBusy("others are at work for longer than 0 s", refused);
    assertFalse(late.aborted, "there was nothing to stop");
    held.end.countDown();
    ann.join();
    // One thread: what was given up would have run before this.
    assertEquals("next", all.run("bob", job(() -> "next"), BulkheadTest::over));
    assertEquals(1, late.begun.getCount());
  }

  @Test
  void workThatTakesTooLong_isToldToStop_andItsOwnFaultIsThrown() {
    Bulkhead all = open(1, 3, 2, LONG, SHORT);
    Fault over = assertThrows(Fault.class, () -> all.run("ann", held, BulkheadTest::over));
    assertEquals(FaultCode.QUOTA, over.code());
    assertTrue(held.aborted);
    assertEquals(0, all.shareOf("ann"));
  }

  @Test
  void callerThatIsInterrupted_takesItsWorkWithIt() throws Exception {
    Bulkhead all = open(1, 3, 2, LONG, LONG);
    AtomicReference<Fault> thrown = new AtomicReference<>();
    AtomicReference<Boolean> stillInterrupted = new AtomicReference<>();
    Thread ann =
        start(
            () -> {
              thrown.set(assertThrows(Fault.class, () -> all.run("ann", held, BulkheadTest::over)));
              stillInterrupted.set(Thread.currentThread().isInterrupted());
            });
    held.begun.await();
    ann.interrupt();
    ann.join();
    assertEquals(FaultCode.UNAVAILABLE, thrown.get().code());
    assertTrue(stillInterrupted.get());
    assertTrue(held.aborted);
  }

  @Test
  void callerThatIsInterruptedWhileItWaits_isNeverBegunFor() throws Exception {
    Bulkhead all = open(1, 3, 2, LONG, LONG);
    Thread ann = start(() -> all.run("ann", held, BulkheadTest::over));
    held.begun.await();
    Held waits = new Held();
    Thread bob =
        start(() -> assertThrows(Fault.class, () -> all.run("bob", waits, BulkheadTest::over)));
    Waiting.until(() -> bob.getState() == TIMED_WAITING);
    bob.interrupt();
    bob.join();
    held.end.countDown();
    ann.join();
    assertEquals("next", all.run("bob", job(() -> "next"), BulkheadTest::over));
    assertEquals(1, waits.begun.getCount());
  }

  @Test
  void whatTheWorkThrows_isThrown() {
    Bulkhead all = open(1, 3, 2, LONG, LONG);
    Fault own = Fault.of(FaultCode.NOT_FOUND, "nothing there");
    Fault told =
        assertThrows(
            Fault.class,
            () ->
                all.run(
                    "ann",
                    job(
                        () -> {
                          throw own;
                        }),
                    BulkheadTest::over));
    assertSame(own, told);
  }

  @Test
  void close_interruptsWhatRuns() throws Exception {
    Bulkhead all = open(1, 3, 2, LONG, LONG);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread ann =
        start(
            () ->
                thrown.set(
                    assertThrows(Fault.class, () -> all.run("a", held, BulkheadTest::over))));
    held.begun.await();
    all.close();
    ann.join();
    held.on.get().join();
    assertEquals(FaultCode.INTERNAL, assertInstanceOf(Fault.class, thrown.get()).code());
  }

  private Bulkhead open(int threads, int waiting, int share, Duration turn, Duration time) {
    Bulkhead opened =
        new Bulkhead(
            "work-",
            new Bulkhead.Bounds(
                threads,
                new Bulkhead.Cap("waiting", waiting),
                new Bulkhead.Cap("share", share),
                turn,
                time));
    bulkhead = opened;
    return opened;
  }

  private static void assertBusy(String text, Fault fault) {
    assertEquals(FaultCode.BUSY, fault.code());
    assertEquals(text, fault.text());
    assertEquals(Duration.ofSeconds(2), fault.retryAfter());
  }

  private static Fault over() {
    return Fault.of(FaultCode.QUOTA, "took too long");
  }

  private static Thread start(Runnable work) {
    return Thread.ofPlatform().start(work);
  }

  private static <T> Bulkhead.Job<T> job(Supplier<T> work) {
    return new Bulkhead.Job<>() {
      @Override
      public T run() {
        return work.get();
      }

      @Override
      public void abort() {}
    };
  }
}
