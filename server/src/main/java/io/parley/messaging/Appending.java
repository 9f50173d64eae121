package io.parley.messaging;

import io.parley.base.Clock;
import io.parley.base.Ids;
import io.parley.base.MessageId;
import io.parley.bus.Bus;
import io.parley.platform.Platform;
import io.parley.store.Tx;
import java.util.List;

/// Puts messages at the end of conversations, each at the next seq, and announces them once they
/// are on disk. Everything inside a transaction that holds the conversations.
final class Appending {
  private final Bus bus;
  private final Ids ids;
  private final Clock clock;
  private final MessageEncoder encoder;
  private final ConversationStore conversations = new ConversationStore();
  private final MessageStore messages = new MessageStore();

  Appending(Platform platform, MessageEncoder encoder) {
    this.bus = platform.bus();
    this.ids = platform.ids();
    this.clock = platform.clock();
    this.encoder = encoder;
  }

  /// The message that comes next after `head`, which is then [Head#moved]. [#write] stores it.
  MessageStore.Row next(Tx tx, Head head, Sending.Item item) {
    Draft draft = item.draft();
    Message message =
        new Message(
            new MessageId(ids.next()),
            head.id(),
            head.lastSeq() + 1,
            item.sender(),
            draft,
            clock.millis());
    tx.afterCommit(() -> bus.publish(encoder.posted(message, head.audience(), item.origin())));
    return new MessageStore.Row(message, draft.content(), item.folded());
  }

  void write(Tx tx, List<Head> moved, List<MessageStore.Row> rows) {
    conversations.move(tx, moved);
    messages.insert(tx, rows);
  }
}
