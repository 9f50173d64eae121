package io.parley.messaging;

import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import io.parley.base.MessageId;
import io.parley.store.Budget;
import io.parley.store.RowMapper;
import io.parley.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The SQL of messages. For the layout and what it was measured against see
/// docs/adr/0003-message-layout.md.
final class MessageStore {
  private static final int COUNTED_AT_ONCE = 10_000;

  /// In `recalled`, where 0 is "not": by its sender, or nobody knows; any other number is the
  /// account that took it back. No account has this id.
  private static final long BY_SENDER = 1;

  private static final String COLUMNS =
      "id, conversation_id, seq, sender_id, client_message_id, kind, body, mentions, created_at,"
          + " recalled, origin, edited_at, reply_seq";

  /// Only what is compared: of other kinds, and of what is stored folded, no body.
  private static final String TEXTS =
      """
      SELECT id, seq, kind,
        CASE WHEN recalled = 0 AND kind IN (%d, %d, %d, %d) AND (folded IS NULL OR folded = ?)
          THEN body END,
        folded
      FROM message WHERE conversation_id = ? AND seq < ? ORDER BY seq DESC\
      """
          .formatted(
              Content.Text.KIND,
              Content.File.KIND,
              Content.Location.KIND,
              Content.GroupLine.ANNOUNCED_KIND);

  private static final String OTHERS =
      """
      SELECT count(*), count(CASE WHEN ',' || mentions || ',' LIKE ? THEN 1 END) FROM message
      WHERE conversation_id = ? AND seq > ? AND seq <= ? AND sender_id <> ? AND kind <> ?\
      """;

  /// Of those, the ones that the account took away from itself.
  private static final String HIDDEN =
      """
       AND seq IN (SELECT k.seq FROM message_mark k WHERE k.account_id = ?
        AND k.conversation_id = ? AND k.seq > ? AND k.seq <= ? AND k.hidden = 1)\
      """;

  /// A message as it is stored. `folded`: see [Searched#column].
  record Row(Message message, Content content, @Nullable String folded) {}

