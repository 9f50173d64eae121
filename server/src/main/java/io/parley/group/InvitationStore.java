package io.parley.group;

import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import io.parley.base.Page;
import io.parley.store.RowMapper;
import io.parley.store.Tx;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The SQL of invitations. Those that the invited account sees are the view `open_invitation`.
final class InvitationStore {
  /// An invitation as it is stored.
  ///
  /// @param declinedAt epoch milliseconds, 0 while it waits
  record Row(AccountId account, ConversationId group, AccountId inviter, long at, long declinedAt) {
    boolean waits() {
      return declinedAt == 0;
    }
  }

  private static final RowMapper<Row> ROW =
      row ->
          new Row(
              new AccountId(row.getLong(1)),
              new ConversationId(row.getLong(2)),
              new AccountId(row.getLong(3)),
              row.getLong(4),
              row.getLong(5));

  @Nullable Row find(Tx tx, ConversationId group, AccountId account) {
    return tx.first(
        """
        SELECT account_id, group_id, inviter_id, created_at, declined_at FROM group_invitation
        WHERE account_id = ? AND group_id = ?\
        """,
        ROW,
        account.value(),
        group.value());
  }

  /// One that the account sees.
  @Nullable Row findOpen(Tx tx, ConversationId group, AccountId account) {
    return tx.first(
        """
        SELECT account_id, group_id, inviter_id, created_at, 0 FROM open_invitation
        WHERE account_id = ? AND group_id = ?\
        """,
        ROW,
        account.value(),
        group.value());
  }

  /// In place of one that is there.
  void put(Tx tx, Row invitation, long changed) {
    tx.update(
        """
        INSERT INTO group_invitation (account_id, group_id, inviter_id, created_at, changed)
        VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (account_id, group_id) DO UPDATE SET inviter_id = excluded.inviter_id,
          created_at = excluded.created_at, declined_at = NULL, changed = excluded.changed\
        """,
        invitation.account().value(),
        invitation.group().value(),
        invitation.inviter().value(),
        invitation.at(),
        changed);
  }

  void decline(Tx tx, ConversationId group, AccountId account, long now) {
    tx.update(
        "UPDATE group_invitation SET declined_at = ? WHERE account_id = ? AND group_id = ?",
        now,
        account.value(),
        group.value());
  }

  /// What the account declined before `until` says nothing any more.
  void forgetDeclined(Tx tx, AccountId account, long until) {
    tx.update(
        "DELETE FROM group_invitation WHERE account_id = ? AND declined_at < ?",
        account.value(),
        until);
  }

  void delete(Tx tx, ConversationId group, AccountId account) {
    tx.update(
        "DELETE FROM group_invitation WHERE account_id = ? AND group_id = ?",
        account.value(),
        group.value());
  }

  /// Takes back all that wait and that `inviter` made into the group.
  ///
  /// @return who saw them
  List<AccountId> deleteOf(Tx tx, ConversationId group, AccountId inviter) {
    List<AccountId> invited =
        tx.list(
            "SELECT account_id FROM open_invitation WHERE group_id = ? AND inviter_id = ?",
            row -> new AccountId(row.getLong(1)),
            group.value(),
            inviter.value());
    tx.update(
        "DELETE FROM group_invitation"
            + " WHERE group_id = ? AND inviter_id = ? AND declined_at IS NULL",
        group.value(),
        inviter.value());
    return invited;
  }

  /// Takes back all into the group.
  ///
  /// @return who saw them
  List<AccountId> deleteAll(Tx tx, ConversationId group) {
    List<AccountId> invited =
        tx.list(
            "SELECT account_id FROM open_invitation WHERE group_id = ?",
            row -> new AccountId(row.getLong(1)),
            group.value());
    tx.update("DELETE FROM group_invitation WHERE group_id = ?", group.value());
    return invited;
  }

  /// Those that the account sees, latest first.
  List<Row> of(Tx tx, AccountId account, Page.Request page) {
    return tx.list(
        """
        SELECT account_id, group_id, inviter_id, created_at, 0 FROM open_invitation
        WHERE account_id = ? AND (created_at, group_id) < (?, ?)
        ORDER BY created_at DESC, group_id DESC LIMIT ? OFFSET ?\
        """,
        ROW,
        page.downwards(account.value()));
  }

  long countOf(Tx tx, AccountId account) {
    return tx.number("SELECT count(*) FROM open_invitation WHERE account_id = ?", account.value());
  }

  /// Those into the group that wait, oldest first.
  List<Row> into(Tx tx, ConversationId group, Page.Request page) {
    long[] after = page.after(-1, -1);
    return tx.list(
        """
        SELECT account_id, group_id, inviter_id, created_at, 0 FROM group_invitation
        WHERE group_id = ? AND declined_at IS NULL AND (created_at, account_id) > (?, ?)
        ORDER BY created_at, account_id LIMIT ? OFFSET ?\
        """,
        ROW,
        group.value(),
        after[0],
        after[1],
        page.rows(),
        page.offset());
  }

  long countInto(Tx tx, ConversationId group) {
    return tx.number(
        "SELECT count(*) FROM group_invitation WHERE group_id = ? AND declined_at IS NULL",
        group.value());
  }

  long countBy(Tx tx, AccountId inviter) {
    return tx.number(
        "SELECT count(*) FROM group_invitation WHERE inviter_id = ? AND declined_at IS NULL",
        inviter.value());
  }
}
