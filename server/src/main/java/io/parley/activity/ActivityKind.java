package io.parley.activity;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/// What an entry of an activity list tells.
public enum ActivityKind {
  /// Others like a post of the account.
  LIKED(1),
  /// Others commented on a post of the account.
  COMMENTED(2),
  /// Others answered a comment of the account.
  ANSWERED(3),
  /// Others follow the account.
  FOLLOWED(4),
  /// Somebody asks to be a friend.
  FRIEND_REQUEST(5),
  /// Somebody is a friend now: it accepted, or was free to become one.
  FRIEND_ACCEPTED(6),
  /// Somebody invites the account into a group.
  GROUP_INVITED(7),
  /// Somebody brought the account into a group.
  GROUP_ADDED(8),
  /// Whoever leads a group let the account in.
  GROUP_LET_IN(9),
  /// Others ask to come into a group that the account leads.
  GROUP_ASKED(10),
  /// An operator answered a report of the account.
  REPORT_ANSWERED(11),
  /// A moderator looked at a post of the account, and others may see it.
  POST_LEFT(12),
  /// A moderator took a post of the account away.
  POST_TAKEN_DOWN(13);

  private static final Map<Integer, ActivityKind> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(ActivityKind::code, it -> it));

  private final int code;

  ActivityKind(int code) {
    this.code = code;
  }

  /// The number in the store; never another one's.
  public int code() {
    return code;
  }

  static ActivityKind of(int code) {
    ActivityKind kind = BY_CODE.get(code);
    if (kind == null) {
      throw new IllegalStateException("an activity of kind " + code);
    }
    return kind;
  }
}
