package io.parley.messaging;

import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import io.parley.base.Page;
import io.parley.bus.Audience;
import io.parley.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The SQL of conversations and their members.
final class ConversationStore {
  /// A group's conversation.
  void insert(Tx tx, ConversationId id, long now) {
    insert(tx, id, null, null, 0, now);
  }

  /// `closed`: see the table.
  void insert(
      Tx tx,
      ConversationId id,
      @Nullable AccountId low,
      @Nullable AccountId high,
      int closed,
      long now) {
    tx.update(
        """
        INSERT INTO conversation (id, low_id, high_id, last_seq, closed, changed, updated_at)
        VALUES (?, ?, ?, 0, ?, ?, ?)\
        """,
        id.value(),
        low == null ? null : low.value(),
        high == null ? null : high.value(),
        closed,
        id.value(),
        now);
  }

  /// Adds a member, or brings a removed one back. `readSeq`: where its unread count starts.
  void putMember(Tx tx, Membership membership, AccountId account, long changed, long now) {
    tx.update(
        """
        INSERT INTO member (conversation_id, account_id, role, read_seq, until_seq, changed, joined_at,
          joined_seq, told_seq)
        VALUES (?, ?, ?, ?, NULL, ?, ?, ?, ?)
        ON CONFLICT (conversation_id, account_id)
        DO UPDATE SET role = excluded.role, read_seq = excluded.read_seq, until_seq = NULL,
          changed = excluded.changed, joined_at = excluded.joined_at,
          joined_seq = excluded.joined_seq, told_seq = excluded.told_seq\
        """,
        membership.conversation().value(),
        account.value(),
        membership.role().code(),
        membership.readSeq(),
        changed,
        now,
        membership.readSeq(),
        membership.readSeq());
  }

  @Nullable ConversationId findPair(Tx tx, AccountId low, AccountId high) {
    return tx.first(
        "SELECT id FROM conversation WHERE low_id = ? AND high_id = ?",
        row -> new ConversationId(row.getLong(1)),
        low.value(),
        high.value());
  }

  @Nullable Membership membership(Tx tx, ConversationId id, AccountId account) {
    Seat seat = new Seat(id, account);
    return memberships(tx, List.of(seat)).get(seat);
  }

  /// The places of present and former members, of those of `seats` that there are.
  Map<Seat, Membership> memberships(Tx tx, List<Seat> seats) {
    Map<Seat, Membership> found = new HashMap<>();
    if (seats.isEmpty()) {
      return found;
    }
    tx.listAmong(
        """
        WITH wanted(conversation_id, account_id) AS (:keys)
        SELECT m.conversation_id, c.low_id, c.high_id, c.last_seq, m.role, m.read_seq, m.until_seq,
          m.muted_until, m.account_id
        FROM wanted w
        JOIN member m ON m.conversation_id = w.conversation_id AND m.account_id = w.account_id
        JOIN conversation c ON c.id = m.conversation_id\
        """,
        row -> {
          Membership membership = membership(row, row.getLong(8));
          return found.put(
              new Seat(membership.conversation(), new AccountId(row.getLong(9))), membership);
        },
        seats.stream()
            .map(seat -> new Object[] {seat.conversation().value(), seat.account().value()})
            .toList());
    return found;
  }

  /// The conversation as nobody in particular sees it; null where there is none.
  @Nullable Membership place(Tx tx, ConversationId id) {
    return tx.first(
        "SELECT low_id, high_id, last_seq FROM conversation WHERE id = ?",
        row ->
            new Membership(
                id, account(row, 1), account(row, 2), row.getLong(3), Role.MEMBER, 0, null, 0),
        id.value());
  }

  /// Null where there is no such conversation.
  @Nullable Long lastSeq(Tx tx, ConversationId id) {
    return tx.first(
        "SELECT last_seq FROM conversation WHERE id = ?", row -> row.getLong(1), id.value());
  }

  /// Whether anybody may know that there is such a conversation.
  boolean isDisclosed(Tx tx, ConversationId id) {
    return tx.number("SELECT count(*) FROM conversation WHERE id = ? AND secret = 0", id.value())
        > 0;
  }

