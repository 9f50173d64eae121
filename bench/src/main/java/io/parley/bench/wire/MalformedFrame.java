package io.parley.bench.wire;

/// What the server sent is not the protocol.
public final class MalformedFrame extends RuntimeException {
  public MalformedFrame(String message) {
    super(message);
  }
}
