package io.parley.messaging;

import io.parley.account.Names;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.ConversationId;
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

/// What becomes of messages after they were sent: edits and reactions, and the list of what
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

  /// Messages of a conversation that were edited, recalled or reacted to after `cursor` (0: all),
  /// oldest change first, as they are now.
  ///
  /// @param limit 0 for 50; more than `limits.history_max` is that
  /// @throws Fault NOT_FOUND, FORBIDDEN
  public Changes changes(Caller caller, ConversationId id, long cursor, int limit) {
    AccountId account = caller.requireAccount();
    int rows = rows(limit);
    return db.read(
        tx -> {
          Membership membership = memberships.requireReader(tx, id, account);
          List<ChatStore.Change> changed = store.changes(tx, id, cursor, rows + 1);
          boolean more = changed.size() > rows;
          List<ChatStore.Change> page = changed.subList(0, Math.min(rows, changed.size()));
          List<Message> found = new ArrayList<>();
          for (ChatStore.Change change : page) {
            Message message =
                change.seq() > membership.visibleSeq()
                    ? null
                    : messages.at(tx, change.seq(), membership);
            if (message != null) {
              found.addAll(store.withReactions(tx, List.of(message)));
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
          if (!step.run(tx, found)) {
            return now(tx, found);
          }
          ConversationId conversation = found.message().conversation();
          store.changed(tx, conversation, found.message().seq(), ids.next());
          Message now = now(tx, found);
          Audience audience = found.membership().audience();
          bus.publish(tx, encoder.changed(now, audience));
          return now;
        });
  }

  private Message now(Tx tx, Memberships.Found found) {
    Message message = messages.find(tx, found.message().id(), found.membership());
    if (message == null) {
      throw new IllegalStateException("no message " + found.message().id());
    }
    return store.withReactions(tx, List.of(message)).getFirst();
  }

  private int rows(int limit) {
    return Slice.rows(limit, Messaging.HISTORY, limits.historyMax());
  }
}
