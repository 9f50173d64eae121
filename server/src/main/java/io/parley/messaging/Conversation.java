package io.parley.messaging;

import io.parley.base.ConversationId;
import org.jspecify.annotations.Nullable;

/// One timeline as one of its members sees it.
///
/// @param with the other account, or the group
/// @param lastSeq the newest seq that this member may read, 0 for none
/// @param readSeq how far the member has read
/// @param unread messages after `readSeq` that are not the member's own
/// @param changed place in the order of changes: the Sync cursor after this row
/// @param updatedAt epoch milliseconds of the newest message, or of the creation
/// @param mentioned those of the unread messages that name the member
/// @param peerReadSeq how far the other of two has read; 0 in a group
/// @param lastChange the cursor after which [Revisions#changes] has nothing yet
/// @param standing whether the member is in; of two always
/// @param request a stranger began it, and the member has not accepted it
public record Conversation(
    ConversationId id,
    Target with,
    long lastSeq,
    long readSeq,
    long unread,
    @Nullable Message lastMessage,
    long changed,
    long updatedAt,
    long mentioned,
    Settings settings,
    long peerReadSeq,
    long lastChange,
    Standing standing,
    boolean request) {

  /// What one member wants of it.
  ///
  /// @param silent no notifications
  /// @param hidden out of sight until there is a new message
  public record Settings(boolean pinned, boolean silent, boolean hidden) {}
}
