package io.parley.media;

import io.parley.base.AccountId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The threads that decode pictures and the memory that decoded ones may fill.
///
/// Decoding computes for seconds. On virtual threads it would hold the carriers that every other
/// call runs on, so it has platform threads of its own, which the system's scheduler shares out.
/// Everything is bounded: how many pictures wait, how many of them are one account's, how long one
/// may take, how much memory all may fill. A picture that would fill more than all of it is
/// refused; one that has to wait for room waits.
///
/// A caller whose thread is interrupted, because whoever asked has gone, takes its picture with it.
final class Decoders implements AutoCloseable {
  /// A part of the work that can be told to stop.
  interface Job<T> {
    /// @param memory where to take the room for what will be decoded, before it is
    T run(Memory memory) throws Exception;

    /// Makes [#run] end soon. Called from another thread, at any time.
    void abort();
  }

  /// @param threads at most so many decode at a time
  /// @param bytesMax of all decoded pictures together
  /// @param waitingMax pictures that wait or are being decoded
  /// @param perAccountMax of those, one account's
  /// @param time that one may take once it has begun
  record Bounds(int threads, long bytesMax, int waitingMax, int perAccountMax, Duration time) {}

  /// The room of one picture.
  final class Memory implements AutoCloseable {
    private int taken;

    /// Waits until there is room for `bytes`. Called once, before anything is decoded.
    ///
    /// @throws Fault TOO_LARGE if there never is
    void take(long bytes) throws InterruptedException {
      if (bytes > bounds.bytesMax()) {
        throw Fault.of(
            FaultCode.TOO_LARGE,
            ("the picture fills %d MiB when it is decoded; limits.image_memory_bytes_max and a"
                    + " third of the heap allow %d MiB")
                .formatted(bytes >> 20, bounds.bytesMax() >> 20));
      }
      int grains = grains(bytes);
      memory.acquire(grains);
      taken = grains;
    }

    @Override
    public void close() {
      memory.release(taken);
    }
  }

  /// What memory is counted in: permits are ints.
  private static final long GRAIN = 4096;

  private static final Duration QUEUE_TIME = Duration.ofSeconds(30);

  private final Bounds bounds;
  private final ExecutorService threads;
  private final Semaphore memory;
  private final Semaphore waiting;
  private final ConcurrentHashMap<AccountId, Integer> shares = new ConcurrentHashMap<>();

  Decoders(Bounds bounds) {
    this.bounds = bounds;
    threads =
        Executors.newFixedThreadPool(
            bounds.threads(), Thread.ofPlatform().daemon().name("parley-decode-", 0).factory());
    memory = new Semaphore(grains(bounds.bytesMax()), true);
    waiting = new Semaphore(bounds.waitingMax());
  }

  private static int grains(long bytes) {
    return (int) Math.min(Integer.MAX_VALUE, bytes / GRAIN + 1);
  }

  /// Runs `job` on a thread of the pool and waits for it.
  ///
  /// @throws Fault BUSY if too many wait, or too many of `account`'s; TOO_LARGE if it takes longer
  ///     than it may; UNAVAILABLE if the calling thread was interrupted; what the job threw
  <T> T run(AccountId account, Job<T> job) {
    if (!waiting.tryAcquire()) {
      throw busy("limits.pictures_waiting_max = " + bounds.waitingMax() + " are waiting");
    }
    try {
      share(account);
      try {
        return await(job);
      } finally {
        shares.computeIfPresent(account, (id, count) -> count == 1 ? null : count - 1);
      }
    } finally {
      waiting.release();
    }
  }

  private void share(AccountId account) {
    int count = shares.merge(account, 1, Integer::sum);
    if (count > bounds.perAccountMax()) {
      shares.computeIfPresent(account, (id, all) -> all == 1 ? null : all - 1);
      throw busy(
          "limits.pictures_waiting_per_account_max = "
              + bounds.perAccountMax()
              + " of this account are waiting");
    }
  }

  private <T> T await(Job<T> job) {
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
      begun.get(QUEUE_TIME.toMillis(), TimeUnit.MILLISECONDS);
      return result.get(bounds.time().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      if (begun.complete(false)) {
        throw busy("pictures are waiting for longer than " + QUEUE_TIME.toSeconds() + " s");
      }
      throw over(job);
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

  private Fault over(Job<?> job) {
    job.abort();
    return Fault.of(
        FaultCode.TOO_LARGE,
        "decoding the picture takes longer than limits.picture_decode_s_max = "
            + bounds.time().toSeconds()
            + " s");
  }

  private <T> void work(Job<T> job, CompletableFuture<T> result) {
    try (Memory room = new Memory()) {
      result.complete(job.run(room));
    } catch (Throwable e) {
      // An Error too: it is this picture's, and the thread goes on with the next.
      result.completeExceptionally(e);
    }
  }

  private static Fault busy(String why) {
    return Fault.retry(FaultCode.BUSY, why, Duration.ofSeconds(2));
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
