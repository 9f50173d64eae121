package io.parley.messaging;

import io.parley.base.AccountId;
import io.parley.base.Clock;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.MessageId;
import io.parley.store.Tx;
import org.jspecify.annotations.Nullable;

/// Who may read and who may write in a conversation; nothing in this package decides that for
/// itself. Everything inside a transaction, and true until it ends: what is decided here and what
/// is then written stand under one lock, whichever the engine takes.
///
/// Whoever has no place is told of a closed group nothing at all, so that its calls cannot be told
/// from those that name no group.
final class Memberships {
  private final ConversationStore conversations = new ConversationStore();
  private final MessageStore messages = new MessageStore();
  private final MarkStore marks = new MarkStore();
  private final Clock clock;

  Memberships(Clock clock) {
    this.clock = clock;
  }

  /// A message and the place of whoever asked for it.
  record Found(Message message, Membership membership) {}

  /// The place of a present or former member; null for anybody else.
  @Nullable Membership find(Tx tx, ConversationId id, AccountId account) {
    return conversations.membership(tx, id, account);
  }

  /// The place of a present or former member, who may read up to [Membership#visibleSeq].
  ///
  /// @throws Fault NOT_FOUND, FORBIDDEN
  Membership requireReader(Tx tx, ConversationId id, AccountId account) {
    Membership membership = find(tx, id, account);
    if (membership == null) {
      throw conversations.isDisclosed(tx, id)
          ? Fault.of(FaultCode.FORBIDDEN, "not a member of " + id)
          : Fault.of(FaultCode.NOT_FOUND, "no conversation " + id);
    }
    return membership;
  }

  /// Passes a present member of a group who is not muted and may send there, unless it is closed.
  ///
  /// @param membership the place of the sender; null for none
  /// @param disclosed whether anybody may know that there is such a group
  /// @throws Fault NOT_FOUND, FORBIDDEN
  void requireSender(ConversationId id, @Nullable Membership membership, boolean disclosed) {
    if (membership == null && !disclosed) {
      throw Fault.of(FaultCode.NOT_FOUND, "to_group_id: no group " + id);
    }
    if (membership == null || !membership.active() || !membership.isGroup()) {
      throw Fault.of(FaultCode.FORBIDDEN, "not a member of group " + id);
    }
    if (isMuted(membership)) {
      throw Fault.of(FaultCode.FORBIDDEN, "muted in this group");
    }
  }

  /// A message that `reader` may read and has not taken away from itself.
  ///
  /// @throws Fault NOT_FOUND
  Found requireMessage(Tx tx, MessageId id, AccountId reader) {
    Found found = requireReadable(tx, id, reader);
    Message message = found.message();
    if (marks.isHidden(tx, reader, message.conversation(), message.seq())) {
      throw Fault.of(FaultCode.NOT_FOUND, "no message " + id);
    }
    return found;
  }

  /// The same, also where it has.
  ///
  /// @throws Fault NOT_FOUND
  Found requireReadable(Tx tx, MessageId id, AccountId reader) {
    ConversationId conversation = messages.conversationOf(tx, id);
    Membership membership = conversation == null ? null : find(tx, conversation, reader);
    Message message = membership == null ? null : messages.find(tx, id, membership);
    if (membership == null || message == null || message.seq() > membership.visibleSeq()) {
      throw Fault.of(FaultCode.NOT_FOUND, "no message " + id);
    }
    return new Found(message, membership);
  }

  /// Passes whoever may send here: whoever may not says nothing in any other way either.
  ///
  /// @throws Fault FORBIDDEN
  void requireMayWrite(Tx tx, Membership membership) {
    boolean closed = conversations.closed(tx, membership.conversation());
    boolean may =
        membership.active()
            && !isMuted(membership)
            && (!closed || (membership.isGroup() && membership.role().moderates()));
    if (!may) {
      throw Fault.of(FaultCode.FORBIDDEN, "the caller may not write here now");
    }
  }

  private boolean isMuted(Membership membership) {
    return membership.mutedUntil() > clock.millis();
  }

  /// The role of a present member; null for anybody else.
  @Nullable Role role(Tx tx, ConversationId id, AccountId account) {
    Membership membership = find(tx, id, account);
    return membership == null || !membership.active() ? null : membership.role();
  }

  /// Whether `account` may know that there is such a group: whoever is or was in it, and of one
  /// that is not secret anybody.
  boolean discloses(Tx tx, ConversationId id, AccountId account) {
    return conversations.isDisclosed(tx, id) || find(tx, id, account) != null;
  }
}
