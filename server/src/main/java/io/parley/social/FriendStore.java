package io.parley.social;

import io.parley.account.Names;
import io.parley.base.AccountId;
import io.parley.base.Folding;
import io.parley.base.Page;
import io.parley.store.RowMapper;
import io.parley.store.Tx;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The SQL of friends, requests and privacy.
final class FriendStore {
  /// A friendship as it is stored.
  record Row(AccountId peer, String remark, long since) {}

  /// A request as it is stored.
  record RequestRow(AccountId peer, String note, long at) {}

  private static final RowMapper<Row> ROW =
      row -> new Row(new AccountId(row.getLong(1)), row.getString(2), row.getLong(3));
  private static final RowMapper<RequestRow> REQUEST =
      row -> new RequestRow(new AccountId(row.getLong(1)), row.getString(2), row.getLong(3));

  /// What a friend is found by: remark, display name, and the names it may be known by.
  private static final String MATCHES =
      """
       AND (f.search_remark LIKE ? ESCAPE '!'
        OR EXISTS (SELECT 1 FROM account a WHERE a.id = f.peer_id AND a.search_name LIKE ? ESCAPE '!')
        OR EXISTS (SELECT 1 FROM account_alias l WHERE l.account_id = f.peer_id
          AND (l.kind = 'USERNAME' OR (l.kind = 'PHONE' AND EXISTS (SELECT 1 FROM friend back
            WHERE back.account_id = f.peer_id AND back.peer_id = f.account_id
              AND back.confirmed = 1)))
          AND l.folded LIKE ? ESCAPE '!'))\
      """;

  /// Requests of hidden accounts wait unseen.
  private static final String FROM_SOMEBODY =
      "NOT EXISTS (SELECT 1 FROM hidden_account h WHERE h.account_id = friend_request.from_id)";

  void insert(Tx tx, AccountId account, AccountId peer, long changed, long now) {
    tx.update(
        """
        INSERT INTO friend (account_id, peer_id, remark, search_remark, changed, created_at)
        VALUES (?, ?, '', '', ?, ?)\
        """,
        account.value(),
        peer.value(),
        changed,
        now);
  }

  boolean delete(Tx tx, AccountId account, AccountId peer) {
    return tx.update(
            "DELETE FROM friend WHERE account_id = ? AND peer_id = ?",
            account.value(),
            peer.value())
        > 0;
  }

  @Nullable Row find(Tx tx, AccountId account, AccountId peer) {
    return tx.first(
        "SELECT peer_id, remark, created_at FROM friend WHERE account_id = ? AND peer_id = ?",
        ROW,
        account.value(),
        peer.value());
  }

  /// Notes that `account` wants the friendship itself.
  void confirm(Tx tx, AccountId account, AccountId peer) {
    tx.update(
        "UPDATE friend SET confirmed = 1 WHERE account_id = ? AND peer_id = ?",
        account.value(),
        peer.value());
  }

  boolean hasConfirmed(Tx tx, AccountId account, AccountId peer) {
    return tx.number(
            "SELECT count(*) FROM friend WHERE account_id = ? AND peer_id = ? AND confirmed = 1",
            account.value(),
            peer.value())
        > 0;
  }

  boolean setRemark(Tx tx, AccountId account, AccountId peer, String remark) {
    return tx.update(
            "UPDATE friend SET remark = ?, search_remark = ? WHERE account_id = ? AND peer_id = ?",
            remark,
            Folding.fold(remark),
            account.value(),
            peer.value())
        > 0;
  }

  long count(Tx tx, AccountId account) {
    return tx.number("SELECT count(*) FROM friend WHERE account_id = ?", account.value());
  }

  List<AccountId> ids(Tx tx, AccountId account) {
    return tx.list(
        "SELECT peer_id FROM friend WHERE account_id = ? ORDER BY peer_id",
        row -> new AccountId(row.getLong(1)),
        account.value());
  }

  /// Latest first.
  List<Row> page(Tx tx, AccountId account, Page.Request page) {
    return tx.list(
        """
        SELECT peer_id, remark, created_at FROM friend
        WHERE account_id = ? AND (created_at, peer_id) < (?, ?)
        ORDER BY created_at DESC, peer_id DESC LIMIT ? OFFSET ?\
        """,
        ROW,
        page.downwards(account.value()));
  }

