package io.parley.feed.post;

import io.parley.base.AccountId;
import java.util.List;

/// Why a post is shown to an account.
///
/// @param likers accounts that it follows and that liked the post lately, at most [#LIKERS_MAX];
///     not empty for LIKED, and for FOLLOWED and FRIEND where they raised it too
public record Reason(Kind kind, List<AccountId> likers) {
  /// What brought the post up. Where several did, the first of these that is true.
  public enum Kind {
    /// It follows the author.
    FOLLOWED(1),
    /// The author is a friend that it does not follow.
    FRIEND(2),
    /// Accounts that it follows, or friends, liked it lately.
    LIKED(3),
    /// Its rank: many did something with it, or it is young.
    HOT(4),
    /// It is new, and a place was kept for something new.
    FRESH(5);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /// The number of the native API.
    public int code() {
      return code;
    }
  }

  /// How many of those that liked a post are named.
  public static final int LIKERS_MAX = 3;

  public static final Reason FOLLOWED = new Reason(Kind.FOLLOWED, List.of());
  public static final Reason FRIEND = new Reason(Kind.FRIEND, List.of());
  public static final Reason HOT = new Reason(Kind.HOT, List.of());
  public static final Reason FRESH = new Reason(Kind.FRESH, List.of());
}
