package io.parley.social;

/// What an account lets others do and see.
public record Privacy(FriendPolicy friends, PresencePolicy presence) {
  /// An account that never chose.
  public static final Privacy DEFAULT =
      new Privacy(FriendPolicy.APPROVAL, PresencePolicy.EVERYBODY);

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
}
