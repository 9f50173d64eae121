package io.parley.group;

import io.parley.messaging.Role;
import org.jspecify.annotations.Nullable;

/// A group as one account sees it.
///
/// @param members how many are in it
/// @param role the account's, null if it is not in it
/// @param muted whether only the owner and admins may write
public record GroupView(Group group, long members, @Nullable Role role, boolean muted) {}
