package io.parley.messaging;

import io.parley.base.AccountId;
import io.parley.base.Ids;
import io.parley.base.MessageId;
import io.parley.bus.Bus;
import io.parley.bus.Event;
import io.parley.platform.Platform;
import io.parley.store.Tx;

/// Takes what a message says out of the store and tells all who have it. Who may do that is decided
/// before.
final class Recalling {
  private final Bus bus;
  private final Ids ids;
  private final MessageStore messages = new MessageStore();
  private final ChatStore chats = new ChatStore();
  private final MarkStore marks = new MarkStore();

  Recalling(Platform platform) {
    this.bus = platform.bus();
    this.ids = platform.ids();
  }

  /// Inside a transaction. Twice changes nothing.
  ///
  /// @param membership anybody's place in the conversation
  /// @return whether it said anything until now
  boolean recall(Tx tx, Membership membership, Message message, AccountId by) {
    if (message.recalled()) {
      return false;
    }
    MessageId id = message.id();
    messages.recall(tx, id, by.equals(message.sender()) ? null : by);
    chats.removeReactions(tx, message.conversation(), message.seq());
    marks.forget(tx, message.conversation(), message.seq());
    chats.changed(tx, message.conversation(), message.seq(), ids.next());
    bus.publish(
        tx,
        new Event.MessageRecalled(
            message.conversation(), message.seq(), id, by, membership.audience()));
    return true;
  }
}
