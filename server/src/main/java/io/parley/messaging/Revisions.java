package io.parley.messaging;

import io.parley.account.Names;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.ConversationId;
import io.parley.base.Cursor;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Ids;
import io.parley.base.Limits;
import io.parley.base.MessageId;
import io.parley.base.Slice;
import io.parley.bus.Audience;
import io.parley.bus.Bus;
import io.parley.platform.Platform;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.util.ArrayList;
import java.util.List;

/// What becomes of messages after they were sent: edits, reactions and pins, and the list of what
/// changed.
public final class Revisions {
  /// One page of messages that changed.
  ///
  /// @param cursor where the next page starts
  public record Changes(List<Message> messages, long cursor, boolean more) {}

  private static final int SYMBOL_CHARS_MAX = 32;
  private static final int SYMBOLS_MAX = 20;

  private final Db db;
  private final Bus bus;
  private final Ids ids;
  private final Clock clock;
  private final MessageEncoder encoder;
  private final ContentRules rules;
  private final Limits limits;
  private final MessageStore messages = new MessageStore();
  private final ChatStore store = new ChatStore();
  private final MarkStore marks = new MarkStore();
  private final Lines lines;
  private final Stars stars;
  private final Hiding hiding;
  private final Memberships memberships;

  public Revisions(Platform platform, MessageEncoder encoder, Limits limits) {
    this.db = platform.db();
    this.bus = platform.bus();
    this.ids = platform.ids();
    this.clock = platform.clock();
    this.encoder = encoder;
    this.rules = new ContentRules(limits);
    this.memberships = new Memberships(clock);
    this.limits = limits;
    this.lines = new Lines(platform, encoder);
    this.stars = new Stars(platform, encoder, limits);
    this.hiding = new Hiding(platform, encoder);
  }

  /// What one account alone keeps of messages.
  public Stars stars() {
    return stars;
  }

  /// What one account takes away from itself.
  public Hiding hiding() {
    return hiding;
  }

  /// Replaces the text of a text message: by its sender within `limits.edit_window_s`. The new
  /// text is pushed under the old seq.
  ///
  /// @throws Fault NOT_FOUND, FORBIDDEN; FAILED_PRECONDITION for another kind, a recalled message
  ///     or once the time is over; INVALID_FIELD, TOO_LARGE
  public Message edit(Caller caller, MessageId id, String text) {
    AccountId account = caller.requireAccount();
    Content.Text content = new Content.Text(text);
    rules.check(content);
    String folded = Searched.column(content);
    return change(
        account,
        id,
        (tx, found) -> {
          Message message = found.message();
          if (!message.sender().equals(account)) {
            throw Fault.of(FaultCode.FORBIDDEN, "only its sender may edit a message");
          }
          if (!(message.content() instanceof Content.Text)) {
            throw Fault.of(FaultCode.FAILED_PRECONDITION, "only a text message can be edited");
          }
          if (clock.millis() - message.createdAt() > limits.editWindowS() * 1000L) {
            throw Fault.of(
                FaultCode.FAILED_PRECONDITION,
                "limits.edit_window_s = " + limits.editWindowS() + " s are over");
          }
          messages.edit(tx, id, content, folded, clock.millis());
          return true;
        });
  }

  /// Puts a symbol under a message, or takes the caller's own away. Twice changes nothing.
  ///
  /// @throws Fault NOT_FOUND, FORBIDDEN, INVALID_FIELD; FAILED_PRECONDITION for a recalled message;
  ///     or a line of the server; QUOTA if there are 20 other symbols
  public Message react(Caller caller, MessageId id, String symbol, boolean remove) {
    AccountId account = caller.requireAccount();
    Names.require("symbol", symbol, SYMBOL_CHARS_MAX);
    return change(
        account,
        id,
        (tx, found) -> {
          ConversationId conversation = found.message().conversation();
          long seq = found.message().seq();
          if (remove) {
            return store.removeReaction(tx, conversation, seq, account, symbol);
          }
          if (found.message().recalled()) {
            throw Fault.of(FaultCode.FAILED_PRECONDITION, "the message was taken back");
          }
          if (found.message().isLine()) {
            throw Fault.of(FaultCode.FAILED_PRECONDITION, "the server's lines take no symbols");
          }
          if (store.symbolCount(tx, conversation, seq, symbol) >= SYMBOLS_MAX) {
            throw Fault.of(FaultCode.QUOTA, "a message takes " + SYMBOLS_MAX + " symbols");
          }
          return store.addReaction(tx, conversation, seq, account, symbol, clock.millis());
        });
  }

