package io.parley.leaving;

import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import io.parley.store.Tx;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The SQL of accounts that go: who they are, what there is of them, and deleting what only they
/// saw.
final class ErasureStore {
  /// What is of no use to anybody else, a bounded part at a time: `?` is the account.
  private static final List<String> REST =
      List.of(
          "DELETE FROM privacy WHERE account_id = ?",
          "DELETE FROM last_seen WHERE account_id = ?",
          "DELETE FROM device WHERE account_id = ?",
          "DELETE FROM device_cursor WHERE account_id = ?",
          "DELETE FROM timeline WHERE account_id = ?",
          "DELETE FROM timeline_head WHERE account_id = ?",
          "DELETE FROM post_seen WHERE account_id = ?",
          "DELETE FROM activity WHERE account_id = ?",
          "DELETE FROM activity_seen WHERE account_id = ?",
          "DELETE FROM block WHERE account_id = ?",
          "DELETE FROM friend_request WHERE to_id = ?",
          "DELETE FROM friend_request WHERE from_id = ?",
          "DELETE FROM group_invitation WHERE account_id = ?",
          "DELETE FROM group_invitation WHERE inviter_id = ?",
          "DELETE FROM group_request WHERE account_id = ?",
          "DELETE FROM invite WHERE maker_id = ?",
          "DELETE FROM invite_use WHERE account_id = ?",
          """
          DELETE FROM message_mark WHERE account_id = ?1 AND conversation_id =
            (SELECT min(conversation_id) FROM message_mark WHERE account_id = ?1)\
          """,
          """
          DELETE FROM block WHERE peer_id = ?1 AND account_id IN
            (SELECT account_id FROM block WHERE peer_id = ?1 LIMIT 500)\
          """,
          """
          DELETE FROM follow WHERE followee_id = ?1 AND follower_id IN
            (SELECT follower_id FROM follow WHERE followee_id = ?1 LIMIT 500)\
          """,
          """
          DELETE FROM post_media WHERE post_id IN (SELECT m.post_id FROM post p
            JOIN post_media m ON m.post_id = p.id WHERE p.author_id = ?1 LIMIT 500)\
          """,
          """
          UPDATE post SET content = '' WHERE id IN
            (SELECT id FROM post WHERE author_id = ?1 AND content <> '' LIMIT 500)\
          """,
          """
          UPDATE post_comment SET content = '' WHERE id IN
            (SELECT id FROM post_comment WHERE author_id = ?1 AND content <> '' LIMIT 500)\
          """,
          """
          DELETE FROM media WHERE id IN (SELECT m.id FROM media m WHERE m.account_id = ?1
            AND NOT EXISTS (SELECT 1 FROM media_share s WHERE s.name = m.name) LIMIT 500)\
          """);

  void insert(Tx tx, AccountId id, long now) {
    tx.update(
        """
        INSERT INTO erasure (account_id, begun_at, erased_at, names_until) VALUES (?, ?, 0, 0)
        ON CONFLICT (account_id) DO NOTHING\
        """,
        id.value(),
        now);
  }

  /// @param begunAt epoch milliseconds
  record Row(AccountId account, long begunAt) {}

  List<Row> waiting(Tx tx, int limit) {
    return tx.list(
        """
        SELECT account_id, begun_at FROM erasure WHERE erased_at = 0
        ORDER BY account_id LIMIT ?\
        """,
        row -> new Row(new AccountId(row.getLong(1)), row.getLong(2)),
        limit);
  }

  /// Those whose names are anybody's by now.
  List<AccountId> free(Tx tx, long now, int limit) {
    return tx.list(
        """
        SELECT account_id FROM erasure WHERE erased_at > 0 AND names_until <= ?
        ORDER BY account_id LIMIT ?\
        """,
        row -> new AccountId(row.getLong(1)),
        now,
        limit);
  }

  void erased(Tx tx, AccountId id, long now, long namesUntil) {
    tx.update(
        "UPDATE erasure SET erased_at = ?, names_until = ? WHERE account_id = ?",
        now,
        namesUntil,
        id.value());
  }

  void delete(Tx tx, AccountId id) {
    tx.update("DELETE FROM erasure WHERE account_id = ?", id.value());
  }

