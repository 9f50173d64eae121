package io.parley.device;

import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import org.jspecify.annotations.Nullable;

/// Something that a device is told besides messages. It is read from what it is about, so it is
/// gone once that is: a request that was answered is told to nobody any more.
///
/// @param changed its place among the account's notices
/// @param from who asks, who is a friend now, who invites, who owns the group
/// @param group of an announcement or invitation, else null
/// @param text the request's note, the announcement, the name of the group
/// @param at epoch milliseconds
public record Notice(
    Kind kind, long changed, AccountId from, @Nullable ConversationId group, String text, long at) {

  /// What it tells.
  public enum Kind {
    FRIEND_REQUEST,
    NEW_FRIEND,
    INVITATION,
    ANNOUNCEMENT
  }
}
