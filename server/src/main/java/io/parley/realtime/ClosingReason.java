package io.parley.realtime;

import io.parley.base.FaultCode;

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

  /// Why a connection closes whose token could not be found live: where that cannot be found out
  /// now, the client is asked to come back, else to log in again.
  public static ClosingReason of(FaultCode code) {
    return switch (code) {
      case INTERNAL, UNAVAILABLE, BUSY, THROTTLED -> RESTART;
      default -> SESSION_ENDED;
    };
  }

  /// The text on the wire.
  public String wire() {
    return wire;
  }
}
