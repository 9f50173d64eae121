package io.parley.bench.socket;

import com.google.protobuf.InvalidProtocolBufferException;
import io.parley.api.realtime.Error;

/// The server answered a call with an error.
public final class CallFailed extends RuntimeException {
  private CallFailed(String message) {
    super(message);
  }

  static CallFailed of(byte[] serialized) {
    return new CallFailed(describe(serialized));
  }

  /// `code 8: too many requests` of a serialized `realtime.Error`.
  public static String describe(byte[] serialized) {
    try {
      Error error = Error.parseFrom(serialized);
      return "code " + error.getCode() + ": " + error.getMessage();
    } catch (InvalidProtocolBufferException e) {
      return "unreadable error";
    }
  }
}
