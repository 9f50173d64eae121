package io.parley.bus;

import io.parley.base.Heartbeat;
import io.parley.store.Tx;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Carries events from where they happen to whoever must hear of them.
public interface Bus extends AutoCloseable {
  /// Hands `event` to every subscriber, soon and in order. Blocks while the bus is full: a server
  /// that cannot fan out as fast as it stores slows its senders down instead of dropping pushes.
  void publish(Event event);

  /// The same once `tx` is committed, and not at all if it is not. Where several servers share the
  /// store, all hear of it whatever happens to this one.
  default void publish(Tx tx, Event event) {
    tx.afterCommit(() -> publish(event));
  }

  /// Whether what other servers committed until a moment ago was heard here. Where it was not, what
  /// is remembered must not be trusted.
  default boolean isCurrent() {
    return true;
  }

  /// `subscriber` is called for every later event, on the bus's own thread; it must not block. What
  /// it throws, an Error too, is logged and keeps the event from nobody else.
  void subscribe(Consumer<Event> subscriber);

  /// `listener` is called when events of other nodes may have been lost: what is remembered because
  /// no event said otherwise must be forgotten, and what should have been delivered looked for in
  /// the store. All listeners hear one loss after another, in the order in which they were added,
  /// on a thread that may read the store. What a listener throws is logged, and all hear of the
  /// loss again a second later.
  void onLoss(Consumer<Loss> listener);

  /// What operators watch: names of metrics and their values now.
  default Map<String, LongSupplier> gauges() {
    return Map.of();
  }

  /// The threads that deliver.
  List<Heartbeat> heartbeats();

  /// Events that wait to be delivered.
  int waiting();

  /// Delivers what was published and stops.
  @Override
  void close();
}
