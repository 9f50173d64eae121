package io.parley.realtime;

import io.parley.bus.Event;
import java.util.function.Consumer;

/// Finds in the store what was posted while nobody heard of it.
@FunctionalInterface
public interface MissedReader {
  /// Hands some messages with ids above `above` to `sink`, in the order of their ids, as events
  /// without an origin.
  ///
  /// @param node the number of the node that they came in at; negative for all but the node
  ///     `-node - 1`
  /// @return above which id to read on; `above` itself when there was nothing
  long read(long above, int node, Consumer<Event.MessagePosted> sink);
}