  /// Groups that it owns and is not alone in.
  long ownedWithOthers(Tx tx, AccountId id, int owner) {
    return tx.number(
        """
        SELECT count(*) FROM member m WHERE m.account_id = ? AND m.role = ? AND m.until_seq IS NULL
          AND EXISTS (SELECT 1 FROM member o WHERE o.conversation_id = m.conversation_id
            AND o.account_id <> m.account_id AND o.until_seq IS NULL)
          AND EXISTS (SELECT 1 FROM chat_group g
            WHERE g.id = m.conversation_id AND g.deleted_at IS NULL)\
        """,
        id.value(),
        owner);
  }

  /// Whom a group goes to: of those with the highest role whoever has been there longest.
  @Nullable AccountId heir(Tx tx, ConversationId group, AccountId owner) {
    return tx.first(
        """
        SELECT account_id FROM member
        WHERE conversation_id = ? AND account_id <> ? AND until_seq IS NULL
        ORDER BY role DESC, joined_at, account_id LIMIT 1\
        """,
        row -> new AccountId(row.getLong(1)),
        group.value(),
        owner.value());
  }

  List<ConversationId> groups(Tx tx, AccountId id, int limit) {
    return tx.list(
        """
        SELECT m.conversation_id FROM member m JOIN chat_group g ON g.id = m.conversation_id
        WHERE m.account_id = ? AND m.until_seq IS NULL AND g.deleted_at IS NULL
        ORDER BY m.conversation_id LIMIT ?\
        """,
        row -> new ConversationId(row.getLong(1)),
        id.value(),
        limit);
  }

  List<AccountId> friends(Tx tx, AccountId id, int limit) {
    return accounts(tx, "SELECT peer_id FROM friend WHERE account_id = ? LIMIT ?", id, limit);
  }

  List<AccountId> followees(Tx tx, AccountId id, int limit) {
    return accounts(tx, "SELECT followee_id FROM follow WHERE follower_id = ? LIMIT ?", id, limit);
  }

  private static List<AccountId> accounts(Tx tx, String sql, AccountId id, int limit) {
    return tx.list(sql, row -> new AccountId(row.getLong(1)), id.value(), limit);
  }

  /// Posts that were not deleted.
  List<Long> posts(Tx tx, AccountId id, int limit) {
    return ids(
        tx,
        "SELECT id FROM post WHERE author_id = ? AND deleted_at IS NULL ORDER BY id LIMIT ?",
        id,
        limit);
  }

  List<Long> comments(Tx tx, AccountId id, int limit) {
    return ids(
        tx,
        """
        SELECT id FROM post_comment WHERE author_id = ? AND deleted_at IS NULL
        ORDER BY id LIMIT ?\
        """,
        id,
        limit);
  }

  List<Long> likes(Tx tx, AccountId id, int limit) {
    return ids(tx, "SELECT post_id FROM post_like WHERE account_id = ? LIMIT ?", id, limit);
  }

  private static List<Long> ids(Tx tx, String sql, AccountId id, int limit) {
    return tx.list(sql, row -> row.getLong(1), id.value(), limit);
  }

  /// What a service would not take back, since the account cannot see it any more.
  void dropPost(Tx tx, long post, long now) {
    tx.update("UPDATE post SET deleted_at = ?, listed = 0 WHERE id = ?", now, post);
  }

  void dropComment(Tx tx, long comment, long now) {
    tx.update("UPDATE post_comment SET deleted_at = ? WHERE id = ?", now, comment);
  }

  void dropLike(Tx tx, AccountId id, long post) {
    tx.update("DELETE FROM post_like WHERE post_id = ? AND account_id = ?", post, id.value());
  }

  void dropMembership(Tx tx, AccountId id, ConversationId group) {
    tx.update(
        """
        UPDATE member SET until_seq = (SELECT last_seq FROM conversation WHERE id = ?)
        WHERE conversation_id = ? AND account_id = ?\
        """,
        group.value(),
        group.value(),
        id.value());
  }

  /// How many kinds there are of what [#deleteRest] deletes.
  int rests() {
    return REST.size();
  }

  /// Deletes a part of what is of no use to anybody else: the words of what was taken back, uploads
  /// that were sent to nobody, marks and settings; says how many rows it was.
  int deleteRest(Tx tx, AccountId id, int kind) {
    String sql = REST.get(kind);
    Object[] ids = new Object[(int) sql.chars().filter(c -> c == '?').count()];
    Arrays.fill(ids, id.value());
    return tx.update(sql.replace("?1", "?"), ids);
  }
}
