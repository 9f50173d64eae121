package io.parley.valkey;

import io.parley.base.Node;
import io.parley.bus.Event;
import io.parley.bus.EventWire;
import io.parley.bus.Loss;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What was heard of each other node, and so what was not.
///
/// What a node sends is numbered, and it repeats its last number while nothing happens: a number
/// that is skipped is a loss, a number that came before is a repeat. A node that says nothing for
/// [#SILENCE] is losing all that it sends, until it is heard again or has been silent for
/// [#FORGET].
final class Trails {
  static final Duration SILENCE = Duration.ofSeconds(3);
  static final Duration FORGET = Duration.ofHours(1);

  /// How often a loss that goes on is told.
  static final Duration REPEAT = Duration.ofSeconds(1);

  private static final class Trail {
    private long epoch;
    private long last;

    /// By its clock: all that it announced until then came.
    private long sentMs;

    private long heardNs;
    private long toldNs;
    private boolean silent;

    private Trail(Envelope first, long nowNs) {
      epoch = first.node().epoch();
      last = first.counts() ? first.number() - 1 : first.number();
      sentMs = first.sentMs();
      heardNs = nowNs;
    }
  }

  private final Node self;
  private final Consumer<Event> deliver;
  private final Consumer<Loss> lost;
  private final Map<Integer, Trail> trails = new HashMap<>();

  /// `deliver` and `lost` hear what happened elsewhere, and what may have; a loss before the events
  /// that come after it.
  Trails(Node self, Consumer<Event> deliver, Consumer<Loss> lost) {
    this.self = self;
    this.deliver = deliver;
    this.lost = lost;
  }

  /// Hears `said`.
  ///
  /// @param first whether this node has only now begun to listen: what others said before does not
  ///     concern it
  synchronized void hear(Envelope said, boolean first, long nowNs) {
    if (said.node().equals(self)) {
      return;
    }
    int node = said.node().number();
    Trail trail = trails.get(node);
    if (isOutdated(said.node(), trail)) {
      return;
    }
    if (trail == null) {
      trail = new Trail(said, nowNs);
      trails.put(node, trail);
      if (trail.last > 0 && !first) {
        lose(node, trail);
      }
    } else if (said.node().epoch() > trail.epoch) {
      // It started anew without having said goodbye: what it had not sent by then, it never will.
      lose(node, trail);
      trail = new Trail(said, nowNs);
      trails.put(node, trail);
    }
    boolean repeated = follow(said, trail);
    trail.heardNs = nowNs;
    if (!repeated) {
      deliver(said, trail);
    }
    trail.sentMs = Math.max(trail.sentMs, said.sentMs());
    if (said.kind() == Envelope.Kind.BYE) {
      trails.remove(node);
    }
  }

  private boolean isOutdated(Node node, @Nullable Trail trail) {
    return (node.number() == self.number() && node.epoch() < self.epoch())
        || (trail != null && node.epoch() < trail.epoch);
  }

  /// Goes on to what `said` says; tells what is missing before it. True if it was heard before.
  private boolean follow(Envelope said, Trail trail) {
    long expected = said.counts() ? trail.last + 1 : trail.last;
    if (said.number() > expected || trail.silent) {
      lose(said.node().number(), trail);
    }
    trail.silent = false;
    boolean repeated = said.counts() && said.number() < expected;
    trail.last = Math.max(trail.last, said.number());
    return repeated;
  }

  private void deliver(Envelope said, Trail trail) {
    boolean understood = said.kind() != Envelope.Kind.NEWER;
    for (byte[] bytes : said.events()) {
      @Nullable Event event;
      try {
        event = EventWire.decode(bytes);
      } catch (EventWire.Malformed e) {
        event = null;
      }
      if (event == null) {
        understood = false;
      } else {
        deliver.accept(event);
      }
    }
    if (!understood) {
      lose(said.node().number(), trail);
    }
  }

  private void lose(int node, Trail trail) {
    lost.accept(new Loss(node, trail.sentMs, true));
  }

  /// Tells of nodes that say nothing.
  ///
  /// @param nowMs by this node's clock
  synchronized void look(long nowNs, long nowMs) {
    for (Iterator<Map.Entry<Integer, Trail>> each = trails.entrySet().iterator();
        each.hasNext(); ) {
      Map.Entry<Integer, Trail> entry = each.next();
      Trail trail = entry.getValue();
      long quietNs = nowNs - trail.heardNs;
      if (quietNs > FORGET.toNanos()) {
        each.remove();
      } else if (quietNs > SILENCE.toNanos()
          && !(trail.silent && nowNs - trail.toldNs < REPEAT.toNanos())) {
        trail.silent = true;
        trail.toldNs = nowNs;
        lost.accept(new Loss(entry.getKey(), trail.sentMs, false));
        trail.sentMs = Math.max(trail.sentMs, nowMs);
      }
    }
  }

  /// This node could not listen until now: nobody's silence counts.
  synchronized void resume(long nowNs) {
    trails.values().forEach(trail -> trail.heardNs = nowNs);
  }

  /// Other nodes that are heard.
  synchronized int size() {
    return trails.size();
  }
}
