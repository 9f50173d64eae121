package io.parley.messaging;

import io.parley.base.ConversationId;
import io.parley.base.MessageId;

/// Where a sent message stands. A retry gets the answer of the first try.
///
/// @param createdAt epoch milliseconds
public record Posted(MessageId id, ConversationId conversation, long seq, long createdAt) {}
