package io.parley.bus;

import java.util.function.ObjLongConsumer;

/// Finds in the store what was posted while nobody heard of it.
@FunctionalInterface
public interface MissedReader {
  /// Hands some messages with ids above `above` to `sink`, as events without an origin, each with
  /// its id and in the order of these.
  ///
  /// @param node the number of the node that they came in at; negative for all but the node
  ///     `-node - 1`
  /// @return above which id to read on; `above` itself when there was nothing
  long read(long above, int node, ObjLongConsumer<Event.MessagePosted> sink);
}
