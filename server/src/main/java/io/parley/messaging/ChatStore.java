package io.parley.messaging;

import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import io.parley.base.Page;
import io.parley.store.Tx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The SQL of what surrounds messages: members' settings, reactions, changes, readers.
final class ChatStore {
  /// The seq and cursor of a message that changed.
  record Change(long seq, long changed) {}

  private static final Conversation.Settings NONE = new Conversation.Settings(false, false, false);

  /// Present members who were there when a message was sent and have read it, and whom whoever asks
  /// may notice. Arguments: the
  /// conversation, the seq twice, who sent it, who asks twice.
  private static final String READ =
      """
       WHERE m.conversation_id = ? AND m.told_seq >= ? AND m.joined_seq < ?
        AND m.until_seq IS NULL AND m.account_id <> ?
        AND NOT EXISTS (SELECT 1 FROM block b WHERE b.account_id = m.account_id AND b.peer_id = ?)
        AND NOT EXISTS (SELECT 1 FROM block b WHERE b.account_id = ? AND b.peer_id = m.account_id)\
      """;

  /// How an account came to be out of a conversation that it was in.
  Standing ended(Tx tx, ConversationId id, AccountId account) {
    return Standing.of(
        (int)
            tx.number(
                "SELECT ended FROM member WHERE conversation_id = ? AND account_id = ?",
                id.value(),
                account.value()));
  }

  Conversation.Settings settings(Tx tx, Membership membership, AccountId account) {
    Conversation.Settings found =
        tx.first(
            """
            SELECT pinned, silent, hidden_seq FROM member
            WHERE conversation_id = ? AND account_id = ?\
            """,
            row ->
                new Conversation.Settings(
                    row.getInt(1) != 0,
                    row.getInt(2) != 0,
                    row.getLong(3) >= membership.visibleSeq()),
            membership.conversation().value(),
            account.value());
    return found == null ? NONE : found;
  }

  void set(
      Tx tx,
      ConversationId id,
      AccountId account,
      Conversation.Settings settings,
      long hiddenSeq,
      long changed) {
    tx.update(
        """
        UPDATE member SET pinned = ?, silent = ?, hidden_seq = ?, changed = ?
        WHERE conversation_id = ? AND account_id = ?\
        """,
        settings.pinned() ? 1 : 0,
        settings.silent() ? 1 : 0,
        hiddenSeq,
        changed,
        id.value(),
        account.value());
  }

  /// When a line last told that a member came, epoch milliseconds; negative if it has come once
  /// more since, which was not told; 0 for never.
  long cameTold(Tx tx, ConversationId id, AccountId account) {
    return tx.number(
        "SELECT came_told_at FROM member WHERE conversation_id = ? AND account_id = ?",
        id.value(),
        account.value());
  }

  void setCameTold(Tx tx, ConversationId id, AccountId account, long told) {
    tx.update(
        "UPDATE member SET came_told_at = ? WHERE conversation_id = ? AND account_id = ?",
        told,
        id.value(),
        account.value());
  }

  /// How far the other of two is known to have read; with oneself, how far oneself has.
  long peerReadSeq(Tx tx, Membership membership, AccountId account) {
    Target with = membership.with(account);
    AccountId peer = with instanceof Target.User(AccountId id) ? id : account;
    return tx.number(
        "SELECT told_seq FROM member WHERE conversation_id = ? AND account_id = ?",
        membership.conversation().value(),
        peer.value());
  }

  /// Members but its sender who have read a message, in the order of their ids. Whoever joined or
  /// came back after it was sent is none.
  List<AccountId> readers(Tx tx, Message message, AccountId reader, Page.Request page) {
    return tx.list(
        "SELECT m.account_id FROM member m"
            + READ
            + " AND m.account_id > ? ORDER BY m.account_id LIMIT ? OFFSET ?",
        row -> new AccountId(row.getLong(1)),
        message.conversation().value(),
        message.seq(),
        message.seq(),
        message.sender().value(),
        reader.value(),
        reader.value(),
        page.after(-1)[0],
        page.rows(),
        page.offset());
  }

  long readerCount(Tx tx, Message message, AccountId reader) {
    return tx.number(
        "SELECT count(*) FROM member m" + READ,
        message.conversation().value(),
        message.seq(),
        message.seq(),
        message.sender().value(),
        reader.value(),
        reader.value());
  }

