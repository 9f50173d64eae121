package io.parley.media;

import io.parley.base.AccountId;
import io.parley.base.Bulkhead;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/// The threads that decode pictures and the memory that decoded ones may fill. A picture that would
/// fill more than all of it is refused; one that has to wait for room waits.
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
      if (bytes > bytesMax) {
        throw Fault.of(
            FaultCode.TOO_LARGE,
            ("the picture fills %d MiB when it is decoded; limits.image_memory_bytes_max and a"
                    + " third of the heap allow %d MiB")
                .formatted(bytes >> 20, bytesMax >> 20));
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

  private static final Duration TURN = Duration.ofSeconds(30);

  private final long bytesMax;
  private final Duration time;
  private final Semaphore memory;
  private final Bulkhead threads;

  Decoders(Bounds bounds) {
    bytesMax = bounds.bytesMax();
    time = bounds.time();
    memory = new Semaphore(grains(bytesMax), true);
    threads =
        new Bulkhead(
            "parley-decode-",
            new Bulkhead.Bounds(
                bounds.threads(),
                new Bulkhead.Cap("limits.pictures_waiting_max", bounds.waitingMax()),
                new Bulkhead.Cap("limits.pictures_waiting_per_account_max", bounds.perAccountMax()),
                TURN,
                time));
  }

  private static int grains(long bytes) {
    return (int) Math.min(Integer.MAX_VALUE, bytes / GRAIN + 1);
  }

  /// Runs `job` on a thread of the pool and waits for it.
  ///
  /// @throws Fault as [Bulkhead#run]; TOO_LARGE if it takes longer than it may
  <T> T run(AccountId account, Job<T> job) {
    return threads.run(
        account,
        new Bulkhead.Job<>() {
          @Override
          public T run() throws Exception {
            try (Memory room = new Memory()) {
              return job.run(room);
            }
          }

          @Override
          public void abort() {
            job.abort();
          }
        },
        this::over);
  }

  private Fault over() {
    return Fault.of(
        FaultCode.TOO_LARGE,
        "decoding the picture takes longer than limits.picture_decode_s_max = "
            + time.toSeconds()
            + " s");
  }

  @Override
  public void close() {
    threads.close();
  }
}
