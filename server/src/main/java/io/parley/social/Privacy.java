package io.parley.social;

/// What an account lets others do and see.
public record Privacy(
    FriendPolicy friends, PresencePolicy presence, GroupPolicy groups, MessagePolicy messages) {
  /// An account that never chose.
  public static final Privacy DEFAULT =
      new Privacy(
          FriendPolicy.APPROVAL,
          PresencePolicy.EVERYBODY,
          GroupPolicy.FRIENDS,
          MessagePolicy.EVERYBODY);

  /// The same with another policy of who becomes a friend.
  Privacy with(FriendPolicy other) {
    return new Privacy(other, presence, groups, messages);
  }

  /// Who becomes a friend.
  public enum FriendPolicy {
    /// Whoever asks, at once.
    OPEN,
    /// Whoever asks and is accepted.
    APPROVAL,
    /// Nobody may ask.
    CLOSED
  }

  /// Who sees whether the account is online.
  public enum PresencePolicy {
    EVERYBODY,
    FRIENDS,
    NOBODY
  }

  /// Who brings the account into a group without asking it; of others it gets an invitation.
  public enum GroupPolicy {
    EVERYBODY,
    /// Friends whom the account itself asked or accepted.
    FRIENDS,
    NOBODY
  }

  /// Who begins a conversation with the account. One that was begun stays open to both.
  public enum MessagePolicy {
    /// Anybody; of strangers it is a request.
    EVERYBODY,
    FRIENDS
  }
}
