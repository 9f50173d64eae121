package io.parley.messaging;

import io.parley.base.AccountId;
import io.parley.base.ConversationId;

/// Whom a message is for.
public sealed interface Target {
  record User(AccountId id) implements Target {}

  /// A group; its id is its conversation's.
  record Group(ConversationId id) implements Target {}
}
