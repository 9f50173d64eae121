package io.parley.face.rpc;

import com.google.protobuf.Timestamp;

/// Epoch milliseconds as the native API carries time.
final class Times {
  private Times() {}

  static Timestamp timestamp(long epochMs) {
    return Timestamp.newBuilder()
        .setSeconds(Math.floorDiv(epochMs, 1000L))
        .setNanos((int) Math.floorMod(epochMs, 1000L) * 1_000_000)
        .build();
  }
}