  /// Pins a message above its conversation, for all who are in it, or takes the pin away: in a
  /// group its owner and admins, else both. Twice changes nothing.
  ///
  /// @throws Fault NOT_FOUND, FORBIDDEN; FAILED_PRECONDITION for a recalled message or a line of
  ///     the server; QUOTA while there are `limits.pins_max`
  public Message pin(Caller caller, MessageId id, boolean remove) {
    AccountId account = caller.requireAccount();
    return change(
        account,
        id,
        (tx, found) -> {
          Message message = found.message();
          ConversationId conversation = message.conversation();
          Membership membership = found.membership();
          if (membership.isGroup() && !membership.role().moderates()) {
            throw Fault.of(FaultCode.FORBIDDEN, "a group's owner and admins pin its messages");
          }
          if (remove) {
            return marks.unpin(tx, conversation, message.seq());
          }
          if (message.recalled()) {
            throw Fault.of(FaultCode.FAILED_PRECONDITION, "the message was taken back");
          }
          if (message.isLine()) {
            throw Fault.of(FaultCode.FAILED_PRECONDITION, "the server's lines are not pinned");
          }
          if (!marks.pin(tx, message, account, ids.next(), clock.millis())) {
            return false;
          }
          if (marks.pinCount(tx, conversation) > limits.pinsMax()) {
            throw Fault.of(
                FaultCode.QUOTA, "limits.pins_max = " + limits.pinsMax() + " messages are pinned");
          }
          if (membership.isGroup()) {
            lines.pinned(tx, conversation, account, message.seq());
          }
          return true;
        });
  }

  /// What is pinned in a conversation and the caller may read, the last first.
  ///
  /// @throws Fault NOT_FOUND, FORBIDDEN
  public Slice<Message> pins(Caller caller, ConversationId id, Slice.Request part) {
    AccountId account = caller.requireAccount();
    long before = part.after(Long.MAX_VALUE)[0];
    return db.read(
        tx -> {
          Membership membership = memberships.requireReader(tx, id, account);
          return Slice.of(
                  part,
                  marks.pins(tx, membership, account, before, part.looked()),
                  pin -> Cursor.of(pin.place()))
              .map(pin -> told(tx, account, membership, pin.seq()));
        });
  }

  private Message told(Tx tx, AccountId reader, Membership membership, long seq) {
    Message message = messages.at(tx, seq, membership);
    if (message == null) {
      throw new IllegalStateException("no message " + seq + " of " + membership.conversation());
    }
    return marks.forReader(tx, reader, List.of(message)).getFirst();
  }

  /// Messages of a conversation that were edited, recalled, reacted to or pinned after `cursor` (0:
  /// all), or starred or hidden by the caller, oldest change first, as they are now.
  ///
  /// @param limit 0 for 50; more than `limits.history_max` is that
  /// @throws Fault NOT_FOUND, FORBIDDEN
  public Changes changes(Caller caller, ConversationId id, long cursor, int limit) {
    AccountId account = caller.requireAccount();
    int rows = rows(limit);
    return db.read(
        tx -> {
          Membership membership = memberships.requireReader(tx, id, account);
          List<ChatStore.Change> changed = store.changes(tx, id, account, cursor, rows + 1);
          boolean more = changed.size() > rows;
          List<ChatStore.Change> page = changed.subList(0, Math.min(rows, changed.size()));
          List<Message> found = new ArrayList<>();
          for (ChatStore.Change change : page) {
            Message message =
                change.seq() > membership.visibleSeq()
                    ? null
                    : messages.at(tx, change.seq(), membership);
            if (message != null) {
              found.addAll(marks.forReader(tx, account, List.of(message)));
            }
          }
          return new Changes(found, page.isEmpty() ? cursor : page.getLast().changed(), more);
        });
  }

  private interface Step {
    /// Whether anything changed.
    boolean run(Tx tx, Memberships.Found found);
  }

  private Message change(AccountId account, MessageId id, Step step) {
    return db.write(
        tx -> {
          Memberships.Found found = memberships.requireMessage(tx, id, account);
          memberships.requireMayWrite(tx, found.membership());
          Membership membership = found.membership();
          Message before = found.message();
          if (step.run(tx, found)) {
            store.changed(tx, before.conversation(), before.seq(), ids.next());
            Message now = told(tx, account, membership, before.seq()).marked(Message.Mark.NONE);
            Audience audience = marks.audience(tx, membership, before.seq());
            if (audience != null) {
              bus.publish(tx, encoder.changed(now, audience));
            }
          }
          return told(tx, account, membership, before.seq());
        });
  }

  private int rows(int limit) {
    return Slice.rows(limit, Messaging.HISTORY, limits.historyMax());
  }
}
