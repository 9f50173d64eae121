package io.parley.realtime;

/// How a connection wants its pushes encoded. One event is encoded at most once in each form.
public enum WireForm {
  /// A binary WebSocket frame with a serialized `realtime.Frame`.
  BINARY,
  /// A text WebSocket frame with the same as JSON.
  TEXT,
  /// A serialized `conversation.PushFrame` with no framing around it: for gRPC streams and
  /// gateways.
  STREAM
}
