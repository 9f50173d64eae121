package io.parley.group;

import io.parley.account.Names;
import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import io.parley.base.Folding;
import io.parley.base.Page;
import io.parley.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The SQL of groups and of requests to join them.
final class GroupStore {
  /// A request as it is stored.
  record RequestRow(AccountId account, String note, long at) {}

  private static final String COLUMNS =
      "id, name, introduction, avatar_url, extra, owner_id, join_policy, announcement,"
          + " announced_at, created_at, updated_at";

  /// Names read for one search by pages, so that its time does not grow with the number of groups.
  static final int SCANNED_MAX = 50_000;

  /// Names found by their beginning in one search.
  static final int BEGUN_MAX = 10_000;

  /// Groups that one step of a search looks at.
  static final int STEP = 20_000;

  /// Closed groups are found by nobody.
  private static final String OPEN = " WHERE deleted_at IS NULL AND join_policy <> 'CLOSED'";

  private static final String FOUND =
      """
       FROM chat_group%s AND id IN (
        SELECT id FROM (SELECT id, search_name FROM chat_group ORDER BY id DESC LIMIT %d) AS newest
          WHERE search_name LIKE ? ESCAPE '!'
        UNION
        SELECT id FROM (SELECT id FROM chat_group WHERE search_name >= ? AND search_name < ?
          ORDER BY search_name LIMIT %d) AS begun)\
      """
          .formatted(OPEN, SCANNED_MAX, BEGUN_MAX);

