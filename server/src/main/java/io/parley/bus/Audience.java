package io.parley.bus;

import io.parley.base.AccountId;
import java.util.List;
import java.util.Set;

/// Whom an event about a conversation concerns.
public sealed interface Audience {
  /// The two accounts of a conversation of two; the same account twice for notes to oneself.
  record Pair(AccountId low, AccountId high) implements Audience {}

  /// Whoever is a member of the conversation when the event is delivered.
  ///
  /// @param since a list of members is too old that does not know of the change with this id; 0
  ///     where that is not known
  record Members(long since) implements Audience {
    public Members() {
      this(0);
    }
  }

  /// The same, and those who went with what the event is about.
  ///
  /// @param since see [Members]
  record MembersAnd(long since, List<AccountId> gone) implements Audience {}

  /// Those of [Members] without those who may not notice the one that the event is about.
  record MembersBut(Set<Long> apart) implements Audience {}
}
