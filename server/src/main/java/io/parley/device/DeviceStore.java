package io.parley.device;

import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import io.parley.base.SessionId;
import io.parley.store.RowMapper;
import io.parley.store.Tx;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The SQL of devices.
final class DeviceStore {
  /// The `push_id` of the row that has the furthest of all devices.
  private static final String ANY = "";

  private static final RowMapper<Device> DEVICE =
      row ->
          new Device(
              row.getString(1),
              new AccountId(row.getLong(2)),
              row.getLong(3),
              row.getLong(4),
              row.getObject(5) == null ? null : row.getInt(5) != 0);
  private static final String COLUMNS =
      "push_id, account_id, notice_acked, notice_since, info_object";

  private static final String STATE =
      """
      SELECT m.conversation_id,
        CASE WHEN coalesce(d.acked_seq, 0) > m.joined_seq
          THEN d.acked_seq ELSE m.joined_seq END AS acked,
        CASE WHEN m.until_seq IS NOT NULL AND m.until_seq < c.last_seq
          THEN m.until_seq ELSE c.last_seq END AS visible,
        c.changed
      FROM member m JOIN conversation c ON c.id = m.conversation_id
      LEFT JOIN device_cursor d ON d.account_id = m.account_id AND d.push_id = ?
        AND d.conversation_id = m.conversation_id
      WHERE m.account_id = ?\
      """;
  private static final String BACKLOG = "SELECT * FROM (" + STATE;
  private static final String STRETCH =
      STATE + " AND m.conversation_id > ? ORDER BY m.conversation_id LIMIT ?";
  private static final RowMapper<Backlog> BACKLOG_ROW =
      row -> new Backlog(new ConversationId(row.getLong(1)), row.getLong(2), row.getLong(3));

  @Nullable Device find(Tx tx, AccountId account, String pushId) {
    return tx.first(
        "SELECT " + COLUMNS + " FROM device WHERE push_id = ? AND account_id = ?",
        DEVICE,
        pushId,
        account.value());
  }

  /// The one bound last in that session.
  @Nullable Device findOf(Tx tx, AccountId account, SessionId session) {
    return tx.first(
        "SELECT "
            + COLUMNS
            + " FROM device WHERE account_id = ? AND session_id = ? ORDER BY bound_at DESC LIMIT 1",
        DEVICE,
        account.value(),
        session.value());
  }

  /// Bound last first.
  List<Device> list(Tx tx, AccountId account) {
    return tx.list(
        "SELECT " + COLUMNS + " FROM device WHERE account_id = ? ORDER BY bound_at DESC, push_id",
        DEVICE,
        account.value());
  }

  void insert(Tx tx, Device device, SessionId session, long now) {
    tx.update(
        """
        INSERT INTO device (push_id, account_id, session_id, notice_acked, notice_since, bound_at)
        VALUES (?, ?, ?, ?, ?, ?)\
        """,
        device.pushId(),
        device.account().value(),
        session.value(),
        device.noticeAcked(),
        device.noticeSince(),
        now);
  }

  void bound(Tx tx, String pushId, SessionId session, long at) {
    tx.update(
        "UPDATE device SET session_id = ?, bound_at = ? WHERE push_id = ?",
        session.value(),
        at,
        pushId);
  }

  void infoObject(Tx tx, String pushId, boolean object) {
    tx.update("UPDATE device SET info_object = ? WHERE push_id = ?", object ? 1 : 0, pushId);
  }

  /// When the device bound last was bound; 0 for none.
  long lastBound(Tx tx, AccountId account) {
    return tx.number("SELECT max(bound_at) FROM device WHERE account_id = ?", account.value());
  }

  void delete(Tx tx, Device device) {
    tx.update("DELETE FROM device WHERE push_id = ?", device.pushId());
    tx.update(
        "DELETE FROM device_cursor WHERE account_id = ? AND push_id = ?",
        device.account().value(),
        device.pushId());
  }

  void ackNotices(Tx tx, String pushId, long changed) {
    tx.update(
        "UPDATE device SET notice_acked = ? WHERE push_id = ? AND notice_acked < ?",
        changed,
        pushId,
        changed);
  }

  /// Moves a device's cursor, and the furthest of all, forward.
  void ack(Tx tx, Device device, ConversationId conversation, long seq) {
    put(tx, device.account(), device.pushId(), conversation, seq);
    put(tx, device.account(), ANY, conversation, seq);
  }

  /// A new device starts where the furthest of the others is.
  void startWhereOthersAre(Tx tx, Device device) {
    tx.update(
        """
        INSERT INTO device_cursor (account_id, push_id, conversation_id, acked_seq)
        SELECT account_id, ?, conversation_id, acked_seq FROM device_cursor
        WHERE account_id = ? AND push_id = ?\
        """,
        device.pushId(),
        device.account().value(),
        ANY);
  }

  /// Where a device starts in one conversation.
  void start(Tx tx, Device device, ConversationId conversation, long seq) {
    put(tx, device.account(), device.pushId(), conversation, seq);
  }

