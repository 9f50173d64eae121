package io.parley.base;

/// The internal id of a message: positive, time-ordered, 63 bits.
public record MessageId(long value) {
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
