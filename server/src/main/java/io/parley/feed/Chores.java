package io.parley.feed;

import io.parley.base.AccountId;
import io.parley.base.Fault;
import io.parley.base.Heartbeat;
import io.parley.base.Limits;
import io.parley.feed.post.PostId;
import io.parley.feed.post.Views;
import io.parley.feed.ranking.Seen;
import io.parley.feed.timeline.Fanout;
import io.parley.feed.timeline.Rebuilding;
import io.parley.platform.Platform;
import io.parley.store.Db;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the feed does behind its callers' backs, on one thread: fan-out and timelines when there is
/// something to do, views and what was seen every second.
final class Chores implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Chores.class);
  private static final int FLUSH_MS = 1000;

  private final Db db;
  private final Views views;
  private final Seen seen;
  private final Fanout fanout;
  private final Rebuilding rebuilding;
  private final AtomicBoolean awake = new AtomicBoolean();
  private final Heartbeat beat = new Heartbeat("parley-feed");
  private final ScheduledExecutorService thread;

  Chores(Platform platform, Limits limits, Views views, Seen seen) {
    this.db = platform.db();
    this.views = views;
    this.seen = seen;
    this.fanout = new Fanout(db, platform.bus(), limits);
    this.rebuilding = new Rebuilding(db, limits, this::wake);
    thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("parley-feed").factory());
    var unused =
        thread.scheduleWithFixedDelay(this::flush, FLUSH_MS, FLUSH_MS, TimeUnit.MILLISECONDS);
    wake();
  }

  Heartbeat heartbeat() {
    return beat;
  }

  Rebuilding rebuilding() {
    return rebuilding;
  }

  /// Asks for timelines to be looked after soon. Never blocks.
  void wake() {
    if (awake.compareAndSet(false, true)) {
      try {
        thread.execute(this::work);
      } catch (RejectedExecutionException e) {
        // The server is stopping; what waits is in the store.
      }
    }
  }

  private void work() {
    beat.works();
    awake.set(false);
    try {
      // In turns, so that neither holds the other up.
      boolean more = fanout.run();
      more |= rebuilding.run();
      if (more) {
        wake();
      }
    } catch (Fault e) {
      // Too busy, or stopping. The next second tries again.
    } catch (RuntimeException | Error e) {
      log.error("timelines fell behind", e);
    } finally {
      beat.rests();
    }
  }

  private void flush() {
    beat.works();
    try {
      Map<PostId, Long> counted = views.take();
      Map<AccountId, List<Long>> shown = seen.snapshot();
      if (!counted.isEmpty() || !shown.isEmpty()) {
        db.change(
            tx -> {
              views.write(tx, counted);
              seen.write(tx, shown);
            });
        seen.written(shown);
      }
      wake();
    } catch (Fault e) {
      log.warn("views of a second are lost: {}", e.text());
    } catch (RuntimeException | Error e) {
      // Thrown out of here, it would be the last second that is written.
      log.error("views of a second are lost", e);
    } finally {
      beat.rests();
    }
  }

  /// Ends the thread, then writes what was counted.
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
        log.warn("the feed's thread did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    flush();
  }
}