  /// Latest first.
  List<Row> search(Tx tx, AccountId account, String keyword, Page.Request page) {
    String pattern = Names.pattern(keyword);
    return tx.list(
        "SELECT f.peer_id, f.remark, f.created_at FROM friend f WHERE f.account_id = ?"
            + MATCHES
            + " AND (f.created_at, f.peer_id) < (?, ?)"
            + " ORDER BY f.created_at DESC, f.peer_id DESC LIMIT ? OFFSET ?",
        ROW,
        page.downwards(account.value(), pattern, pattern, pattern));
  }

  long searchCount(Tx tx, AccountId account, String keyword) {
    String pattern = Names.pattern(keyword);
    return tx.number(
        "SELECT count(*) FROM friend f WHERE f.account_id = ?" + MATCHES,
        account.value(),
        pattern,
        pattern,
        pattern);
  }

  /// Asking again replaces the note.
  void putRequest(Tx tx, AccountId from, AccountId to, String note, long changed, long now) {
    tx.update(
        """
        INSERT INTO friend_request (to_id, from_id, note, changed, created_at)
        VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (to_id, from_id) DO UPDATE SET note = excluded.note\
        """,
        to.value(),
        from.value(),
        note,
        changed,
        now);
  }

  boolean hasRequest(Tx tx, AccountId from, AccountId to) {
    return tx.number(
            "SELECT count(*) FROM friend_request WHERE to_id = ? AND from_id = ?",
            to.value(),
            from.value())
        > 0;
  }

  boolean deleteRequest(Tx tx, AccountId from, AccountId to) {
    return tx.update(
            "DELETE FROM friend_request WHERE to_id = ? AND from_id = ?", to.value(), from.value())
        > 0;
  }

  long incomingCount(Tx tx, AccountId to) {
    return tx.number(
        "SELECT count(*) FROM friend_request WHERE to_id = ? AND " + FROM_SOMEBODY, to.value());
  }

  long outgoingCount(Tx tx, AccountId from) {
    return tx.number("SELECT count(*) FROM friend_request WHERE from_id = ?", from.value());
  }

  /// Latest first.
  List<RequestRow> incoming(Tx tx, AccountId to, Page.Request page) {
    return tx.list(
        "SELECT from_id, note, created_at FROM friend_request WHERE to_id = ? AND "
            + FROM_SOMEBODY
            + " AND (created_at, from_id) < (?, ?)"
            + " ORDER BY created_at DESC, from_id DESC LIMIT ? OFFSET ?",
        REQUEST,
        page.downwards(to.value()));
  }

  /// Latest first.
  List<RequestRow> outgoing(Tx tx, AccountId from, Page.Request page) {
    return tx.list(
        """
        SELECT to_id, note, created_at FROM friend_request
        WHERE from_id = ? AND (created_at, to_id) < (?, ?)
        ORDER BY created_at DESC, to_id DESC LIMIT ? OFFSET ?\
        """,
        REQUEST,
        page.downwards(from.value()));
  }

  Privacy privacy(Tx tx, AccountId account) {
    Privacy chosen =
        tx.first(
            """
            SELECT friend_policy, presence_policy, group_policy, message_policy
            FROM privacy WHERE account_id = ?\
            """,
            row ->
                new Privacy(
                    Privacy.FriendPolicy.valueOf(row.getString(1)),
                    Privacy.PresencePolicy.valueOf(row.getString(2)),
                    Privacy.GroupPolicy.valueOf(row.getString(3)),
                    Privacy.MessagePolicy.valueOf(row.getString(4))),
            account.value());
    return chosen == null ? Privacy.DEFAULT : chosen;
  }

  void putPrivacy(Tx tx, AccountId account, Privacy privacy) {
    tx.update(
        """
        INSERT INTO privacy (account_id, friend_policy, presence_policy, group_policy,
          message_policy)
        VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (account_id) DO UPDATE
        SET friend_policy = excluded.friend_policy, presence_policy = excluded.presence_policy,
          group_policy = excluded.group_policy, message_policy = excluded.message_policy\
        """,
        account.value(),
        privacy.friends().name(),
        privacy.presence().name(),
        privacy.groups().name(),
        privacy.messages().name());
  }
}