  void insert(Tx tx, Group group) {
    tx.update(
        """
        INSERT INTO chat_group (id, name, search_name, introduction, avatar_url, extra, owner_id,
          join_policy, announcement, created_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        group.id().value(),
        group.name(),
        Folding.fold(group.name()),
        group.introduction(),
        group.avatarUrl(),
        group.extra(),
        group.owner().value(),
        group.joinPolicy().name(),
        group.announcement(),
        group.createdAt(),
        group.updatedAt());
  }

  /// A group that exists; null where there is none or it was dissolved.
  @Nullable Group find(Tx tx, ConversationId id) {
    return tx.first(
        "SELECT " + COLUMNS + " FROM chat_group WHERE id = ? AND deleted_at IS NULL",
        GroupStore::map,
        id.value());
  }

  /// What a group was called that was dissolved; null for others.
  @Nullable String formerName(Tx tx, ConversationId id) {
    return tx.first(
        "SELECT name FROM chat_group WHERE id = ? AND deleted_at IS NOT NULL",
        row -> row.getString(1),
        id.value());
  }

  /// Groups by name, newest first: those that contain `keyword` among the newest [#SCANNED_MAX],
  /// and of all the first [#BEGUN_MAX] that begin with it.
  List<Group> search(Tx tx, String keyword, long limit, long offset) {
    return tx.list(
        "SELECT " + COLUMNS + FOUND + " ORDER BY id DESC LIMIT ? OFFSET ?",
        GroupStore::map,
        Names.matching(keyword, limit, offset));
  }

  /// How many [#search] finds in all.
  long searchCount(Tx tx, String keyword) {
    return tx.number("SELECT count(*)" + FOUND, Names.matching(keyword));
  }

  /// Groups that are not closed, with an id below `below` and not below `floor`, newest first.
  List<Group> open(Tx tx, String keyword, long below, long floor, int limit) {
    return tx.list(
        "SELECT "
            + COLUMNS
            + " FROM chat_group"
            + OPEN
            + " AND id < ? AND id >= ? AND search_name LIKE ? ESCAPE '!' ORDER BY id DESC LIMIT ?",
        GroupStore::map,
        below,
        floor,
        Names.pattern(keyword),
        limit);
  }

  /// The lowest of the newest [#STEP] ids below `below`; 0 if there are not that many.
  long stepBelow(Tx tx, long below) {
    return tx.number(
        "SELECT id FROM chat_group WHERE id < ? ORDER BY id DESC LIMIT 1 OFFSET ?",
        below,
        STEP - 1);
  }

  void update(Tx tx, Group group) {
    tx.update(
        """
        UPDATE chat_group SET name = ?, search_name = ?, introduction = ?, avatar_url = ?,
          owner_id = ?, join_policy = ?, announcement = ?, announced_at = ?, updated_at = ?
        WHERE id = ?\
        """,
        group.name(),
        Folding.fold(group.name()),
        group.introduction(),
        group.avatarUrl(),
        group.owner().value(),
        group.joinPolicy().name(),
        group.announcement(),
        group.announcedAt(),
        group.updatedAt(),
        group.id().value());
  }

  /// Groups with an id below `below` and not below `floor`, newest first, closed ones too.
  List<Group> listForOperators(Tx tx, String keyword, long below, long floor, int limit) {
    String stripped = keyword.strip();
    long id = stripped.matches("\\d{1,18}") ? Long.parseLong(stripped) : 0;
    return tx.list(
        "SELECT "
            + COLUMNS
            + " FROM chat_group WHERE deleted_at IS NULL AND id < ? AND id >= ?"
            + " AND (id = ? OR search_name LIKE ? ESCAPE '!') ORDER BY id DESC LIMIT ?",
        GroupStore::map,
        below,
        floor,
        id,
        Names.pattern(keyword),
        limit);
  }

  /// Groups with an id above `above`, oldest first.
  List<Group> after(Tx tx, long above, int limit) {
    return tx.list(
        "SELECT "
            + COLUMNS
            + " FROM chat_group WHERE deleted_at IS NULL AND id > ? ORDER BY id LIMIT ?",
        GroupStore::map,
        above,
        limit);
  }

  /// `changed`: see the table.
  void announced(Tx tx, ConversationId id, long changed) {
    tx.update("UPDATE chat_group SET announcement_changed = ? WHERE id = ?", changed, id.value());
  }

  void delete(Tx tx, ConversationId id, long now) {
    tx.update("UPDATE chat_group SET deleted_at = ? WHERE id = ?", now, id.value());
    tx.update("DELETE FROM group_request WHERE group_id = ?", id.value());
  }

  /// Asking again replaces the note.
  void putRequest(Tx tx, ConversationId id, AccountId account, String note, long now) {
    tx.update(
        """
        INSERT INTO group_request (group_id, account_id, note, created_at) VALUES (?, ?, ?, ?)
        ON CONFLICT (group_id, account_id) DO UPDATE SET note = excluded.note\
        """,
        id.value(),
        account.value(),
        note,
        now);
  }

  boolean deleteRequest(Tx tx, ConversationId id, AccountId account) {
    return tx.update(
            "DELETE FROM group_request WHERE group_id = ? AND account_id = ?",
            id.value(),
            account.value())
        > 0;
  }

  boolean hasRequest(Tx tx, ConversationId id, AccountId account) {
    return tx.number(
            "SELECT count(*) FROM group_request WHERE group_id = ? AND account_id = ?",
            id.value(),
            account.value())
        > 0;
  }

  long requestCount(Tx tx, ConversationId id) {
    return tx.number("SELECT count(*) FROM group_request WHERE group_id = ?", id.value());
  }

  /// Oldest first.
  List<RequestRow> requests(Tx tx, ConversationId id, Page.Request page) {
    long[] after = page.after(-1, -1);
    return tx.list(
        """
        SELECT account_id, note, created_at FROM group_request
        WHERE group_id = ? AND (created_at, account_id) > (?, ?)
        ORDER BY created_at, account_id LIMIT ? OFFSET ?\
        """,
        row -> new RequestRow(new AccountId(row.getLong(1)), row.getString(2), row.getLong(3)),
        id.value(),
        after[0],
        after[1],
        page.rows(),
        page.offset());
  }

  private static Group map(ResultSet row) throws SQLException {
    long announcedAt = row.getLong(9);
    return new Group(
        new ConversationId(row.getLong(1)),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        new AccountId(row.getLong(6)),
        Group.JoinPolicy.valueOf(row.getString(7)),
        row.getString(8),
        announcedAt == 0 ? null : Long.valueOf(announcedAt),
        row.getLong(10),
        row.getLong(11));
  }
}
