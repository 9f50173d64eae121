package io.parley.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DecodersTest {
  private static final AccountId ANN = new AccountId(1);
  private static final AccountId BOB = new AccountId(2);

  private final Decoders decoders =
      new Decoders(new Decoders.Bounds(2, 1 << 20, 4, 2, Duration.ofSeconds(20)));

  @AfterEach
  void close() {
    decoders.close();
  }

  /// Begins when it is its turn, says so, and ends when it is told to.
  private static final class Slow implements Decoders.Job<String> {
    private final long bytes;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);

    Slow(long bytes) {
      this.bytes = bytes;
    }

    @Override
    public String run(Decoders.Memory memory) throws InterruptedException {
      memory.take(bytes);
      begun.countDown();
      end.await();
      return Thread.currentThread().isVirtual() ? "virtual" : "platform";
    }

    @Override
    public void abort() {
      end.countDown();
    }
  }

  private static <T> CompletableFuture<T> elsewhere(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, Thread::startVirtualThread);
  }

  @Test
  void work_runsOnPlatformThreads_whoeverAsks() throws Exception {
    Slow job = new Slow(1);
    CompletableFuture<String> answer = elsewhere(() -> decoders.run(ANN, job));
    job.begun.await();
    job.end.countDown();
    assertEquals("platform", answer.get());
  }

  @Test
  void memory_thatAnotherFills_isWaitedFor_andMoreThanThereIsIsRefused() throws Exception {
    Slow large = new Slow(700_000);
    Slow next = new Slow(700_000);
    CompletableFuture<String> first = elsewhere(() -> decoders.run(ANN, large));
    large.begun.await();
    CompletableFuture<String> second = elsewhere(() -> decoders.run(BOB, next));
    assertTrue(!next.begun.await(200, TimeUnit.MILLISECONDS), "there is no room for both");
    large.end.countDown();
    next.begun.await();
    next.end.countDown();
    first.get();
    second.get();
    Fault fault = assertThrows(Fault.class, () -> decoders.run(ANN, new Slow(2 << 20)));
    assertEquals(FaultCode.TOO_LARGE, fault.code());
  }

  @Test
  void shareOfOneAccount_leavesRoomForOthers_andTooManyAreToldBusy() throws Exception {
    Slow a = new Slow(1);
    Slow b = new Slow(1);
    Slow c = new Slow(1);
    elsewhere(() -> decoders.run(ANN, a));
    elsewhere(() -> decoders.run(ANN, b));
    a.begun.await();
    b.begun.await();
    Fault own = assertThrows(Fault.class, () -> decoders.run(ANN, new Slow(1)));
    assertTrue(own.text().contains("pictures_waiting_per_account_max"), own.text());
    CompletableFuture<String> other = elsewhere(() -> decoders.run(BOB, c));
    a.end.countDown();
    c.begun.await();
    c.end.countDown();
    other.get();
    b.end.countDown();
  }

  @Test
  void callerThatIsInterrupted_takesItsWorkWithIt() throws Exception {
    Slow job = new Slow(1);
    AtomicReference<Thread> caller = new AtomicReference<>();
    CompletableFuture<String> answer =
        elsewhere(
            () -> {
              caller.set(Thread.currentThread());
              return decoders.run(ANN, job);
            });
    job.begun.await();
    caller.get().interrupt();
    CompletionException thrown = assertThrows(CompletionException.class, answer::join);
    assertEquals(FaultCode.UNAVAILABLE, assertInstanceOf(Fault.class, thrown.getCause()).code());
    job.end.await();
  }

  @Test
  void whatTakesTooLong_isAborted_andAnErrorIsOnePicturesOnly() {
    try (Decoders hasty =
        new Decoders(new Decoders.Bounds(1, 1 << 20, 4, 4, Duration.ofMillis(50)))) {
      Fault fault = assertThrows(Fault.class, () -> hasty.run(ANN, new Slow(1)));
      assertEquals(FaultCode.TOO_LARGE, fault.code());
      assertTrue(fault.text().contains("picture_decode_s_max"), fault.text());
    }
    Decoders.Job<String> broken =
        new Decoders.Job<>() {
          @Override
          public String run(Decoders.Memory memory) {
            throw new StackOverflowError();
          }

          @Override
          public void abort() {}
        };
    for (int i = 0; i < 10; i++) {
      assertEquals(
          FaultCode.INTERNAL, assertThrows(Fault.class, () -> decoders.run(ANN, broken)).code());
    }
  }
}
