package io.parley.realtime;

/// How a connection wants its pushes encoded. One event is encoded at most once in each form.
public enum WireForm {
  /// A binary WebSocket frame with a serialized `realtime.Frame`.
  BINARY,
  /// A text WebSocket frame with the same as JSON.
  TEXT,
  /// A serialized `conversation.PushFrame` with no framing around it: for gRPC streams.
  STREAM,
  /// What gateways pass on to their clients, as face/gateway/GatewayPushes makes it.
  GATEWAY,
  /// No frame: eight bytes, the id of the conversation in which there is something to read, 0 for
  /// something else than a message, or -1 for whatever there may be. For contracts that read what
  /// is new themselves. Of a closing, its reason as text.
  POKE
}
