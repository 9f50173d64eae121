package io.parley.group;

import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import org.jspecify.annotations.Nullable;

/// What a group says of itself.
///
/// @param id also the id of its conversation
/// @param announcement empty for none
/// @param announcedAt epoch milliseconds, null for none
/// @param createdAt,updatedAt epoch milliseconds
public record Group(
    ConversationId id,
    String name,
    String introduction,
    String avatarUrl,
    String extra,
    AccountId owner,
    JoinPolicy joinPolicy,
    String announcement,
    @Nullable Long announcedAt,
    long createdAt,
    long updatedAt) {

  /// Without what it tells its members only.
  Group fromOutside() {
    return new Group(
        id,
        name,
        introduction,
        avatarUrl,
        extra,
        owner,
        joinPolicy,
        "",
        null,
        createdAt,
        updatedAt);
  }

  /// Who comes in.
  public enum JoinPolicy {
    /// Whoever wants to.
    OPEN,
    /// Whoever asks and is accepted by the owner or an admin.
    APPROVAL,
    /// Only those whom the owner or an admin brings in; the group is not found by others.
    CLOSED
  }
}