  /// Notes that a message is not what it was; the conversation counts as changed.
  void changed(Tx tx, ConversationId id, long seq, long changed) {
    tx.update(
        """
        INSERT INTO message_change (conversation_id, seq, changed) VALUES (?, ?, ?)
        ON CONFLICT (conversation_id, seq) DO UPDATE SET changed = excluded.changed\
        """,
        id.value(),
        seq,
        changed);
    tx.update("UPDATE conversation SET changed = ? WHERE id = ?", changed, id.value());
  }

  /// The newest of what [#changes] tells `reader`.
  long lastChange(Tx tx, ConversationId id, AccountId reader) {
    long all =
        tx.number(
            "SELECT changed FROM message_change WHERE conversation_id = ? ORDER BY changed DESC"
                + " LIMIT 1",
            id.value());
    long own =
        tx.number(
            """
            SELECT changed FROM message_mark WHERE account_id = ? AND conversation_id = ?
            ORDER BY changed DESC LIMIT 1\
            """,
            reader.value(),
            id.value());
    return Math.max(all, own);
  }

  /// Messages that changed for all, or that `reader` marked; oldest change first.
  List<Change> changes(Tx tx, ConversationId id, AccountId reader, long after, int limit) {
    return tx.list(
        """
        SELECT seq, changed FROM message_change WHERE conversation_id = ? AND changed > ?
        UNION ALL
        SELECT seq, changed FROM message_mark
        WHERE account_id = ? AND conversation_id = ? AND changed > ?
        ORDER BY changed LIMIT ?\
        """,
        row -> new Change(row.getLong(1), row.getLong(2)),
        id.value(),
        after,
        reader.value(),
        id.value(),
        after,
        limit);
  }

  /// False if it was there already.
  boolean addReaction(
      Tx tx, ConversationId id, long seq, AccountId account, String symbol, long now) {
    return tx.update(
            """
            INSERT INTO reaction (conversation_id, seq, symbol, account_id, created_at)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (conversation_id, seq, symbol, account_id) DO NOTHING\
            """,
            id.value(),
            seq,
            symbol,
            account.value(),
            now)
        > 0;
  }

  boolean removeReaction(Tx tx, ConversationId id, long seq, AccountId account, String symbol) {
    return tx.update(
            """
            DELETE FROM reaction
            WHERE conversation_id = ? AND seq = ? AND symbol = ? AND account_id = ?\
            """,
            id.value(),
            seq,
            symbol,
            account.value())
        > 0;
  }

  void removeReactions(Tx tx, ConversationId id, long seq) {
    tx.update("DELETE FROM reaction WHERE conversation_id = ? AND seq = ?", id.value(), seq);
  }

  /// The symbols under one message.
  long symbolCount(Tx tx, ConversationId id, long seq, String except) {
    return tx.number(
        """
        SELECT count(DISTINCT symbol) FROM reaction
        WHERE conversation_id = ? AND seq = ? AND symbol <> ?\
        """,
        id.value(),
        seq,
        except);
  }

  /// The messages with the reactions to them. They are of one conversation.
  List<Message> withReactions(Tx tx, List<Message> messages) {
    if (messages.isEmpty()) {
      return messages;
    }
    long low = messages.stream().mapToLong(Message::seq).min().orElseThrow();
    long high = messages.stream().mapToLong(Message::seq).max().orElseThrow();
    Map<Long, Map<String, List<AccountId>>> given = new HashMap<>();
    tx.list(
        """
        SELECT seq, symbol, account_id FROM reaction
        WHERE conversation_id = ? AND seq >= ? AND seq <= ? ORDER BY seq, created_at, account_id\
        """,
        row ->
            given
                .computeIfAbsent(row.getLong(1), seq -> new LinkedHashMap<>())
                .computeIfAbsent(row.getString(2), symbol -> new ArrayList<>())
                .add(new AccountId(row.getLong(3))),
        messages.getFirst().conversation().value(),
        low,
        high);
    return given.isEmpty()
        ? messages
        : messages.stream().map(message -> with(message, given.get(message.seq()))).toList();
  }

  private static Message with(Message message, @Nullable Map<String, List<AccountId>> given) {
    if (given == null) {
      return message;
    }
    List<Reaction> reactions = new ArrayList<>();
    given.forEach(
        (symbol, accounts) ->
            reactions.add(
                new Reaction(
                    symbol,
                    accounts.size(),
                    List.copyOf(
                        accounts.subList(0, Math.min(accounts.size(), Reaction.FIRST_MAX))))));
    return message.with(reactions);
  }
}
