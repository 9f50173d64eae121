package io.parley.messaging;

import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.MessageId;
import io.parley.platform.Platform;
import io.parley.store.Tx;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is seen and done of messages because somebody reported them. All of it inside a transaction
/// of the report's. Operators read nothing here: what they see is what a reporter could.
public final class MessageInterventions {
  private final Memberships memberships;
  private final Recalling recalling;
  private final MessageStore messages = new MessageStore();
  private final MarkStore marks = new MarkStore();

  public MessageInterventions(Platform platform) {
    this.memberships = new Memberships(platform.clock());
    this.recalling = new Recalling(platform);
  }

  /// A message among those that were sent before and after it.
  ///
  /// @param lines ascending, the message among them
  public record Quoted(Message message, List<Message> lines) {}

  /// A message that `reader` may read now, with up to `each` before it and up to `each` after it
  /// that it may read too.
  ///
  /// @throws Fault NOT_FOUND
  public Quoted quote(Tx tx, MessageId id, AccountId reader, int each) {
    Memberships.Found found = memberships.requireMessage(tx, id, reader);
    Message message = found.message();
    Membership membership = found.membership();
    List<Message> lines = new ArrayList<>(messages.newest(tx, membership, message.seq(), each));
    lines.add(message);
    long below = membership.visibleSeq() + 1;
    lines.addAll(messages.oldest(tx, membership, message.seq(), below, each));
    List<Message> seen =
        marks.forReader(tx, reader, lines).stream()
            .filter(line -> line.mark() != Message.Mark.HIDDEN)
            .toList();
    return new Quoted(message, seen);
  }

  /// Takes a message back for all. Twice changes nothing.
  ///
  /// @return whether it said anything until now
  /// @throws Fault NOT_FOUND
  public boolean recall(Tx tx, MessageId id, AccountId sender, AccountId by) {
    Memberships.Found found = find(tx, id, sender);
    if (found == null) {
      throw Fault.of(FaultCode.NOT_FOUND, "no message " + id);
    }
    return recalling.recall(tx, found.membership(), found.message(), by);
  }

  /// Whether a message was taken back.
  public boolean recalled(Tx tx, MessageId id, AccountId sender) {
    Memberships.Found found = find(tx, id, sender);
    return found == null || found.message().recalled();
  }

  private Memberships.@Nullable Found find(Tx tx, MessageId id, AccountId sender) {
    ConversationId conversation = messages.conversationOf(tx, id);
    Membership place = conversation == null ? null : memberships.find(tx, conversation, sender);
    Message message = place == null ? null : messages.find(tx, id, place);
    return place == null || message == null ? null : new Memberships.Found(message, place);
  }
}
