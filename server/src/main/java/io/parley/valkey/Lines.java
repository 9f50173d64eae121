package io.parley.valkey;

import io.parley.base.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A thread that works over a connection, and over a new one whenever that breaks.
final class Lines {
  private static final Duration PAUSE_FIRST = Duration.ofMillis(50);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(1);

  /// What is done over a connection.
  interface Work {
    /// Returns when there is nothing more to do, ever.
    void over(Server.Line line) throws InterruptedException;
  }

  private final Server server;
  private final Duration extra;
  private final Condition condition;
  private final Condition.Way way;
  private final Clock clock;
  private @Nullable Thread thread;
  private volatile boolean stopped;
  private Duration pause = PAUSE_FIRST;

  /// `extra`: by how much a command may take longer than usual.
  Lines(Server server, Duration extra, Condition condition, Condition.Way way, Clock clock) {
    this.server = server;
    this.extra = extra;
    this.condition = condition;
    this.way = way;
    this.clock = clock;
  }

  void start(String name, Work work) {
    thread = Thread.ofPlatform().daemon().name(name).start(() -> run(work));
  }

  /// The work goes well.
  void work() {
    condition.works(way);
    pause = PAUSE_FIRST;
  }

  /// Waits so long for the work to end, then ends it.
  void join(Duration patience) {
    Thread running = thread;
    if (running == null) {
      return;
    }
    try {
      stopped = true;
      if (!running.join(patience)) {
        running.interrupt();
        running.join();
      }
    } catch (InterruptedException e) {
      running.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void run(Work work) {
    while (!Thread.currentThread().isInterrupted()) {
      try (Server.Line line = server.connect(extra)) {
        work.over(line);
        return;
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | Error e) {
        if (stopped) {
          return;
        }
        condition.fails(way, e);
      }
      clock.sleep(pause);
      pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
    }
  }
}
