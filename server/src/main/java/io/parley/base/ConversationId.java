package io.parley.base;

/// The internal id of a conversation. A group's conversation has the group's id: positive,
/// time-ordered, 63 bits.
public record ConversationId(long value) {
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
