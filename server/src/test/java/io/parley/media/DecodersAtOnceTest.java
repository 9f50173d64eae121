package io.parley.media;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.base.AccountId;
import io.parley.harness.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// However many pictures come, no more are decoded at a time than there are threads for it.
@Timeout(30)
class DecodersAtOnceTest {
  private static final int THREADS = 2;
  private static final int PICTURES = 24;

  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final Semaphore begun = new Semaphore(0);
  private final Semaphore turns = new Semaphore(0);

  private final class Counted implements Decoders.Job<String> {
    @Override
    public String run(Decoders.Memory memory) throws InterruptedException {
      most.accumulateAndGet(running.incrementAndGet(), Math::max);
      begun.release();
      turns.acquire();
      running.decrementAndGet();
      return "";
    }

    @Override
    public void abort() {
      turns.release();
    }
  }

  @Test
  void pictures_areDecodedTwoAtATime_whereThereAreTwoThreads() throws Exception {
    Decoders.Bounds bounds =
        new Decoders.Bounds(THREADS, 1 << 20, PICTURES, PICTURES, Duration.ofSeconds(20));
    try (Decoders decoders = new Decoders(bounds)) {
      List<Thread> callers = new ArrayList<>();
      CountDownLatch done = new CountDownLatch(PICTURES);
      for (int i = 0; i < PICTURES; i++) {
        AccountId owner = new AccountId(i + 1);
        callers.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      decoders.run(owner, new Counted());
                      done.countDown();
                    }));
      }
      begun.acquire(THREADS);
      Waiting.until(() -> callers.stream().allMatch(DecodersAtOnceTest::waits));
      for (int i = THREADS; i < PICTURES; i++) {
        turns.release();
        begun.acquire();
      }
      turns.release(THREADS);
      done.await();
      assertEquals(THREADS, most.get());
    }
  }

  private static boolean waits(Thread caller) {
    return caller.getState() == Thread.State.WAITING
        || caller.getState() == Thread.State.TIMED_WAITING;
  }
}
