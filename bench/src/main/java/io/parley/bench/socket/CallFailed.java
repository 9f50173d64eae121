package io.parley.bench.socket;

import com.google.protobuf.InvalidProtocolBufferException;
import io.parley.api.realtime.Error;

/// The server answered a call with an error.
public final class CallFailed extends RuntimeException {
  private static final int UNKNOWN = 2;

  private final int code;

  private CallFailed(int code, String message) {
    super(message);
    this.code = code;
  }

  static CallFailed of(byte[] serialized) {
    return new CallFailed(code(serialized), describe(serialized));
  }

  /// The gRPC status code; 2 (UNKNOWN) when the error could not be read.
  public int code() {
    return code;
  }

  private static int code(byte[] serialized) {
    try {
      return Error.parseFrom(serialized).getCode();
    } catch (InvalidProtocolBufferException e) {
      return UNKNOWN;
    }
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
