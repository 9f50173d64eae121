package io.parley.store;

import io.parley.base.Caller;
import io.parley.base.Cancellable;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Where everything runs that reads texts or names to find something, rather than looking it up:
/// searches of messages, accounts, groups and posts, for users and for operators.
///
/// On virtual threads such work would hold the carriers that every other call runs on, and on all
/// connections at once those that others read with. So it has a few platform threads, fewer than
/// there are connections. Bounded are how many wait, how many of them are one caller's, and with
/// [Budget] how much one reads. A caller that leaves takes its scan with it.
public final class Scans implements AutoCloseable {
  /// What finds.
  @FunctionalInterface
  public interface Scan<T> {
    /// @param budget to be told of whatever is read
    T run(Tx tx, Budget budget);
  }

  private static final int THREADS_MAX = 2;
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final Db db;
  private final Limits limits;
  private final Clock clock;
  private final ExecutorService threads;
  private final Semaphore waiting;
  private final ConcurrentHashMap<Object, Integer> shares = new ConcurrentHashMap<>();

  public Scans(Db db, Limits limits, Clock clock) {
    this.db = db;
    this.limits = limits;
    this.clock = clock;
    threads =
        Executors.newFixedThreadPool(
            Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, THREADS_MAX),
            Thread.ofPlatform().daemon().name("parley-scan-", 0).factory());
    waiting = new Semaphore(limits.searchesWaitingMax());
  }

  /// Runs `scan` for `caller`, who waits for it.
  ///
  /// @throws Fault BUSY if too many wait, or too many of this caller's, or its turn does not come
  ///     within half of `limits.search_s_max`, or it takes longer than that; UNAVAILABLE if the
  ///     caller has gone; what the scan threw
  public <T> T read(Caller caller, Scan<T> scan) {
    if (!waiting.tryAcquire()) {
      throw busy("limits.searches_waiting_max = " + limits.searchesWaitingMax() + " are waiting");
    }
    Object who = who(caller);
    try {
      if (shares.merge(who, 1, Integer::sum) > limits.searchesPerAccountMax()) {
        throw busy(
            "limits.searches_per_account_max = "
                + limits.searchesPerAccountMax()
                + " of this account are waiting");
      }
      return Cancellable.unlessLeft(() -> await(scan));
    } finally {
      shares.computeIfPresent(who, (id, count) -> count == 1 ? null : count - 1);
      waiting.release();
    }
  }

  private <T> T await(Scan<T> scan) {
    CompletableFuture<Budget> begun = new CompletableFuture<>();
    CompletableFuture<T> result = new CompletableFuture<>();
    threads.execute(
        () -> {
          Budget budget = budget();
          // Whoever gave up before it began has completed this.
          if (begun.complete(budget)) {
            work(scan, budget, result);
          }
        });
    try {
      begun.get(time().toMillis() / 2, TimeUnit.MILLISECONDS);
      return result.get(time().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      abort(begun);
      throw busy(
          "too many searches; limits.search_s_max = " + limits.searchSMax() + " s are for one");
    } catch (InterruptedException e) {
      abort(begun);
      Thread.currentThread().interrupt();
      throw gone();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw Fault.from(cause == null ? e : cause);
    }
  }

  /// Keeps it from beginning, or has it end when it next tells its budget.
  private void abort(CompletableFuture<Budget> begun) {
    Budget none = budget();
    if (!begun.complete(none)) {
      begun.getNow(none).abort();
    }
  }

  private <T> void work(Scan<T> scan, Budget budget, CompletableFuture<T> result) {
    try {
      result.complete(db.read(tx -> scan.run(tx, budget)));
    } catch (Throwable e) {
      // An Error too: it is this scan's, and the thread goes on with the next.
      result.completeExceptionally(e);
    }
  }

  /// Scans of `caller` that wait or run.
  public int shareOf(Caller caller) {
    return shares.getOrDefault(who(caller), 0);
  }

  private static Object who(Caller caller) {
    return caller.accountId() == null ? caller.address() : caller.accountId();
  }

  /// Runs `scan`, which an index serves, at once and on the calling thread.
  public <T> T lookUp(Scan<T> scan) {
    return db.read(tx -> scan.run(tx, budget()));
  }

  private Budget budget() {
    return new Budget(limits.searchCharsMax(), time().dividedBy(2), clock);
  }

  private Duration time() {
    return Duration.ofSeconds(limits.searchSMax());
  }

  private static Fault gone() {
    return Fault.of(FaultCode.UNAVAILABLE, "interrupted");
  }

  private static Fault busy(String why) {
    return Fault.retry(FaultCode.BUSY, why, RETRY);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
