package io.parley.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Work whose caller goes: what is interrupted and what is not.
@Timeout(30)
class CancellableTest {
  private final Cancellable call = new Cancellable();

  @Test
  void cancel_interruptsWhatRuns_andNothingAfterIt() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    boolean[] seen = new boolean[2];
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  seen[0] =
                      call.run(
                          () -> {
                            begun.countDown();
                            try {
                              new CountDownLatch(1).await();
                              return false;
                            } catch (InterruptedException e) {
                              Thread.currentThread().interrupt();
                              return true;
                            }
                          });
                  seen[1] = Thread.currentThread().isInterrupted();
                });
    begun.await();
    call.cancel();
    call.cancel();
    thread.join();
    assertTrue(seen[0]);
    assertFalse(seen[1], "the interrupt was the work's");
  }

  @Test
  void workThatBeginsAfterwards_isInterruptedFromTheBeginning() {
    call.cancel();
    assertTrue(call.run(() -> Thread.currentThread().isInterrupted()));
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void cancel_afterTheWork_reachesNobody() {
    assertEquals("done", call.run(() -> "done"));
    call.cancel();
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void interruptOfAnotherOrigin_isLeftAlone() {
    assertTrue(
        call.run(
            () -> {
              Thread.currentThread().interrupt();
              return true;
            }));
    assertTrue(Thread.interrupted());
  }

  @Test
  void unlessLeft_isPartOfTheCallThatWasBound() {
    assertEquals("free", Cancellable.unlessLeft(() -> "free"));
    call.cancel();
    assertTrue(
        call.during(() -> Cancellable.unlessLeft(() -> Thread.currentThread().isInterrupted())));
    boolean[] bound = new boolean[1];
    call.during(
        () -> {
          bound[0] = Cancellable.unlessLeft(() -> Thread.currentThread().isInterrupted());
        });
    assertTrue(bound[0]);
    assertFalse(call.during(() -> Thread.currentThread().isInterrupted()), "it costs nothing yet");
  }
}
