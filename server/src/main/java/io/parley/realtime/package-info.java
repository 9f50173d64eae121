/// Live connections and what is pushed to them, whatever they speak: a WebSocket, a gRPC stream, a
/// simulated wire.
///
/// The path of a push: [io.parley.realtime.Delivery] hears an event, finds the audience's
/// connections in [io.parley.realtime.Registry], groups them by the thread that owns them
/// ([io.parley.realtime.Lane]) and hands each lane one parcel; the lane writes to all of them and
/// then flushes each touched connection once.
///
/// Invariants:
/// - a connection and its transport are touched only on their lane; the registry and the delivery
///   from any thread;
/// - pushes of one conversation reach a connection in the order of the bus, or the connection is
///   closed;
/// - a slow reader costs at most `limits.outbox_bytes_max` and its own connection, never another's
///   time;
/// - a parcel waits in a bounded place: a lane that cannot keep up slows the bus down, nothing
///   piles up;
/// - nothing here reads a clock, draws a random number except through `Entropy`, or knows a
///   generated message.
@NullMarked
package io.parley.realtime;

import org.jspecify.annotations.NullMarked;
