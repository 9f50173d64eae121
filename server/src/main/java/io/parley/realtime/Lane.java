package io.parley.realtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that owns a set of connections, and the work that waits for it.
///
/// However much work is put in, at most one task waits in the thread's own queue. A turn does the
/// work in the order in which it came, then flushes every transport that was touched, once: that
/// coalescing is what makes fan-out cheap. A turn ends after about [#FRAMES_PER_TURN] frames, so
/// that reads on the same thread get their share.
public final class Lane {
  private static final Logger log = LoggerFactory.getLogger(Lane.class);
  private static final int FRAMES_PER_TURN = 4096;

  /// Something to be done on the lane.
  @FunctionalInterface
  public interface Work {
    /// Returns the number of frames written.
    int run();

    /// Called instead of [#run], from any thread, when the lane's thread is gone.
    default void discard() {}
  }

  private final Executor thread;
  private final Semaphore room;
  private final Queue<Work> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final List<Transport> touched = new ArrayList<>();
  private final Runnable turn = this::turn;

  // Scratch of the one Delivery while it looks for an audience.
  private Connection[] gathered = new Connection[16];
  private int gatheredCount;

  /// `thread`: runs one task at a time, in order. `parcelsMax`: fan-out parcels that may wait
  /// before the bus is held up.
  public Lane(Executor thread, int parcelsMax) {
    this.thread = thread;
    this.room = new Semaphore(parcelsMax);
  }

  /// Does `work` on the lane's thread, after what was put in before. Does not block; the caller
  /// bounds how much it puts in (the answers of one socket are bounded by its requests in flight).
  public void execute(Work work) {
    waiting.add(work);
    schedule();
  }

  /// The same for something that writes a frame at most.
  public void run(Runnable action) {
    execute(
        () -> {
          action.run();
          return 1;
        });
  }

  /// Like [#execute], but waits while as many parcels as the lane may hold are waiting already. Not
  /// to be called on a lane's thread.
  void deliver(Work work) {
    room.acquireUninterruptibly();
    execute(
        new Work() {
          @Override
          public int run() {
            room.release();
            return work.run();
          }

          @Override
          public void discard() {
            room.release();
            work.discard();
          }
        });
  }

  /// Whether [#deliver] would return at once.
  boolean hasRoom() {
    return room.availablePermits() > 0;
  }

  /// On the lane's thread: has `transport` flushed at the end of this turn, or of the next if none
  /// is under way. Once for each flush.
  public void touch(Transport transport) {
    touched.add(transport);
    schedule();
  }

  /// Remembers `connection` for [#takeGathered]; true if it is the first. For the one [Delivery]
  /// only.
  boolean gather(Connection connection) {
    if (gatheredCount == gathered.length) {
      gathered = Arrays.copyOf(gathered, gatheredCount * 2);
    }
    gathered[gatheredCount++] = connection;
    return gatheredCount == 1;
  }

  Connection[] takeGathered() {
    Connection[] taken = Arrays.copyOf(gathered, gatheredCount);
    Arrays.fill(gathered, 0, gatheredCount, null);
    gatheredCount = 0;
    return taken;
  }

  private void schedule() {
    if (scheduled.get() || scheduled.getAndSet(true)) {
      return;
    }
    try {
      thread.execute(turn);
    } catch (RejectedExecutionException e) {
      scheduled.set(false);
      discardAll();
    }
  }

  private void turn() {
    try {
      work();
    } finally {
      scheduled.set(false);
      if (!waiting.isEmpty()) {
        schedule();
      }
    }
  }

  private void work() {
    int frames = 0;
    while (frames < FRAMES_PER_TURN) {
      Work work = waiting.poll();
      if (work == null) {
        break;
      }
      try {
        frames += work.run();
      } catch (RuntimeException | Error e) {
        log.error("work on a lane failed", e);
      }
    }
    // By index: a flush may find a dead peer, whose handlers may touch another transport.
    for (int i = 0; i < touched.size(); i++) {
      flush(touched.get(i));
    }
    touched.clear();
  }

  private static void flush(Transport transport) {
    try {
      transport.flush();
    } catch (RuntimeException | Error e) {
      log.error("a flush failed", e);
    }
  }

  private void discardAll() {
    for (Work work = waiting.poll(); work != null; work = waiting.poll()) {
      work.discard();
    }
  }
}
