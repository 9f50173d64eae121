package io.parley.messaging;

import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import io.parley.store.RowMapper;
import io.parley.store.Tx;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The SQL of what is marked: pins, which are a conversation's, and stars, which are one account's.
final class MarkStore {
  private static final RowMapper<Placed> PLACED =
      row -> new Placed(row.getLong(1), new ConversationId(row.getLong(2)), row.getLong(3));

  private final ChatStore chats = new ChatStore();

  /// Where a marked message is.
  ///
  /// @param place orders what is marked; grows in commit order
  record Placed(long place, ConversationId conversation, long seq) {}

  /// False if it was pinned already.
  boolean pin(Tx tx, Message message, AccountId by, long place, long now) {
    return tx.update(
            """
            INSERT INTO message_pin (conversation_id, seq, account_id, place, pinned_at)
            VALUES (?, ?, ?, ?, ?) ON CONFLICT (conversation_id, seq) DO NOTHING\
            """,
            message.conversation().value(),
            message.seq(),
            by.value(),
            place,
            now)
        > 0;
  }

  /// False if it was not pinned.
  boolean unpin(Tx tx, ConversationId id, long seq) {
    return tx.update(
            "DELETE FROM message_pin WHERE conversation_id = ? AND seq = ?", id.value(), seq)
        > 0;
  }

  long pinCount(Tx tx, ConversationId id) {
    return tx.number("SELECT count(*) FROM message_pin WHERE conversation_id = ?", id.value());
  }

  /// What is pinned in a conversation, as far as the member may read, the last first.
  List<Placed> pins(Tx tx, Membership membership, long before, int limit) {
    return tx.list(
        """
        SELECT place, conversation_id, seq FROM message_pin
        WHERE conversation_id = ? AND place < ? AND seq <= ? ORDER BY place DESC LIMIT ?\
        """,
        PLACED,
        membership.conversation().value(),
        before,
        membership.visibleSeq(),
        limit);
  }

  /// @param starred its place among the account's stars; 0 takes the star away
  void star(Tx tx, AccountId account, Message message, long starred, long changed) {
    tx.update(
        """
        INSERT INTO message_mark (account_id, conversation_id, seq, starred, changed)
        VALUES (?, ?, ?, ?, ?) ON CONFLICT (account_id, conversation_id, seq)
        DO UPDATE SET starred = excluded.starred, changed = excluded.changed\
        """,
        account.value(),
        message.conversation().value(),
        message.seq(),
        starred,
        changed);
    touch(tx, account, message.conversation(), changed);
  }

  /// The conversation counts as changed for that account alone.
  private static void touch(Tx tx, AccountId account, ConversationId id, long changed) {
    tx.update(
        "UPDATE member SET changed = ? WHERE conversation_id = ? AND account_id = ?",
        changed,
        id.value(),
        account.value());
  }

  /// Takes all stars of a message away, and its pin.
  void forget(Tx tx, ConversationId id, long seq) {
    unpin(tx, id, seq);
    tx.update(
        "UPDATE message_mark SET starred = 0 WHERE conversation_id = ? AND seq = ? AND starred > 0",
        id.value(),
        seq);
  }

  boolean isStarred(Tx tx, AccountId account, Message message) {
    return starred(tx, account, message.conversation(), message.seq(), message.seq())
        .contains(message.seq());
  }

  long starCount(Tx tx, AccountId account) {
    return tx.number(
        "SELECT count(*) FROM message_mark WHERE account_id = ? AND starred > 0", account.value());
  }

  /// What an account has starred, whatever it may read, the last first.
  List<Placed> stars(Tx tx, AccountId account, long before, int limit) {
    return tx.list(
        """
        SELECT starred, conversation_id, seq FROM message_mark
        WHERE account_id = ? AND starred > 0 AND starred < ? ORDER BY starred DESC LIMIT ?\
        """,
        PLACED,
        account.value(),
        before,
        limit);
  }

  /// The messages with their reactions and pins, as they are told to all. They are of one
  /// conversation.
  List<Message> forAll(Tx tx, List<Message> messages) {
    if (messages.isEmpty()) {
      return messages;
    }
    Map<Long, Long> pinned = new HashMap<>();
    tx.list(
        """
        SELECT seq, pinned_at FROM message_pin
        WHERE conversation_id = ? AND seq >= ? AND seq <= ?\
        """,
        row -> pinned.put(row.getLong(1), row.getLong(2)),
        messages.getFirst().conversation().value(),
        low(messages),
        high(messages));
    List<Message> reacted = chats.withReactions(tx, messages);
    return pinned.isEmpty()
        ? reacted
        : reacted.stream()
            .map(message -> message.pinnedAt(pinned.getOrDefault(message.seq(), 0L)))
            .toList();
  }

  /// The same as they are told to `reader`.
  List<Message> forReader(Tx tx, AccountId reader, List<Message> messages) {
    if (messages.isEmpty()) {
      return messages;
    }
    ConversationId id = messages.getFirst().conversation();
    Set<Long> starred = starred(tx, reader, id, low(messages), high(messages));
    List<Message> all = forAll(tx, messages);
    return starred.isEmpty()
        ? all
        : all.stream()
            .map(
                message ->
                    starred.contains(message.seq())
                        ? message.marked(Message.Mark.STARRED)
                        : message)
            .toList();
  }

  private static Set<Long> starred(
      Tx tx, AccountId account, ConversationId id, long low, long high) {
    return new HashSet<>(
        tx.list(
            """
            SELECT seq FROM message_mark WHERE account_id = ? AND conversation_id = ?
              AND seq >= ? AND seq <= ? AND starred > 0\
            """,
            row -> row.getLong(1),
            account.value(),
            id.value(),
            low,
            high));
  }

  private static long low(List<Message> messages) {
    return messages.stream().mapToLong(Message::seq).min().orElseThrow();
  }

  private static long high(List<Message> messages) {
    return messages.stream().mapToLong(Message::seq).max().orElseThrow();
  }
}
