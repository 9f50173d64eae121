package io.parley.messaging;

import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import io.parley.bus.Audience;
import org.jspecify.annotations.Nullable;

/// One account's place in one conversation, as a transaction reads it.
///
/// @param low,high the two accounts of a conversation of two; both null in a group
/// @param lastSeq the conversation's newest seq
/// @param untilSeq set for a removed member: the newest seq it may read
/// @param mutedUntil epoch milliseconds before which it may not write
record Membership(
    ConversationId conversation,
    @Nullable AccountId low,
    @Nullable AccountId high,
    long lastSeq,
    Role role,
    long readSeq,
    @Nullable Long untilSeq,
    long mutedUntil) {

  /// Whether the conversation is a group's; else it is one of two.
  boolean isGroup() {
    return low == null;
  }

  boolean active() {
    return untilSeq == null;
  }

  /// The newest seq that this member may read.
  long visibleSeq() {
    return untilSeq == null ? lastSeq : Math.min(untilSeq, lastSeq);
  }

  Audience audience() {
    return low == null || high == null ? new Audience.Members() : new Audience.Pair(low, high);
  }

  /// What the conversation is to `viewer`.
  Target with(AccountId viewer) {
    if (low == null || high == null) {
      return new Target.Group(conversation);
    }
    return new Target.User(viewer.equals(low) ? high : low);
  }
}
