package io.parley.messaging;

import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import io.parley.bus.Audience;
import java.util.List;

/// A conversation as those see it who write in it.
///
/// @param closed see the table
/// @param changed the id of its newest change
/// @param updatedAt when it moved, 0 while it has not
record Head(
    ConversationId id,
    Audience audience,
    long lastSeq,
    int closed,
    boolean secret,
    long changed,
    long updatedAt) {
  /// The same after `message` was put at its end.
  Head moved(Message message) {
    return new Head(
        id, audience, message.seq(), closed, secret, message.id().value(), message.createdAt());
  }

  /// The same of a group, where `gone` hear of what comes next too though they will be in it no
  /// more.
  Head heardBy(List<AccountId> gone) {
    Audience all =
        audience instanceof Audience.Members(long since)
            ? new Audience.MembersAnd(since, gone)
            : audience;
    return new Head(id, all, lastSeq, closed, secret, changed, updatedAt);
  }

  boolean hasMoved() {
    return updatedAt != 0;
  }
}
