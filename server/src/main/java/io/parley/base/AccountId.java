package io.parley.base;

/// The internal id of an account: positive, time-ordered, 63 bits.
public record AccountId(long value) {
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
