package io.parley.realtime;

import io.netty.buffer.ByteBuf;

/// The wire under a connection: a socket, a stream, a simulated link. Called on the connection's
/// lane only.
public interface Transport {
  /// Bytes accepted by [#write] that the peer's side has not yet taken; what is flushed and still
  /// in this process.
  long pendingBytes();

  /// Queues one complete frame and takes over its reference, also when the wire is already gone.
  /// The frame's bytes are shared with other connections: not to be changed. Never blocks. What was
  /// queued is sent by the end of the lane's turn: a transport that needs [#flush] for that says so
  /// with [Lane#touch].
  void write(ByteBuf frame);

  /// Sends what was queued, as far as the peer takes it.
  void flush();

  /// Sends `last` after everything queued, then closes; at once if the peer does not take it within
  /// about half a second. Nothing is accepted afterwards. A second call does nothing but release
  /// `last`.
  void close(ByteBuf last);
}
