package io.parley.face.socket;

import io.parley.base.Limits;
import java.util.Map;

/// The limits of parley.yaml, with those of sockets to be chosen.
record TestLimits(
    int frameBytesMax,
    int inFlightMax,
    int outboxBytesMax,
    int perAccountMax,
    int authDeadlineS,
    int heartbeatS) {
  static final TestLimits DEFAULT = new TestLimits(65536, 64, 524288, 16, 10, 30);

  Limits limits() {
    return io.parley.harness.TestLimits.with(
        Map.of(
            "limits.frame_bytes_max", Integer.toString(frameBytesMax),
            "limits.socket_in_flight_max", Integer.toString(inFlightMax),
            "limits.outbox_bytes_max", Integer.toString(outboxBytesMax),
            "limits.sockets_per_account_max", Integer.toString(perAccountMax),
            "limits.auth_deadline_s", Integer.toString(authDeadlineS),
            "limits.heartbeat_s", Integer.toString(heartbeatS)));
  }

  TestLimits withFrameBytesMax(int value) {
    return new TestLimits(
        value, inFlightMax, outboxBytesMax, perAccountMax, authDeadlineS, heartbeatS);
  }

  TestLimits withInFlightMax(int value) {
    return new TestLimits(
        frameBytesMax, value, outboxBytesMax, perAccountMax, authDeadlineS, heartbeatS);
  }

  TestLimits withOutboxBytesMax(int value) {
    return new TestLimits(
        frameBytesMax, inFlightMax, value, perAccountMax, authDeadlineS, heartbeatS);
  }

  TestLimits withPerAccountMax(int value) {
    return new TestLimits(
        frameBytesMax, inFlightMax, outboxBytesMax, value, authDeadlineS, heartbeatS);
  }

  TestLimits withAuthDeadlineS(int value) {
    return new TestLimits(
        frameBytesMax, inFlightMax, outboxBytesMax, perAccountMax, value, heartbeatS);
  }

  TestLimits withHeartbeatS(int value) {
    return new TestLimits(
        frameBytesMax, inFlightMax, outboxBytesMax, perAccountMax, authDeadlineS, value);
  }
}
