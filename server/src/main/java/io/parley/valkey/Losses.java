package io.parley.valkey;

import io.parley.base.Clock;
import io.parley.bus.Loss;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells of losses on a thread of its own, one after another. Those of one node that wait are told
/// as one, so that what waits is bounded and who is slow is told less often.
final class Losses {
  private static final Logger log = LoggerFactory.getLogger(Losses.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final Clock clock;
  private final List<Consumer<Loss>> listeners = new CopyOnWriteArrayList<>();
  private final Map<Integer, Loss> waiting = new LinkedHashMap<>();
  private final LongAdder total = new LongAdder();
  private boolean telling;
  private volatile boolean closed;

  Losses(Clock clock) {
    this.clock = clock;
  }

  void listen(Consumer<Loss> listener) {
    listeners.add(listener);
  }

  /// Losses since the start.
  long total() {
    return total.sum();
  }

  void close() {
    closed = true;
  }

  /// Never blocks.
  void add(Loss loss) {
    total.increment();
    put(loss);
  }

  private synchronized void put(Loss loss) {
    waiting.merge(loss.node(), loss, Losses::both);
    if (!telling && !closed) {
      telling = true;
      Thread.ofVirtual().name("bus-losses").start(this::tellAll);
    }
  }

  private static Loss both(Loss one, Loss other) {
    return new Loss(
        one.node(), Math.min(one.sinceMs(), other.sinceMs()), one.over() || other.over());
  }

  private synchronized Loss[] take() {
    Loss[] taken = waiting.values().toArray(new Loss[0]);
    waiting.clear();
    telling = taken.length > 0;
    return taken;
  }

  private void tellAll() {
    for (Loss[] some = take(); some.length > 0; some = take()) {
      boolean failed = false;
      for (Loss loss : some) {
        if (!closed && !tell(loss)) {
          put(loss);
          failed = true;
        }
      }
      if (failed) {
        clock.sleep(AGAIN);
      }
    }
  }

  private boolean tell(Loss loss) {
    boolean all = true;
    for (Consumer<Loss> listener : listeners) {
      try {
        listener.accept(loss);
      } catch (RuntimeException | Error e) {
        log.error("not done with {}: it is tried again", loss, e);
        all = false;
      }
    }
    return all;
  }
}
