package io.parley.feed.post;

/// The internal id of a post: positive, time-ordered, 63 bits.
public record PostId(long value) {
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
