package io.parley.realtime;

/// Why the server closes a connection, as `realtime.ClosingPush.reason` tells it.
public enum ClosingReason {
  /// The server stops; come back after the time given.
  RESTART("restart"),
  /// The session ended: log in again.
  SESSION_ENDED("session_ended"),
  /// The same device connected anew.
  REPLACED("replaced"),
  /// The receiver did not read as fast as it was sent to; come back and pull from the cursor.
  SLOW("slow");

  private final String wire;

  ClosingReason(String wire) {
    this.wire = wire;
  }

  /// The text on the wire.
  public String wire() {
    return wire;
  }
}
