package io.parley.messaging;

import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import io.parley.base.MessageId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One stored message.
///
/// @param seq its place in the conversation, from 1
/// @param kind see [Content#kind]; kept when the content is gone
/// @param content null once recalled, and in a [#husk]
/// @param recalledBy who took it back, where that was not its sender; null where it was, or nobody
/// @param createdAt epoch milliseconds
/// @param clientMessageId empty for none
/// @param replyTo see [Draft#replyTo]; 0 once recalled
/// @param origin see [Draft#origin]
/// @param editedAt epoch milliseconds, null for never
/// @param reactions by symbol, the first given first
/// @param pinnedAt epoch milliseconds, 0 while it is not pinned
/// @param mark what the account that it is told made of it
public record Message(
    MessageId id,
    ConversationId conversation,
    long seq,
    AccountId sender,
    Target target,
    List<AccountId> mentions,
    int kind,
    @Nullable Content content,
    @Nullable AccountId recalledBy,
    long createdAt,
    String clientMessageId,
    long replyTo,
    @Nullable String origin,
    @Nullable Long editedAt,
    List<Reaction> reactions,
    long pinnedAt,
    Mark mark) {

  /// What one account alone made of a message.
  public enum Mark {
    /// Nothing; or it is told to several.
    NONE,
    /// It has a star.
    STARRED,
    /// It had a star until now.
    UNSTARRED,
    /// The account took it away from itself; see [#husk].
    HIDDEN
  }

  /// A message that has just been sent.
  Message(
      MessageId id,
      ConversationId conversation,
      long seq,
      AccountId sender,
      Draft draft,
      long createdAt) {
    this(
        id,
        conversation,
        seq,
        sender,
        draft.target(),
        draft.mentions(),
        draft.content().kind(),
        draft.content(),
        null,
        createdAt,
        draft.clientMessageId(),
        draft.replyTo(),
        draft.origin(),
        null,
        List.of(),
        0,
        Mark.NONE);
  }

  Message with(List<Reaction> given) {
    return with(content, given, pinnedAt, mark);
  }

  Message pinnedAt(long at) {
    return with(content, reactions, at, mark);
  }

  Message marked(Mark other) {
    return with(content, reactions, pinnedAt, other);
  }

  /// What is left of it for an account that took it away from itself: that there is one.
  Message husk() {
    return new Message(
        id,
        conversation,
        seq,
        sender,
        target,
        List.of(),
        kind,
        null,
        null,
        createdAt,
        clientMessageId,
        0,
        origin,
        null,
        List.of(),
        0,
        Mark.HIDDEN);
  }

  /// The same with other content of the same kind.
  Message saying(Content other) {
    return with(other, reactions, pinnedAt, mark);
  }

  private Message with(@Nullable Content said, List<Reaction> given, long pinned, Mark marked) {
    return new Message(
        id,
        conversation,
        seq,
        sender,
        target,
        mentions,
        kind,
        said,
        recalledBy,
        createdAt,
        clientMessageId,
        replyTo,
        origin,
        editedAt,
        given,
        pinned,
        marked);
  }

  public boolean recalled() {
    return content == null;
  }

  /// Whether the server made it: nobody changes it, takes it back or answers it with a symbol.
  boolean isLine() {
    return content instanceof Content.GroupLine || content instanceof Content.Newer;
  }
}
