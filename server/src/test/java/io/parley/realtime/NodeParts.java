package io.parley.realtime;

import io.parley.base.ConversationId;
import io.parley.bus.Audience;
import io.parley.bus.Event;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// What a test may replace in simulated nodes by something broken.
interface NodeParts {
  /// What is in front of the delivery of `node`.
  default Consumer<Event> way(InOrder order, SimNode node) {
    return order::accept;
  }

  default Duration hold(Duration real) {
    return real;
  }

  /// How those in order have devices asked to pull.
  default BiConsumer<ConversationId, Audience> pull(Delivery delivery) {
    return delivery::askToPull;
  }

  /// What runs a repair's rounds of asking.
  default Executor asks(Executor real) {
    return real;
  }

  default long since(long real) {
    return real;
  }

  /// Up to which id a node reads what was committed.
  default long upTo(long settled, long newest) {
    return settled;
  }

  /// Whether a node waits while it cannot know who logged out.
  default boolean waits() {
    return true;
  }

  default boolean repairs() {
    return true;
  }

  default boolean tellsLosses() {
    return true;
  }

  /// Whether what a dead node had heard is pushed by the one that comes after it.
  default boolean haunts() {
    return false;
  }
}
