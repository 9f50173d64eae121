package io.parley.group;

import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import org.jspecify.annotations.Nullable;

/// What a group says of itself.
///
/// @param id also the id of its conversation
/// @param createdAt,updatedAt epoch milliseconds
/// @param deletedAt epoch milliseconds, null while the group exists
public record Group(
    ConversationId id,
    String name,
    String introduction,
    String avatarUrl,
    String extra,
    AccountId owner,
    long createdAt,
    long updatedAt,
    @Nullable Long deletedAt) {}