  void insert(Tx tx, List<Row> rows) {
    tx.updateAll(
        "INSERT INTO message ("
            + COLUMNS
            + ", folded) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows.stream().map(MessageStore::values).toList());
  }

  private static @Nullable Object[] values(Row row) {
    Message message = row.message();
    return new @Nullable Object[] {
      message.id().value(),
      message.conversation().value(),
      message.seq(),
      message.sender().value(),
      message.clientMessageId().isEmpty() ? null : message.clientMessageId(),
      message.kind(),
      ContentCodec.body(row.content()),
      mentions(message.mentions()),
      message.createdAt(),
      0,
      message.origin(),
      null,
      message.replyTo() == 0 ? null : message.replyTo(),
      row.folded()
    };
  }

  /// What [#texts] is told.
  interface TextVisitor {
    /// Whether the next one is wanted.
    boolean visit(Searched.Stored text);
  }

  /// What the messages below `beforeSeq` say, the newest first, recalled ones and kinds that say
  /// nothing included, until `visitor` wants no more.
  void texts(Tx tx, ConversationId id, long beforeSeq, TextVisitor visitor) {
    tx.each(
        TEXTS,
        row ->
            visitor.visit(
                new Searched.Stored(
                    row.getLong(1),
                    row.getLong(2),
                    row.getInt(3),
                    row.getString(4),
                    row.getString(5))),
        Searched.UNFOLDED,
        id.value(),
        beforeSeq);
  }

  /// Notes the folded form of a message that had none.
  void fold(Tx tx, long id, String folded) {
    tx.update(
        "UPDATE message SET folded = ? WHERE id = ? AND folded = ?", folded, id, Searched.UNFOLDED);
  }

  /// Tells `found` what was stored under those of `keys` that were used.
  void findSent(Tx tx, List<Sending.SentKey> keys, BiConsumer<Sending.SentKey, Posted> found) {
    if (keys.isEmpty()) {
      return;
    }
    tx.listAmong(
        """
        WITH wanted(sender_id, client_message_id) AS (:keys)
        SELECT m.sender_id, m.client_message_id, m.id, m.conversation_id, m.seq, m.created_at
        FROM wanted w JOIN message m ON m.sender_id = w.sender_id
          AND m.client_message_id = w.client_message_id
        WHERE m.client_message_id IS NOT NULL\
        """,
        row -> {
          found.accept(
              new Sending.SentKey(new AccountId(row.getLong(1)), row.getString(2)),
              new Posted(
                  new MessageId(row.getLong(3)),
                  new ConversationId(row.getLong(4)),
                  row.getLong(5),
                  row.getLong(6)));
          return true;
        },
        keys.stream()
            .map(key -> new Object[] {key.sender().value(), key.clientMessageId()})
            .toList());
  }

  /// Where a message is.
  record Stored(MessageId id, ConversationId conversation) {}

  /// The oldest `limit` with ids above `above`, ascending.
  ///
  /// @param node of the node with this number; negative for those of all but the node `-node - 1`
  List<Stored> storedAfter(Tx tx, long above, int node, int limit) {
    boolean one = node >= 0;
    return tx.list(
        "SELECT id, conversation_id FROM message WHERE id > ? AND ((id >> 12) & 1023) "
            + (one ? "=" : "<>")
            + " ? ORDER BY id LIMIT ?",
        row -> new Stored(new MessageId(row.getLong(1)), new ConversationId(row.getLong(2))),
        above,
        one ? node : -node - 1,
        limit);
  }

  @Nullable ConversationId conversationOf(Tx tx, MessageId id) {
    return tx.first(
        "SELECT conversation_id FROM message WHERE id = ?",
        row -> new ConversationId(row.getLong(1)),
        id.value());
  }

  @Nullable Message find(Tx tx, MessageId id, Membership membership) {
    return tx.first(
        "SELECT " + COLUMNS + " FROM message WHERE id = ?", mapper(membership), id.value());
  }

  @Nullable Message at(Tx tx, long seq, Membership membership) {
    return tx.first(
        "SELECT " + COLUMNS + " FROM message WHERE conversation_id = ? AND seq = ?",
        mapper(membership),
        membership.conversation().value(),
        seq);
  }

  /// The newest that the member may read and has not taken away from itself.
  @Nullable Message last(Tx tx, Membership membership, AccountId reader) {
    return tx.first(
        "SELECT "
            + COLUMNS
            + """
             FROM message WHERE conversation_id = ? AND seq <= ? AND NOT EXISTS (
              SELECT 1 FROM message_mark k WHERE k.account_id = ? AND k.hidden = 1
                AND k.conversation_id = message.conversation_id AND k.seq = message.seq)
            ORDER BY seq DESC LIMIT 1\
            """,
        mapper(membership),
        membership.conversation().value(),
        membership.visibleSeq(),
        reader.value());
  }

  /// Ascending: the oldest `limit` with afterSeq < seq < beforeSeq.
  List<Message> oldest(Tx tx, Membership membership, long afterSeq, long beforeSeq, int limit) {
    return tx.list(
        "SELECT "
            + COLUMNS
            + " FROM message WHERE conversation_id = ? AND seq > ? AND seq < ? ORDER BY seq LIMIT"
            + " ?",
        mapper(membership),
        membership.conversation().value(),
        afterSeq,
        beforeSeq,
        limit);
  }

  /// Ascending: the newest `limit` with seq < beforeSeq.
  List<Message> newest(Tx tx, Membership membership, long beforeSeq, int limit) {
    return tx.list(
            "SELECT "
                + COLUMNS
                + " FROM message WHERE conversation_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?",
            mapper(membership),
            membership.conversation().value(),
            beforeSeq,
            limit)
        .reversed();
  }

  /// What a member has not read yet.
  ///
  /// @param messages of others, without the lines that are unread for nobody
  /// @param mentions those of them that name the member
  /// @param exact whether all were looked at; the older ones count as others' if not
  record Unread(long messages, long mentions, boolean exact) {}

  /// Counts from the newest down, as far as `budget` lasts.
  Unread unread(Tx tx, Membership membership, AccountId account, Budget budget) {
    long messages = 0;
    long mentions = 0;
    long high = membership.visibleSeq();
    boolean lasts = true;
    while (high > membership.readSeq() && lasts) {
      long low = Math.max(membership.readSeq(), high - COUNTED_AT_ONCE);
      long[] found = others(tx, membership.conversation(), low, high, account);
      messages += found[0];
      mentions += found[1];
      lasts = budget.spend(Budget.ROW * (high - low));
      high = low;
    }
    long left = Math.max(0, high - membership.readSeq());
    return new Unread(messages + left, mentions, left == 0);
  }

  private static long[] others(Tx tx, ConversationId id, long low, long high, AccountId account) {
    long[] all = counted(tx, OTHERS, id, low, high, account);
    long[] hidden = counted(tx, OTHERS + HIDDEN, id, low, high, account);
    return new long[] {all[0] - hidden[0], all[1] - hidden[1]};
  }

  private static long[] counted(
      Tx tx, String sql, ConversationId id, long low, long high, AccountId account) {
    long[] counts = new long[2];
    List<Object> arguments =
        new ArrayList<>(List.of("%," + account + ",%", id.value(), low, high, account.value()));
    arguments.add(Content.GroupLine.KIND);
    if (!sql.equals(OTHERS)) {
      arguments.addAll(List.of(account.value(), id.value(), low, high));
    }
    tx.first(
        sql,
        row -> {
          counts[0] = row.getLong(1);
          counts[1] = row.getLong(2);
          return counts;
        },
        arguments.toArray());
    return counts;
  }

  /// `folded`: see [Searched#column].
  void edit(
      Tx tx, MessageId id, Content content, @Nullable String folded, @Nullable Long editedAt) {
    tx.update(
        "UPDATE message SET body = ?, folded = ?, edited_at = ? WHERE id = ?",
        ContentCodec.body(content),
        folded,
        editedAt,
        id.value());
  }

  /// @param by null for its sender
  void recall(Tx tx, MessageId id, @Nullable AccountId by) {
    tx.update(
        "UPDATE message SET body = '', folded = NULL, mentions = NULL, reply_seq = NULL, recalled ="
            + " ? WHERE id = ?",
        by == null ? BY_SENDER : by.value(),
        id.value());
  }

  private static @Nullable String mentions(List<AccountId> mentions) {
    return mentions.isEmpty()
        ? null
        : mentions.stream().map(AccountId::toString).collect(Collectors.joining(","));
  }

  private static RowMapper<Message> mapper(Membership membership) {
    return row -> {
      AccountId sender = new AccountId(row.getLong(4));
      String client = row.getString(5);
      int kind = row.getInt(6);
      long recalled = row.getLong(10);
      return new Message(
          new MessageId(row.getLong(1)),
          new ConversationId(row.getLong(2)),
          row.getLong(3),
          sender,
          membership.with(sender),
          mentioned(row),
          kind,
          recalled == 0 ? ContentCodec.content(kind, row.getString(7)) : null,
          recalled > BY_SENDER ? new AccountId(recalled) : null,
          row.getLong(9),
          client == null ? "" : client,
          row.getLong(13),
          row.getString(11),
          editedAt(row),
          List.of(),
          0,
          Message.Mark.NONE);
    };
  }

  private static @Nullable Long editedAt(ResultSet row) throws SQLException {
    long at = row.getLong(12);
    return at == 0 ? null : Long.valueOf(at);
  }

  private static List<AccountId> mentioned(ResultSet row) throws SQLException {
    String mentions = row.getString(8);
    return mentions == null
        ? List.of()
        : Arrays.stream(mentions.split(",")).map(id -> new AccountId(Long.parseLong(id))).toList();
  }
}
