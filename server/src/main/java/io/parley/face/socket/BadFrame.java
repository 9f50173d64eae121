package io.parley.face.socket;

import io.parley.base.Fault;
import io.parley.base.FaultCode;

/// A frame that could not be read, with as much of it as is known: enough to answer.
final class BadFrame extends Exception {
  private static final long serialVersionUID = 1;

  private final String cmd;
  private final int requestId;

  BadFrame(String cmd, int requestId, String why) {
    super(why, null, false, false);
    this.cmd = cmd;
    this.requestId = requestId;
  }

  String cmd() {
    return cmd;
  }

  int requestId() {
    return requestId;
  }

  Fault fault() {
    return Fault.of(FaultCode.MALFORMED, "frame: " + getMessage());
  }
}
