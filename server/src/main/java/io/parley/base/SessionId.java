package io.parley.base;

/// The internal id of a session (not its token): positive, time-ordered, 63 bits.
public record SessionId(long value) {
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