  private static void put(
      Tx tx, AccountId account, String pushId, ConversationId conversation, long seq) {
    tx.update(
        """
        INSERT INTO device_cursor (account_id, push_id, conversation_id, acked_seq)
        VALUES (?, ?, ?, ?)
        ON CONFLICT (account_id, push_id, conversation_id)
        DO UPDATE SET acked_seq = excluded.acked_seq
        WHERE device_cursor.acked_seq < excluded.acked_seq\
        """,
        account.value(),
        pushId,
        conversation.value(),
        seq);
  }

  /// A stretch of the account's conversations, by their ids, and what of them `device` has not
  /// acknowledged.
  BacklogPage backlog(Tx tx, Device device, long after, int conversations) {
    List<Row> rows =
        tx.list(
            STRETCH,
            row -> new Row(BACKLOG_ROW.map(row), row.getLong(4)),
            device.pushId(),
            device.account().value(),
            after,
            conversations);
    return new BacklogPage(
        rows.stream()
            .filter(row -> row.backlog().visibleSeq() > row.backlog().ackedSeq())
            .sorted(Comparator.comparingLong(Row::changed))
            .map(Row::backlog)
            .toList(),
        rows.stream().mapToLong(row -> row.backlog().conversation().value()).max().orElse(after),
        rows.size() == conversations);
  }

  /// `changed`: when the conversation moved last.
  record Row(Backlog backlog, long changed) {}

  /// What no device of the account has acknowledged, the conversation that moved last first.
  List<Row> backlogOfAll(Tx tx, AccountId account) {
    return tx.list(
        BACKLOG + ") AS mine WHERE visible > acked ORDER BY changed DESC",
        row -> new Row(BACKLOG_ROW.map(row), row.getLong(4)),
        ANY,
        account.value());
  }

  /// Null where `device` has acknowledged all.
  @Nullable Backlog backlog(Tx tx, Device device, ConversationId conversation) {
    return tx.first(
        BACKLOG + " AND m.conversation_id = ?) AS mine WHERE visible > acked",
        BACKLOG_ROW,
        device.pushId(),
        device.account().value(),
        conversation.value());
  }

  /// The ids and seqs of the newest `limit` messages of others in (afterSeq, uptoSeq], newest
  /// first.
  List<long[]> newestOfOthers(Tx tx, AccountId account, Backlog backlog, int limit) {
    return tx.list(
        """
        SELECT id, seq FROM message
        WHERE conversation_id = ? AND seq > ? AND seq <= ? AND sender_id <> ?
        ORDER BY seq DESC LIMIT ?\
        """,
        row -> new long[] {row.getLong(1), row.getLong(2)},
        backlog.conversation().value(),
        backlog.ackedSeq(),
        backlog.visibleSeq(),
        account.value(),
        limit);
  }

  List<Notice> requests(Tx tx, AccountId account, long after, int limit) {
    return notices(
        tx,
        Notice.Kind.FRIEND_REQUEST,
        """
        SELECT changed, from_id, NULL, note, created_at FROM friend_request
        WHERE to_id = ? AND changed > ? ORDER BY changed LIMIT ?\
        """,
        account.value(),
        after,
        limit);
  }

  List<Notice> friends(Tx tx, AccountId account, long after, int limit) {
    return notices(
        tx,
        Notice.Kind.NEW_FRIEND,
        """
        SELECT changed, peer_id, NULL, '', created_at FROM friend
        WHERE account_id = ? AND changed > ? ORDER BY changed LIMIT ?\
        """,
        account.value(),
        after,
        limit);
  }

  List<Notice> invitations(Tx tx, AccountId account, long after, int limit) {
    return notices(
        tx,
        Notice.Kind.INVITATION,
        """
        SELECT i.changed, i.inviter_id, g.id, g.name, i.created_at
        FROM open_invitation i JOIN chat_group g ON g.id = i.group_id
        WHERE i.account_id = ? AND i.changed > ? ORDER BY i.changed LIMIT ?\
        """,
        account.value(),
        after,
        limit);
  }

  List<Notice> announcements(Tx tx, AccountId account, long after, int limit) {
    return notices(
        tx,
        Notice.Kind.ANNOUNCEMENT,
        """
        SELECT g.announcement_changed, g.owner_id, g.id, g.announcement, g.announced_at
        FROM member m JOIN chat_group g ON g.id = m.conversation_id
        WHERE m.account_id = ? AND m.until_seq IS NULL AND g.deleted_at IS NULL
          AND g.announcement <> '' AND g.announcement_changed > ?
        ORDER BY g.announcement_changed LIMIT ?\
        """,
        account.value(),
        after,
        limit);
  }

  /// Notices of one kind. `sql` selects the number that they are ordered by, the account, the group
  /// or NULL, the text and the time.
  private static List<Notice> notices(Tx tx, Notice.Kind kind, String sql, Object... args) {
    return tx.list(
        sql,
        row ->
            new Notice(
                kind,
                row.getLong(1),
                new AccountId(row.getLong(2)),
                row.getObject(3) == null ? null : new ConversationId(row.getLong(3)),
                row.getString(4),
                row.getLong(5)),
        args);
  }
}
