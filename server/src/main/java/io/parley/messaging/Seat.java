package io.parley.messaging;

import io.parley.base.AccountId;
import io.parley.base.ConversationId;

/// One account in one conversation.
record Seat(ConversationId conversation, AccountId account) {}
