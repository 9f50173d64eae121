package io.parley.messaging;

import io.parley.base.ConversationId;
import io.parley.bus.Audience;

/// A conversation as those see it who write in it.
///
/// @param closed see the table
/// @param changed what its newest change is to be, 0 while it has not moved
record Head(
    ConversationId id,
    Audience audience,
    long lastSeq,
    int closed,
    boolean secret,
    long changed,
    long updatedAt) {
  Head moved(long seq, long change, long now) {
    return new Head(id, audience, seq, closed, secret, change, now);
  }

  boolean hasMoved() {
    return changed != 0;
  }
}
