package io.parley.messaging;

import io.parley.base.AccountId;
import io.parley.base.Clock;
import io.parley.base.ConversationId;
import io.parley.base.Ids;
import io.parley.bus.Bus;
import io.parley.messaging.Content.GroupLine;
import io.parley.platform.Platform;
import io.parley.store.Tx;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says in a group's conversation what becomes of the group, as messages that nobody sends.
///
/// A line is stored in the transaction of the change that it tells of. Who comes, or leaves, before
/// anything stands in a group gets none. An account that comes and goes by itself gets one for
/// coming in [#AGAIN_MS], and one for going where its coming was told.
final class Lines {
  /// Within so many milliseconds of a line that it came, no other says so of an account that comes
  /// by itself: who may come and go freely must not fill a group.
  static final long AGAIN_MS = 10 * 60_000;

  /// Whoever is brought in within so many milliseconds of the first, by the same, joins its line as
  /// long as that is the newest message.
  static final long TOGETHER_MS = 5 * 60_000;

  private final Bus bus;
  private final Ids ids;
  private final Clock clock;
  private final MessageEncoder encoder;
  private final Appending appending;
  private final ConversationStore conversations = new ConversationStore();
  private final MessageStore messages = new MessageStore();
  private final ChatStore chats = new ChatStore();

  Lines(Platform platform, MessageEncoder encoder) {
    this.bus = platform.bus();
    this.ids = platform.ids();
    this.clock = platform.clock();
    this.encoder = encoder;
    this.appending = new Appending(platform, encoder);
  }

  /// Says it at the end of the conversation.
  void say(Tx tx, ConversationId id, AccountId actor, GroupLine line) {
    conversations.hold(tx, List.of(id.value())).forEach(head -> append(tx, head, actor, line));
  }

  /// Says that `actor` pinned the message with that seq.
  void pinned(Tx tx, ConversationId id, AccountId actor, long seq) {
    GroupLine line = GroupLine.of(GroupLine.Event.PINNED, "");
    conversations.hold(tx, List.of(id.value())).forEach(head -> append(tx, head, actor, line, seq));
  }

  /// Says it to those too who are in it now and will not be.
  void sayLast(Tx tx, ConversationId id, AccountId actor, GroupLine line, List<AccountId> going) {
    conversations
        .hold(tx, List.of(id.value()))
        .forEach(head -> append(tx, head.heardBy(going), actor, line));
  }

  /// `account` is in since now.
  void came(Tx tx, ConversationId id, AccountId account, AccountId actor) {
    for (Head head : conversations.hold(tx, List.of(id.value()))) {
      if (head.lastSeq() == 0) {
        continue;
      }
      long now = clock.millis();
      boolean itself = account.equals(actor);
      long told = chats.cameTold(tx, id, account);
      if (itself && isRecent(told, now)) {
        chats.setCameTold(tx, id, account, -Math.abs(told));
        continue;
      }
      chats.setCameTold(tx, id, account, now);
      if (itself) {
        append(tx, head, actor, GroupLine.of(GroupLine.Event.JOINED, account));
      } else if (!joinsNewest(tx, head, account, actor)) {
        append(tx, head, actor, GroupLine.of(GroupLine.Event.BROUGHT_IN, account));
      }
    }
  }

  /// `account` is out from now on: to be called while it is in, so that it can read the line.
  ///
  /// @param actor null where nobody is told who took it out
  void goes(Tx tx, ConversationId id, AccountId account, @Nullable AccountId actor) {
    if (!account.equals(actor)) {
      GroupLine line = GroupLine.of(GroupLine.Event.REMOVED, account);
      sayLast(tx, id, actor == null ? account : actor, line, List.of(account));
      return;
    }
    long told = chats.cameTold(tx, id, account);
    Long lastSeq = conversations.lastSeq(tx, id);
    boolean began = lastSeq != null && lastSeq > 0;
    if (began && (told >= 0 || !isRecent(told, clock.millis()))) {
      GroupLine line = GroupLine.of(GroupLine.Event.LEFT, account);
      sayLast(tx, id, account, line, List.of(account));
    }
  }

  /// @param told see [ChatStore#cameTold]
  private static boolean isRecent(long told, long now) {
    return told != 0 && now - Math.abs(told) < AGAIN_MS;
  }

  private void append(Tx tx, Head head, AccountId actor, GroupLine line) {
    append(tx, head, actor, line, 0);
  }

  /// @param about the seq of the message that it tells of; 0 for none
  private void append(Tx tx, Head head, AccountId actor, GroupLine line, long about) {
    Draft draft = new Draft(new Target.Group(head.id()), List.of(), line, "", about, null);
    var item = new Sending.Item(actor, 0, draft, Searched.column(line));
    MessageStore.Row row = appending.next(tx, head, item);
    appending.write(tx, List.of(head.moved(row.message())), List.of(row));
  }

  /// Adds `account` to the newest message, if that says whom `actor` brought in a moment ago.
  private boolean joinsNewest(Tx tx, Head head, AccountId account, AccountId actor) {
    Membership place = conversations.place(tx, head.id());
    Message newest = place == null ? null : messages.at(tx, head.lastSeq(), place);
    if (newest == null
        || !newest.sender().equals(actor)
        || clock.millis() - newest.createdAt() >= TOGETHER_MS
        || !(newest.content() instanceof GroupLine line)
        || line.event() != GroupLine.Event.BROUGHT_IN) {
      return false;
    }
    GroupLine more = line.and(account);
    messages.edit(tx, newest.id(), more, Searched.column(more), null);
    chats.changed(tx, head.id(), newest.seq(), ids.next());
    bus.publish(tx, encoder.changed(newest.saying(more), head.audience()));
    return true;
  }
}
