package io.parley.group;

import io.parley.messaging.Role;
import org.jspecify.annotations.Nullable;

/// A group as one account sees it.
///
/// @param members how many are in it
/// @param role the account's, null if it is not in it
/// @param muted whether only the owner and admins may write
/// @param asked whether the account has asked to come in and waits for an answer
/// @param requests how many wait to be let in, for the owner and admins; 0 for anybody else
public record GroupView(
    Group group, long members, @Nullable Role role, boolean muted, boolean asked, long requests) {

  /// Nobody waits.
  GroupView(Group group, long members, @Nullable Role role, boolean muted) {
    this(group, members, role, muted, false, 0);
  }
}
