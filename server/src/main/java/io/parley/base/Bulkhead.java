package io.parley.base;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// A few platform threads for one kind of work that computes or reads for long.
///
/// On virtual threads such work would hold the carriers that every other call runs on; platform
/// threads are shared out by the system's scheduler. Everything is bounded: how much waits, how
/// much of that is one caller's, how long a turn is waited for, how long the work takes.
///
/// A caller whose thread is interrupted, because whoever asked has gone, takes its work with it.
public final class Bulkhead implements AutoCloseable {
  /// Work that can be told to stop.
  public interface Job<T> {
    T run() throws Exception;

    /// Makes [#run] end soon. Called from another thread, at any time: before it begins too.
    void abort();
  }

  /// How many of something there may be.
  ///
  /// @param name of the limit, as configuration spells it
  public record Cap(String name, int max) {
    private Fault over(String of) {
      return busy(name + " = " + max + of + " are waiting");
    }
  }

  /// @param waiting caps what waits or is at work
  /// @param share caps what of that is one caller's
  /// @param turn for which a caller waits until its work begins
  /// @param time that work may take once it has begun
  public record Bounds(int threads, Cap waiting, Cap share, Duration turn, Duration time) {}

  private static final Duration RETRY = Duration.ofSeconds(2);

  private final Bounds bounds;
  private final ExecutorService threads;
  private final Semaphore waiting;
  private final ConcurrentHashMap<Object, Integer> shares = new ConcurrentHashMap<>();

  /// @param name what the threads are called, with a number behind it
  public Bulkhead(String name, Bounds bounds) {
    this.bounds = bounds;
    threads =
        Executors.newFixedThreadPool(
            bounds.threads(), Thread.ofPlatform().daemon().name(name, 0).factory());
    waiting = new Semaphore(bounds.waiting().max());
  }

  /// Runs `job` for `who` on a thread of its own and waits for it.
  ///
  /// @param over what is thrown if it takes longer than it may
  /// @throws Fault BUSY if too much waits, or too much of `who`'s, or its turn does not come in
  ///     time; `over`; UNAVAILABLE if the calling thread was interrupted; what the job threw
  public <T> T run(Object who, Job<T> job, Supplier<Fault> over) {
    if (!waiting.tryAcquire()) {
      throw bounds.waiting().over("");
    }
    try {
      if (shares.merge(who, 1, Integer::sum) > bounds.share().max()) {
        throw bounds.share().over(" of this account");
      }
      return await(job, over);
    } finally {
      shares.computeIfPresent(who, (id, count) -> count == 1 ? null : count - 1);
      waiting.release();
    }
  }

  /// What waits or is at work for `who`.
  public int shareOf(Object who) {
    return shares.getOrDefault(who, 0);
  }

  private <T> T await(Job<T> job, Supplier<Fault> over) {
    CompletableFuture<Boolean> begun = new CompletableFuture<>();
    CompletableFuture<T> result = new CompletableFuture<>();
    threads.execute(
        () -> {
          // Whoever gave up before it began has completed this.
          if (begun.complete(true)) {
            work(job, result);
          }
        });
    try {
      begun.get(bounds.turn().toMillis(), TimeUnit.MILLISECONDS);
      return result.get(bounds.time().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      if (begun.complete(false)) {
        throw busy("others are at work for longer than " + bounds.turn().toSeconds() + " s");
      }
      job.abort();
      throw over.get();
    } catch (InterruptedException e) {
      begun.complete(false);
      job.abort();
      Thread.currentThread().interrupt();
      throw Fault.of(FaultCode.UNAVAILABLE, "interrupted");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw Fault.from(cause == null ? e : cause);
    }
  }

  private static <T> void work(Job<T> job, CompletableFuture<T> result) {
    try {
      result.complete(job.run());
    } catch (Throwable e) {
      // An Error too: it is this work's, and the thread goes on with the next.
      result.completeExceptionally(e);
    }
  }

  /// The refusal of whatever may be tried again in a moment.
  public static Fault busy(String why) {
    return Fault.retry(FaultCode.BUSY, why, RETRY);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
