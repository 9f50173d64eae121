package io.parley.realtime;

import io.parley.base.ConversationId;

/// Who is in a conversation, now.
@FunctionalInterface
public interface MemberSource {
  /// The account ids of the members, each once, in any order; empty for a conversation that does
  /// not exist. The array is shared: not to be changed. Called for every event of a group on the
  /// bus's thread, so it answers from memory and does not wait for callers; forgetting what changed
  /// before the event that tells of it is the provider's business. If it throws, everybody is cut,
  /// since nobody knows whom the event concerned.
  ///
  /// @param since the id of a change that the list must know of, which may have been committed at
  ///     another node before its event came here; 0 for none
  long[] members(ConversationId conversation, long since);

  /// The same as far as is known here.
  default long[] members(ConversationId conversation) {
    return members(conversation, 0);
  }
}
