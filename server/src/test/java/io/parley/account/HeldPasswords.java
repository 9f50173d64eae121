package io.parley.account;

import io.parley.base.Entropy;
import io.parley.base.Fault;
import io.parley.harness.TestLimits;
import io.parley.harness.Waiting;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/// Passwords whose hash threads can be held, so that whatever needs a hash is seen to wait, and
/// whatever needs none to go on: a clock on a busy machine proves nothing.
final class HeldPasswords implements AutoCloseable {
  static final int THREADS = Runtime.getRuntime().availableProcessors();

  final Passwords passwords;
  private final AtomicBoolean hold = new AtomicBoolean();
  private final CountDownLatch held = new CountDownLatch(THREADS);
  private final CountDownLatch end = new CountDownLatch(1);

  /// `queueMax`: hashes that may wait.
  HeldPasswords(int queueMax) {
    passwords =
        new Passwords(
            new Passwords.Settings(64, 1, this::salts),
            new byte[32],
            TestLimits.with(Map.of("limits.hash_queue_max", Integer.toString(queueMax))),
            Entropy.SYSTEM);
  }

  /// The hash threads ask for the salts of partners when they make verifiers: there they are held.
  private List<String> salts() {
    if (hold.get() && Thread.currentThread().getName().startsWith("parley-hash-")) {
      held.countDown();
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return List.of();
  }

  /// From now on every hash thread is held, and the queue is empty.
  void hold() {
    hold.set(true);
    // One after another: a thread that is slow to take what it is given leaves it in the queue.
    for (long left = THREADS; left > 0; left = awaitFewer(left)) {
      Thread.ofVirtual().start(() -> passwords.verifiers("other-1"));
    }
  }

  private long awaitFewer(long left) {
    Waiting.until(() -> held.getCount() < left);
    return held.getCount();
  }

  /// The same, and the queue is full.
  void fill() throws InterruptedException {
    hold();
    CountDownLatch refused = new CountDownLatch(1);
    while (refused.getCount() > 0) {
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  passwords.verifiers("other-1");
                } catch (Fault fault) {
                  refused.countDown();
                }
              })
          .join(1);
    }
  }

  /// Whatever waits goes on.
  void release() {
    end.countDown();
  }

  @Override
  public void close() {
    release();
    passwords.close();
  }
}
