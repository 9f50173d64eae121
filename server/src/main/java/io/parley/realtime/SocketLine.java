package io.parley.realtime;

import io.netty.buffer.ByteBuf;

/// One WebSocket as the contract that speaks over it sees it. All calls on its lane, except [#lane]
/// itself.
///
/// Frames given to [#write] and [#close(ByteBuf)] are complete WebSocket frames.
public interface SocketLine extends Transport {
  Lane lane();

  /// Whether anything written can still arrive.
  boolean isOpen();

  /// Sends a close frame with `code` (RFC 6455, section 7.4) and `reason` (at most 123 bytes of
  /// UTF-8), then closes.
  void close(int code, String reason);

  /// Takes no further message from the peer until [#resume]; what has arrived waits, its sender is
  /// held back.
  void pause();

  void resume();

  /// The peer has shown who it is: the deadline for that no longer runs, only the one for silence
  /// does.
  void settle();

  /// A text frame with these bytes of UTF-8.
  ByteBuf textFrame(byte[] utf8);

  /// A ping, which the peer answers with the same payload (RFC 6455, section 5.5.3): at most 125
  /// bytes.
  ByteBuf pingFrame(byte[] payload);
}
