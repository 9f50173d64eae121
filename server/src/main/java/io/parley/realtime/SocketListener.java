package io.parley.realtime;

/// What a contract does with what one WebSocket says. All calls on the socket's lane; none may
/// block.
public interface SocketListener {
  /// One whole text message, valid UTF-8.
  void onText(String text);

  /// One whole binary message; the array is the listener's to keep.
  void onBinary(byte[] bytes);

  /// The peer answered a ping: it has read everything that was written before that.
  ///
  /// @param payload what the ping held
  default void onPong(byte[] payload) {}

  /// The wire is gone. The last call, made once.
  void onClosed();
}
