package io.parley.bus;

import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import io.parley.base.MessageId;
import io.parley.base.SessionId;
import java.util.List;

/// The facts that travel over the bus, all of them.
public sealed interface Event
    permits Event.MessagePosted,
        Event.Missed,
        Event.MessageRecalled,
        Event.MessageChanged,
        Event.Typing,
        Event.Presence,
        Event.ReadMarked,
        Event.SessionEnded,
        Event.AccountChanged,
        Event.ProfileChanged,
        Event.TrustChanged,
        Event.Notice,
        Event.ActivityChanged,
        Event.RequestChanged,
        Event.GroupChanged,
        ServerEvent {
  /// A message was committed.
  ///
  /// @param origin the connection that sent it, 0 for none
  /// @param encoded the message as a serialized `conversation.Message`: made once, pushed many
  ///     times. Not to be changed.
  record MessagePosted(
      ConversationId conversation, long seq, long origin, Audience audience, byte[] encoded)
      implements Event {}

  /// Something in a conversation was committed and cannot be told as it should be: whoever it
  /// concerns must pull.
  record Missed(ConversationId conversation, Audience audience) implements Event {}

  /// A message's content was taken back; its seq stays.
  ///
  /// @param by its sender, or who leads the group
  record MessageRecalled(
      ConversationId conversation, long seq, MessageId id, AccountId by, Audience audience)
      implements Event {}

  /// A message was edited or reacted to: the whole of it as it is now, under its old seq.
  record MessageChanged(ConversationId conversation, long seq, Audience audience, byte[] encoded)
      implements Event {}

  /// `account` is writing in a conversation.
  record Typing(ConversationId conversation, AccountId account, Audience audience)
      implements Event {}

  /// `account` came or went; told to those of `audience`.
  ///
  /// @param lastSeenMs when it was last here, epoch milliseconds; now while it is
  record Presence(AccountId account, boolean online, long lastSeenMs, List<AccountId> audience)
      implements Event {}

  /// `reader` has read up to `seq`.
  record ReadMarked(ConversationId conversation, long seq, AccountId reader, Audience audience)
      implements Event {}

  /// A session ended, whatever the reason: its token is dead and its connections must close.
  record SessionEnded(AccountId account, SessionId session) implements Event {}

  /// An account's login data, rights, state or profile changed: what is remembered of it must be
  /// forgotten.
  record AccountChanged(AccountId account) implements Event {}

  /// What others see of an account changed. Told to those of `audience`; everybody else learns of
  /// it with a message of the account.
  ///
  /// @param version another one after each change
  record ProfileChanged(AccountId account, long version, List<AccountId> audience)
      implements Event {}

  /// A service token or a partner's app was made, changed or revoked: which programs are trusted
  /// must be read again, and those that hold a connection looked at again.
  record TrustChanged() implements Event {}

  /// Something concerns some accounts that is not part of a conversation; they ask for it by id.
  ///
  /// @param id what changed: the other account, the post, or the group
  /// @param actor who did it
  /// @param audience whom to tell
  record Notice(NoticeKind kind, long id, AccountId actor, List<AccountId> audience)
      implements Event {}

  /// The activity list of `account` changed. Told to its devices that speak the native protocol.
  ///
  /// @param unread entries that it has not seen, as they are counted
  record ActivityChanged(AccountId account, long unread) implements Event {}

  /// A conversation that `peer` began waits for `account` to accept it, or does so no more. Told to
  /// the devices of `account` that speak the native protocol, and to nobody else.
  record RequestChanged(
      AccountId account, ConversationId conversation, AccountId peer, boolean waiting)
      implements Event {}

  /// `member` came into or left a group, or changed itself or the group.
  ///
  /// @param gone who was a member or invited until then, if that is more than `member`; told as
  ///     well
  record GroupChanged(
      ConversationId group, AccountId member, GroupChange kind, List<AccountId> gone)
      implements Event {}
}
