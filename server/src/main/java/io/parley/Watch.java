package io.parley;

import io.parley.base.Clock;
import io.parley.base.Disk;
import io.parley.base.Heartbeat;
import io.parley.realtime.InOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks every second after what must not fail silently: the threads that everything goes through,
/// the store, the disk. Who asks is answered from what was seen, without waiting.
final class Watch implements AutoCloseable {
  /// What wants no traffic while it takes longer, and what is given up as hung.
  private static final Duration SLOW = Duration.ofSeconds(10);

  private static final Duration HUNG = Duration.ofMinutes(1);
  private static final long STEP_MS = 1000;
  private static final Logger log = LoggerFactory.getLogger(Watch.class);

  private final Heartbeat own = new Heartbeat("parley-watch");
  private final List<Heartbeat> beats = new CopyOnWriteArrayList<>();
  private final Map<Executor, Heartbeat> loops = new ConcurrentHashMap<>();
  private final Disk disk;
  private final Runnable probe;
  private final BooleanSupplier writable;
  private final Thread thread;
  private volatile boolean readable = true;
  private volatile boolean wanted;

  /// `probe`: reads the store and throws if it cannot. `writable`: whether it takes writes.
  Watch(Disk disk, Runnable probe, BooleanSupplier writable) {
    this.disk = disk;
    this.probe = probe;
    this.writable = writable;
    beats.add(own);
    thread = Thread.ofPlatform().daemon().name("parley-watch").unstarted(this::run);
  }

  /// Watches what the services of `core` stand on, and what brings pushes into their order.
  static Watch over(Core core, InOrder order) {
    Watch watch =
        new Watch(
            core.disk, () -> core.db.readApart(tx -> tx.number("SELECT 1")), core.db::writable);
    watch.beats.addAll(core.db.heartbeats());
    watch.beats.addAll(core.bus.heartbeats());
    watch.beats.add(core.feeds.heartbeat());
    watch.beats.add(order.heartbeat());
    return watch;
  }

  /// Watches threads that only run tasks: each has to run one of ours in time.
  void loops(List<Executor> executors) {
    for (Executor loop : executors) {
      Heartbeat beat = new Heartbeat("event loop " + loops.size());
      loops.put(loop, beat);
      beats.add(beat);
    }
  }

  /// Traffic is wanted from now on.
  void start() {
    wanted = true;
    thread.start();
  }

  /// Why this process should be ended and started anew; empty if it should not.
  List<String> dead() {
    List<String> why = silent(HUNG);
    if (!readable) {
      why.add("the store cannot be read");
    }
    return why;
  }

  /// Why it should get no traffic now; empty if it may.
  List<String> unready() {
    List<String> why = silent(SLOW);
    if (!wanted) {
      why.add("the server starts or stops");
    }
    if (!readable) {
      why.add("the store cannot be read");
    }
    if (!writable.getAsBoolean()) {
      why.add("the store cannot be written");
    }
    return why;
  }

  private List<String> silent(Duration atMost) {
    List<String> names = new ArrayList<>();
    for (Heartbeat beat : beats) {
      if (!beat.beats(atMost)) {
        names.add(beat.name() + " does not answer");
      }
    }
    return names;
  }

  private void run() {
    while (wanted) {
      own.works();
      try {
        look();
      } catch (RuntimeException | Error e) {
        log.error("looking after the server failed", e);
      }
      Clock.SYSTEM.sleep(Duration.ofMillis(STEP_MS));
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
    }
  }

  private void look() {
    loops.forEach(Watch::poke);
    disk.look();
    boolean now;
    try {
      probe.run();
      now = true;
    } catch (RuntimeException | Error e) {
      now = false;
      if (readable) {
        log.error("the store cannot be read", e);
      }
    }
    readable = now;
  }

  /// A beat that is still busy with the last poke goes on counting.
  private static void poke(Executor loop, Heartbeat beat) {
    if (!beat.beats(Duration.ZERO)) {
      return;
    }
    beat.works();
    try {
      loop.execute(beat::rests);
    } catch (RejectedExecutionException e) {
      beat.ends();
    }
  }

  /// No traffic is wanted any more.
  @Override
  public void close() {
    wanted = false;
    thread.interrupt();
  }
}
