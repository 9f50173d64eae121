package io.parley.messaging;

import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import io.parley.bus.Audience;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A conversation as those see it who write in it.
///
/// @param closed see the table
/// @param asker who waits for the other of two to accept it; null for nobody
/// @param changed the id of its newest change
/// @param updatedAt when it moved, 0 while it has not
record Head(
    ConversationId id,
    Audience audience,
    long lastSeq,
    int closed,
    boolean secret,
    @Nullable AccountId asker,
    long changed,
    long updatedAt) {
  /// The same after `message` was put at its end.
  Head moved(Message message) {
    return new Head(
        id,
        audience,
        message.seq(),
        closed,
        secret,
        asker,
        message.id().value(),
        message.createdAt());
  }

  /// The same of a group, where `gone` hear of what comes next too though they will be in it no
  /// more.
  Head heardBy(List<AccountId> gone) {
    Audience all =
        audience instanceof Audience.Members(long since)
            ? new Audience.MembersAnd(since, gone)
            : audience;
    return new Head(id, all, lastSeq, closed, secret, asker, changed, updatedAt);
  }

  /// The same once nobody waits for it to be accepted.
  Head accepted() {
    return new Head(id, audience, lastSeq, closed, secret, null, changed, updatedAt);
  }

  boolean hasMoved() {
    return updatedAt != 0;
  }
}
