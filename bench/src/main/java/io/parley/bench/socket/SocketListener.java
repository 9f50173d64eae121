package io.parley.bench.socket;

import io.parley.bench.wire.FrameScan;

/// What a scenario makes of a socket's traffic. Called on the lane's thread; must not block.
public interface SocketListener {
  /// Hears nothing.
  SocketListener SILENT =
      new SocketListener() {
        @Override
        public void frame(FrameScan frame, long nowNanos) {}

        @Override
        public void closed(String reason) {}
      };

  /// A push, or the answer to a send. `frame` is only valid during the call. `nowNanos` is when the
  /// bytes were read.
  void frame(FrameScan frame, long nowNanos);

  /// The server says that something may not have been pushed: pull from the cursors.
  default void pull() {}

  /// The socket is gone. `reason` is the server's (`slow`, `restart` …) if it gave one.
  void closed(String reason);
}
