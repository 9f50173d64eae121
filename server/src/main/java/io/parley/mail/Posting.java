package io.parley.mail;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Work that ends in a mail and that nobody waits for: at most 1,000 pieces wait, four at a time
/// are done. What waits when the server stops is not done: whoever asked asks again.
public final class Posting implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Posting.class);
  private static final int WAITING_MAX = 1_000;
  private static final int AT_ONCE = 4;

  private final ThreadPoolExecutor threads;

  public Posting() {
    threads =
        new ThreadPoolExecutor(
            AT_ONCE,
            AT_ONCE,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(WAITING_MAX),
            Thread.ofVirtual().name("mail-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /// Has `work` done soon, and returns at once; false where too much waits already. What it throws
  /// goes to the log.
  public boolean later(Runnable work) {
    try {
      threads.execute(() -> attempt(work));
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private static void attempt(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      log.warn("a mail was not sent: {}", e.toString());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
