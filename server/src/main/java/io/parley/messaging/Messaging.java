package io.parley.messaging;

import io.parley.account.Accounts;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.Completion;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Ids;
import io.parley.base.Limits;
import io.parley.base.MessageId;
import io.parley.base.Slice;
import io.parley.bus.Audience;
import io.parley.bus.Bus;
import io.parley.bus.Event;
import io.parley.media.Media;
import io.parley.platform.Platform;
import io.parley.store.Db;
import io.parley.store.Together;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sends messages and reads conversations.
///
/// A send is stored by [Sending], together with others that come at the same time. Everything is
/// decided inside that transaction, so nothing can change between the check and the commit. After
/// the commit the message is announced, then the sender answered.
public final class Messaging {
  /// Who else has a say in a send.
  public record Guards(Blocks blocks, Media media, Requests requests) {}

  /// Messages that are answered to whoever names no number.
  static final int HISTORY = 50;

  private final Db db;
  private final Bus bus;
  private final Ids ids;
  private final Clock clock;
  private final Limits limits;
  private final Sending sending;
  private final ContentRules rules;
  private final ConversationStore conversations = new ConversationStore();
  private final MessageStore messages = new MessageStore();
  private final MarkStore marks = new MarkStore();
  private final Memberships memberships;
  private final Recalling recalling;
  private final Noticing noticing = new Noticing();

  public Messaging(
      Platform platform, Accounts accounts, Guards guards, MessageEncoder encoder, Limits limits) {
    this.db = platform.db();
    this.bus = platform.bus();
    this.ids = platform.ids();
    this.clock = platform.clock();
    this.limits = limits;
    this.rules = new ContentRules(limits);
    this.memberships = new Memberships(clock);
    this.recalling = new Recalling(platform);
    this.sending = new Sending(platform, accounts, guards, encoder);
  }

  /// Sends. Returns at once; `completion` hears when the message is on disk. Sends of one thread
  /// are stored in the order they are made.
  ///
  /// @throws Fault INVALID_FIELD or TOO_LARGE naming the field, NOT_LOGGED_IN, BUSY; later, through
  ///     `completion`, NO_SUCH_ACCOUNT, NOT_FOUND (no such group), FORBIDDEN (not a member)
  public void send(Caller caller, Draft draft, Completion<Posted> completion) {
    AccountId sender = caller.requireAccount();
    check(draft);
    long origin = caller.connection();
    // Here, not in the operation: the one writer has other things to do.
    String folded = Searched.column(draft.content());
    db.submit(sending, new Sending.Item(sender, origin, draft, folded), completion);
  }

  /// Sends several in their order, all or none. Blocks until they are on disk.
  ///
  /// @throws Fault as [#send], for the first that cannot be sent
  public List<Posted> sendAll(Caller caller, List<Draft> drafts) {
    AccountId sender = caller.requireAccount();
    drafts.forEach(this::check);
    long origin = caller.connection();
    List<Sending.Item> items =
        drafts.stream()
            .map(draft -> new Sending.Item(sender, origin, draft, Searched.column(draft.content())))
            .toList();
    return db.write(tx -> sending.run(tx, items).stream().map(Together.Outcome::require).toList());
  }

  /// Messages of one conversation, ascending. Both bounds are exclusive. With `afterSeq` the oldest
  /// `limit` above it; without, the newest `limit` below `beforeSeq`, or of all.
  ///
  /// @param limit 0 for 50; more than `limits.history_max` is that
  /// @throws Fault NOT_FOUND, FORBIDDEN
  public List<Message> history(
      Caller caller,
      ConversationId id,
      @Nullable Long afterSeq,
      @Nullable Long beforeSeq,
      int limit) {
    AccountId reader = caller.requireAccount();
    int rows = Slice.rows(limit, Messaging.HISTORY, limits.historyMax());
    return db.read(
        tx -> {
          Membership membership = memberships.requireReader(tx, id, reader);
          long below = membership.visibleSeq() + 1;
          if (beforeSeq != null && beforeSeq >= 0) {
            below = Math.min(below, beforeSeq);
          }
          List<Message> page =
              afterSeq != null
                  ? messages.oldest(
                      tx, membership, afterSeq < 0 ? Long.MAX_VALUE : afterSeq, below, rows)
                  : messages.newest(tx, membership, below, rows);
          return marks.forReader(tx, reader, page);
        });
  }

  /// A message that the caller may read and has not taken away from itself.
  ///
  /// @throws Fault NOT_FOUND
  public Message find(Caller caller, MessageId id) {
    AccountId reader = caller.requireAccount();
    return db.read(tx -> memberships.requireMessage(tx, id, reader).message());
  }

  /// Moves the caller's read mark forward to `seq`, at most to the newest message; never back.
  /// Tells the members.
  ///
  /// @throws Fault NOT_FOUND, FORBIDDEN
  public void markRead(Caller caller, ConversationId id, long seq) {
    AccountId reader = caller.requireAccount();
    db.change(
        tx -> {
          Membership membership = memberships.requireReader(tx, id, reader);
          long mark = seq < 0 ? membership.visibleSeq() : Math.min(seq, membership.visibleSeq());
          if (mark > membership.readSeq()) {
            Audience audience = noticing.audience(tx, membership, reader);
            conversations.setRead(tx, id, reader, mark, ids.next());
            if (audience != null) {
              conversations.setTold(tx, id, reader, mark);
              bus.publish(tx, new Event.ReadMarked(id, mark, reader, audience));
            }
          }
        });
  }

  /// Takes a message's content back: by its sender within `limits.recall_window_s`, or by a group's
  /// owner or admin at any time. Recalling twice changes nothing.
  ///
  /// @throws Fault NOT_FOUND, FORBIDDEN, FAILED_PRECONDITION once the time is over
  public void recall(Caller caller, MessageId id) {
    AccountId account = caller.requireAccount();
    db.change(
        tx -> {
          Memberships.Found found = memberships.requireMessage(tx, id, account);
          Message message = found.message();
          Membership membership = found.membership();
          requireMayRecall(account, membership, message);
          recalling.recall(tx, membership, message, account);
        });
  }

  private void check(Draft draft) {
    rules.check(draft.content());
    String key = draft.clientMessageId();
    if (key.length() > limits.clientMessageIdCharsMax()) {
      throw Fault.of(
          FaultCode.TOO_LARGE,
          "client_message_id: longer than " + limits.clientMessageIdCharsMax() + " characters");
    }
    if (key.indexOf('\0') >= 0) {
      throw Fault.invalid("client_message_id", "must not contain U+0000");
    }
    if (draft.mentions().size() > limits.mentionsMax()) {
      throw Fault.of(
          FaultCode.TOO_LARGE, "at_user_id: more than " + limits.mentionsMax() + " accounts");
    }
  }

  private void requireMayRecall(AccountId account, Membership membership, Message message) {
    if (message.isLine()) {
      throw Fault.of(FaultCode.FORBIDDEN, "nobody takes back what the server says");
    }
    if (membership.active() && membership.role().moderates()) {
      return;
    }
    if (!message.sender().equals(account)) {
      throw Fault.of(FaultCode.FORBIDDEN, "only its sender may take a message back");
    }
    if (clock.millis() - message.createdAt() > limits.recallWindowS() * 1000L) {
      throw Fault.of(
          FaultCode.FAILED_PRECONDITION,
          "limits.recall_window_s = " + limits.recallWindowS() + " s are over");
    }
  }
}
