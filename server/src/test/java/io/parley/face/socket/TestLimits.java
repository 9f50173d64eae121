package io.parley.face.socket;

import io.parley.base.Limits;

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
    return new Limits(
        1 << 20,
        4 << 20,
        frameBytesMax,
        inFlightMax,
        outboxBytesMax,
        perAccountMax,
        18000,
        authDeadlineS,
        heartbeatS,
        8000,
        2048,
        100,
        64,
        64,
        6,
        128,
        100,
        200,
        5000,
        500,
        10 << 20,
        40_000_000,
        1L << 30,
        120,
        64,
        14,
        8192,
        128,
        16384,
        64);
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
