package io.parley.messaging;

import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import io.parley.bus.Audience;
import io.parley.store.RowMapper;
import io.parley.store.Tx;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The SQL of what is marked: pins, which are a conversation's; stars, and what an account
/// took away from itself, which are one account's.
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

  /// What is pinned in a conversation, as far as `reader` may read and has not hidden it, the last
  /// first.
  List<Placed> pins(Tx tx, Membership membership, AccountId reader, long before, int limit) {
    return tx.list(
        """
        SELECT place, conversation_id, seq FROM message_pin
        WHERE conversation_id = ? AND place < ? AND seq <= ? AND NOT EXISTS (
          SELECT 1 FROM message_mark k WHERE k.account_id = ? AND k.hidden = 1
            AND k.conversation_id = message_pin.conversation_id AND k.seq = message_pin.seq)
        ORDER BY place DESC LIMIT ?\
        """,
        PLACED,
        membership.conversation().value(),
        before,
        membership.visibleSeq(),
        reader.value(),
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

  /// Hides a message from an account, which takes its star away, or shows it again.
  void hide(Tx tx, AccountId account, Message message, boolean hidden, long changed) {
    tx.update(
        """
        INSERT INTO message_mark (account_id, conversation_id, seq, starred, hidden, changed)
        VALUES (?, ?, ?, 0, ?, ?) ON CONFLICT (account_id, conversation_id, seq)
        DO UPDATE SET starred = 0, hidden = excluded.hidden, changed = excluded.changed\
        """,
        account.value(),
        message.conversation().value(),
        message.seq(),
        hidden ? 1 : 0,
        changed);
    touch(tx, account, message.conversation(), changed);
  }

  boolean isHidden(Tx tx, AccountId account, ConversationId id, long seq) {
    return tx.number(
            """
            SELECT count(*) FROM message_mark
            WHERE account_id = ? AND conversation_id = ? AND seq = ? AND hidden = 1\
            """,
            account.value(),
            id.value(),
            seq)
        > 0;
  }

  /// Whom of a conversation to tell what became of a message: those who did not hide it. Null for
  /// nobody.
  @Nullable Audience audience(Tx tx, Membership membership, long seq) {
    Set<Long> hiders =
        new HashSet<>(
            tx.list(
                """
                SELECT account_id FROM message_mark
                WHERE conversation_id = ? AND seq = ? AND hidden = 1\
                """,
                row -> row.getLong(1),
                membership.conversation().value(),
                seq));
    if (hiders.isEmpty()) {
      return membership.audience();
    }
    if (!(membership.audience() instanceof Audience.Pair(AccountId low, AccountId high))) {
      return new Audience.MembersBut(Set.copyOf(hiders));
    }
    boolean lowHears = !hiders.contains(low.value());
    boolean highHears = !hiders.contains(high.value());
    return lowHears
        ? new Audience.Pair(low, low)
        : highHears ? new Audience.Pair(high, high) : null;
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
    return own(tx, account, message.conversation(), message.seq(), message.seq())
        .containsKey(message.seq());
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
    Map<Long, Message.Mark> own = own(tx, reader, id, low(messages), high(messages));
    List<Message> all = forAll(tx, messages);
    return own.isEmpty()
        ? all
        : all.stream().map(message -> marked(message, own.get(message.seq()))).toList();
  }

  private static Message marked(Message message, Message.@Nullable Mark mark) {
    return mark == null
        ? message
        : mark == Message.Mark.HIDDEN ? message.husk() : message.marked(mark);
  }

  private static Map<Long, Message.Mark> own(
      Tx tx, AccountId account, ConversationId id, long low, long high) {
    Map<Long, Message.Mark> own = new HashMap<>();
    tx.list(
        """
        SELECT seq, hidden FROM message_mark WHERE account_id = ? AND conversation_id = ?
          AND seq >= ? AND seq <= ? AND (starred > 0 OR hidden = 1)\
        """,
        row ->
            own.put(
                row.getLong(1), row.getLong(2) == 1 ? Message.Mark.HIDDEN : Message.Mark.STARRED),
        account.value(),
        id.value(),
        low,
        high);
    return own;
  }

  private static long low(List<Message> messages) {
    return messages.stream().mapToLong(Message::seq).min().orElseThrow();
  }

  private static long high(List<Message> messages) {
    return messages.stream().mapToLong(Message::seq).max().orElseThrow();
  }
}
