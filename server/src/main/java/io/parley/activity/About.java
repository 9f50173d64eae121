package io.parley.activity;

import io.parley.base.AccountId;

/// What an entry is about: whatever is told about the same is one entry.
///
/// @param subject the id by which acts gather: the post, the own comment, the group, the account,
///     the report; 0 where all of a kind gather
/// @param place the post or group whose end takes the entry with it; 0: none
public record About(ActivityKind kind, long subject, long place) {
  /// Something about a post or group itself.
  public static About place(ActivityKind kind, long id) {
    return new About(kind, id, id);
  }

  /// Something that somebody did to the account, an entry for each.
  public static About account(ActivityKind kind, AccountId id) {
    return new About(kind, id.value(), 0);
  }
}
