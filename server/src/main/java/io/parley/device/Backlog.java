package io.parley.device;

import io.parley.base.ConversationId;

/// A conversation with messages after what a device has acknowledged.
///
/// @param ackedSeq the newest that it has
/// @param visibleSeq the newest that there is for it
public record Backlog(ConversationId conversation, long ackedSeq, long visibleSeq) {}
