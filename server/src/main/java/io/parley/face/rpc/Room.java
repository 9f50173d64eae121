package io.parley.face.rpc;

import com.google.protobuf.MessageLite;
import io.parley.base.Caller;
import io.parley.base.Limits;
import io.parley.base.Slice;
import java.util.List;

/// How much an answer may hold: a frame over a live socket, a gRPC message elsewhere.
final class Room {
  /// Bytes of an answer that are not its rows: the frame around it, a cursor, a pager.
  private static final int ENVELOPE = 512;

  /// Bytes that a row takes beside its own: tag and length.
  private static final int ROW_OVERHEAD = 6;

  private Room() {}

  /// Of `slice`, the rows that an answer to `caller` has room for; at least one.
  static <T extends MessageLite> Slice<T> fit(Slice<T> slice, Caller caller, Limits limits) {
    return slice.first(fitting(slice.rows(), caller, limits));
  }

  /// How many of `rows`, from the first on, an answer to `caller` has room for; at least one.
  static int fitting(List<? extends MessageLite> rows, Caller caller, Limits limits) {
    int room =
        (caller.connection() != 0 ? limits.frameBytesMax() : limits.grpcBytesMax()) - ENVELOPE;
    int count = 0;
    for (MessageLite row : rows) {
      room -= row.getSerializedSize() + ROW_OVERHEAD;
      if (room < 0 && count > 0) {
        break;
      }
      count++;
    }
    return count;
  }
}
