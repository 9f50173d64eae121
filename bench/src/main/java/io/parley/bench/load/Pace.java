package io.parley.bench.load;

import io.parley.bench.pace.DeliveryGate;

/// What lets the next message go.
public sealed interface Pace {
  /// At most this many unanswered messages per sender: the server sets the pace.
  record Windowed(int window) implements Pace {}

  /// The same, and besides the gate must be open.
  record Gated(int window, DeliveryGate gate) implements Pace {}

  /// A timetable of this many messages a second over all senders, whatever the server does.
  record Timed(double perSecond) implements Pace {}
}