  void setSecret(Tx tx, ConversationId id, boolean secret) {
    tx.update("UPDATE conversation SET secret = ? WHERE id = ?", secret ? 1 : 0, id.value());
  }

  /// Those of `ids` that there are. Nobody else changes them until the transaction ends, so seqs
  /// commit in order without gaps.
  ///
  /// @param ids ascending, so that two who hold several do not wait for each other
  List<Head> hold(Tx tx, Collection<Long> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    return tx.listAmong(
        "SELECT id, low_id, high_id, last_seq, closed, secret, members_changed, asker_id, changed"
            + " FROM conversation WHERE id IN (:keys) ORDER BY id"
            + tx.held(),
        row -> {
          AccountId low = account(row, 2);
          AccountId high = account(row, 3);
          return new Head(
              new ConversationId(row.getLong(1)),
              low == null || high == null
                  ? new Audience.Members(row.getLong(7))
                  : new Audience.Pair(low, high),
              row.getLong(4),
              row.getInt(5),
              row.getInt(6) != 0,
              account(row, 8),
              row.getLong(9),
              0);
        },
        ids.stream().map(id -> new Object[] {id}).toList());
  }

  /// Writes how far `heads` have moved.
  void move(Tx tx, List<Head> heads) {
    tx.updateAll(
        "UPDATE conversation SET last_seq = ?, changed = ?, updated_at = ? WHERE id = ?",
        heads.stream()
            .map(
                head ->
                    new @Nullable Object[] {
                      head.lastSeq(), head.changed(), head.updatedAt(), head.id().value()
                    })
            .toList());
  }

  /// Who is in it changed.
  void membersChanged(Tx tx, ConversationId id, long change) {
    tx.update("UPDATE conversation SET members_changed = ? WHERE id = ?", change, id.value());
  }

  long membersChanged(Tx tx, ConversationId id) {
    return tx.number("SELECT members_changed FROM conversation WHERE id = ?", id.value());
  }

  void touch(Tx tx, ConversationId id, long changed) {
    tx.update("UPDATE conversation SET changed = ? WHERE id = ?", changed, id.value());
  }

  /// A member that is there no more reads up to the newest message of now.
  void removeMember(Tx tx, ConversationId id, AccountId account, Standing ended, long changed) {
    tx.update(
        """
        UPDATE member SET role = 0, muted_until = 0, ended = ?, changed = ?,
          until_seq = (SELECT last_seq FROM conversation WHERE id = member.conversation_id)
        WHERE conversation_id = ? AND account_id = ? AND until_seq IS NULL\
        """,
        ended.code(),
        changed,
        id.value(),
        account.value());
  }

  /// The same for all of them, whose group is dissolved.
  void removeMembers(Tx tx, ConversationId id, long changed) {
    tx.update(
        """
        UPDATE member SET role = 0, muted_until = 0, ended = ?, changed = ?,
          until_seq = (SELECT last_seq FROM conversation WHERE id = member.conversation_id)
        WHERE conversation_id = ? AND until_seq IS NULL\
        """,
        Standing.DISSOLVED.code(),
        changed,
        id.value());
  }

  void setRole(Tx tx, ConversationId id, AccountId account, Role role) {
    tx.update(
        "UPDATE member SET role = ? WHERE conversation_id = ? AND account_id = ?",
        role.code(),
        id.value(),
        account.value());
  }

  void setMuted(Tx tx, ConversationId id, AccountId account, long until) {
    tx.update(
        "UPDATE member SET muted_until = ? WHERE conversation_id = ? AND account_id = ?",
        until,
        id.value(),
        account.value());
  }

  void setClosed(Tx tx, ConversationId id, boolean closed) {
    tx.update("UPDATE conversation SET closed = ? WHERE id = ?", closed ? 1 : 0, id.value());
  }

  boolean closed(Tx tx, ConversationId id) {
    return tx.number("SELECT closed FROM conversation WHERE id = ?", id.value()) != 0;
  }

