package io.parley.invite;

import io.parley.account.Account;
import io.parley.base.ConversationId;
import io.parley.group.GroupView;
import org.jspecify.annotations.Nullable;

/// An invite as those see it who may send it on or take it back.
///
/// @param token what whoever has it may come by; empty where only its life is the reader's business
/// @param maker null for the command line
/// @param group of a [Kind#GROUP]; else null
/// @param createdAt epoch milliseconds
/// @param expiresAt epoch milliseconds; 0: never
/// @param uses how many accounts came by it
/// @param usesMax how many may
public record Invite(
    long id,
    String token,
    Kind kind,
    @Nullable Account maker,
    @Nullable ConversationId group,
    long createdAt,
    long expiresAt,
    int uses,
    int usesMax) {
  /// Where an invite leads.
  public enum Kind {
    /// Into a group, without asking its leaders.
    GROUP,
    /// To its maker, as a friend.
    PERSON,
    /// Onto the server: an account can be registered although anybody else's could not.
    SERVER
  }

  /// Whether an invite is good for anything.
  public enum State {
    LIVE("is live"),
    EXPIRED("the invite has expired"),
    REVOKED("the invite was revoked"),
    USED_UP("the invite was used up"),
    /// Its maker may not invite any more, its group is gone, or this account is not let in by it.
    ENDED("the invite is not valid any more");

    private final String words;

    State(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /// What is wanted of a new one.
  ///
  /// @param group of a [Kind#GROUP]; else null
  /// @param seconds until it expires, 3,600 … 2,592,000; 0: a week, or with `never` not at all
  /// @param uses 1 … 1,000; 0: one
  public record Wish(
      Kind kind, @Nullable ConversationId group, long seconds, boolean never, int uses) {}

  /// What whoever has the token may know before using it.
  ///
  /// @param maker null for the command line
  /// @param group of a live [Kind#GROUP]; else null
  public record Sight(Kind kind, State state, @Nullable Account maker, @Nullable GroupView group) {}

  /// Where somebody came to.
  ///
  /// @param maker null for the command line
  public record Arrival(Kind kind, @Nullable ConversationId group, @Nullable Account maker) {}
}
