package io.parley.bus;

import io.parley.base.Heartbeat;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Carries events from where they happen to whoever must hear of them.
public interface Bus extends AutoCloseable {
  /// Hands `event` to every subscriber, soon and in order. Blocks while the bus is full: a server
  /// that cannot fan out as fast as it stores slows its senders down instead of dropping pushes.
  void publish(Event event);

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
  Map<String, LongSupplier> gauges();

  /// The thread that delivers.
  Heartbeat heartbeat();

  /// Events that wait to be delivered.
  int waiting();

  /// Delivers what was published and stops.
  @Override
  void close();
}