  /// Present members: the owner, then admins, then by the order in which they came.
  List<Member> memberPage(Tx tx, ConversationId id, Page.Request page) {
    long[] after = page.after(-1, -1, -1);
    return tx.list(
        """
        SELECT account_id, role, muted_until, joined_at FROM member
        WHERE conversation_id = ? AND until_seq IS NULL
          AND (2 - role, joined_at, account_id) > (?, ?, ?)
        ORDER BY role DESC, joined_at, account_id LIMIT ? OFFSET ?\
        """,
        row ->
            new Member(
                new AccountId(row.getLong(1)),
                Role.of(row.getInt(2)),
                row.getLong(3),
                row.getLong(4)),
        id.value(),
        after[0],
        after[1],
        after[2],
        page.rows(),
        page.offset());
  }

  /// The groups that an account is in, latest joined first.
  List<Members.Joined> groupPage(Tx tx, AccountId account, Page.Request page) {
    long[] after = page.after(Long.MAX_VALUE, Long.MAX_VALUE);
    return tx.list(
        """
        SELECT m.conversation_id, m.joined_at FROM member m
        JOIN conversation c ON c.id = m.conversation_id
        WHERE m.account_id = ? AND m.until_seq IS NULL AND c.low_id IS NULL
          AND (m.joined_at, m.conversation_id) < (?, ?)
        ORDER BY m.joined_at DESC, m.conversation_id DESC LIMIT ? OFFSET ?\
        """,
        row -> new Members.Joined(new ConversationId(row.getLong(1)), row.getLong(2)),
        account.value(),
        after[0],
        after[1],
        page.rows(),
        page.offset());
  }

  void setRead(Tx tx, ConversationId id, AccountId account, long seq, long changed) {
    tx.update(
        "UPDATE member SET read_seq = ?, changed = ? WHERE conversation_id = ? AND account_id = ?",
        seq,
        changed,
        id.value(),
        account.value());
  }

  void setTold(Tx tx, ConversationId id, AccountId account, long seq) {
    tx.update(
        "UPDATE member SET told_seq = ? WHERE conversation_id = ? AND account_id = ?",
        seq,
        id.value(),
        account.value());
  }

  List<AccountId> members(Tx tx, ConversationId id) {
    return tx.list(
        "SELECT account_id FROM member WHERE conversation_id = ? AND until_seq IS NULL",
        row -> new AccountId(row.getLong(1)),
        id.value());
  }

  /// The owner and admins.
  List<AccountId> leaders(Tx tx, ConversationId id) {
    return tx.list(
        "SELECT account_id FROM member WHERE conversation_id = ? AND until_seq IS NULL AND role >"
            + " 0",
        row -> new AccountId(row.getLong(1)),
        id.value());
  }

  long memberCount(Tx tx, ConversationId id) {
    return tx.number(
        "SELECT count(*) FROM member WHERE conversation_id = ? AND until_seq IS NULL", id.value());
  }

  /// Groups that the account is in.
  long groupCount(Tx tx, AccountId account) {
    return tx.number(
        """
        SELECT count(*) FROM member m JOIN conversation c ON c.id = m.conversation_id
        WHERE m.account_id = ? AND m.until_seq IS NULL AND c.low_id IS NULL\
        """,
        account.value());
  }

  /// From columns 1 … 7: conversation, its two ends, its last seq, role, what is read, until when.
  static Membership membership(ResultSet row, long mutedUntilMs) throws SQLException {
    return new Membership(
        new ConversationId(row.getLong(1)),
        account(row, 2),
        account(row, 3),
        row.getLong(4),
        Role.of(row.getInt(5)),
        row.getLong(6),
        nullableLong(row, 7),
        mutedUntilMs);
  }

  static @Nullable AccountId account(ResultSet row, int column) throws SQLException {
    long id = row.getLong(column);
    return id == 0 ? null : new AccountId(id);
  }

  private static @Nullable Long nullableLong(ResultSet row, int column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : Long.valueOf(value);
  }
}
