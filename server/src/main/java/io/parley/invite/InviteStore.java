package io.parley.invite;

import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import io.parley.base.Page;
import io.parley.store.RowMapper;
import io.parley.store.Tx;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The SQL of invites.
final class InviteStore {
  /// Those of a maker that are kept after they ended, so that their links can say why.
  private static final int KEPT = 100;

  private static final int TIDIED_MAX = 1000;

  /// Arguments: the time.
  private static final String LIVE =
      " revoked_at = 0 AND uses < uses_max AND (expires_at = 0 OR expires_at > ?)";

  private static final String SELECT =
      "SELECT id, kind, maker_id, group_id, created_at, expires_at, uses_max, uses, revoked_at"
          + " FROM invite";

  /// An invite as it is stored.
  ///
  /// @param maker null for the command line
  /// @param expiresAt,revokedAt epoch milliseconds, 0 for never
  record Row(
      long id,
      Invite.Kind kind,
      @Nullable AccountId maker,
      @Nullable ConversationId group,
      long createdAt,
      long expiresAt,
      int usesMax,
      int uses,
      long revokedAt) {}

  private static final RowMapper<Row> ROW =
      row ->
          new Row(
              row.getLong(1),
              Invite.Kind.valueOf(row.getString(2)),
              row.getLong(3) == 0 ? null : new AccountId(row.getLong(3)),
              row.getLong(4) == 0 ? null : new ConversationId(row.getLong(4)),
              row.getLong(5),
              row.getLong(6),
              row.getInt(7),
              row.getInt(8),
              row.getLong(9));

  void insert(Tx tx, Row row) {
    tx.update(
        """
        INSERT INTO invite (id, kind, maker_id, group_id, created_at, expires_at, uses_max)
        VALUES (?, ?, ?, ?, ?, ?, ?)\
        """,
        row.id(),
        row.kind().name(),
        number(row.maker()),
        number(row.group()),
        row.createdAt(),
        row.expiresAt(),
        row.usesMax());
  }

  @Nullable Row find(Tx tx, long id) {
    return tx.first(SELECT + " WHERE id = ?", ROW, id);
  }

  void revoke(Tx tx, long id, long now) {
    tx.update("UPDATE invite SET revoked_at = ? WHERE id = ?", now, id);
  }

  boolean hasUsed(Tx tx, long id, AccountId account) {
    return tx.number(
            "SELECT count(*) FROM invite_use WHERE invite_id = ? AND account_id = ?",
            id,
            account.value())
        > 0;
  }

  void use(Tx tx, long id, AccountId account, long now) {
    tx.update(
        "INSERT INTO invite_use (invite_id, account_id, used_at) VALUES (?, ?, ?)",
        id,
        account.value(),
        now);
    tx.update("UPDATE invite SET uses = uses + 1 WHERE id = ?", id);
  }

  /// Live ones of a maker, latest first.
  List<Row> of(Tx tx, @Nullable AccountId maker, long now, Page.Request page) {
    return page(tx, "maker_id = ? AND", page.downwards(number(maker), now));
  }

  long countOf(Tx tx, @Nullable AccountId maker, long now) {
    return tx.number(
        "SELECT count(*) FROM invite WHERE maker_id = ? AND" + LIVE, number(maker), now);
  }

  /// Live ones into a group, latest first.
  List<Row> into(Tx tx, ConversationId group, long now, Page.Request page) {
    return page(tx, "group_id = ? AND group_id > 0 AND", page.downwards(group.value(), now));
  }

  long countInto(Tx tx, ConversationId group, long now) {
    return tx.number(
        "SELECT count(*) FROM invite WHERE group_id = ? AND group_id > 0 AND" + LIVE,
        group.value(),
        now);
  }

  /// All live ones, latest first.
  List<Row> all(Tx tx, long now, Page.Request page) {
    return page(tx, "", page.downwards(now));
  }

  long countAll(Tx tx, long now) {
    return tx.number("SELECT count(*) FROM invite WHERE" + LIVE, now);
  }

  /// Forgets what ended and has [#KEPT] newer ones of the same maker.
  void tidy(Tx tx, @Nullable AccountId maker, long now) {
    List<Long> old =
        tx.list(
            "SELECT id FROM (SELECT * FROM invite WHERE maker_id = ? ORDER BY id DESC LIMIT "
                + TIDIED_MAX
                + " OFFSET "
                + KEPT
                + ") AS o WHERE NOT ("
                + LIVE
                + ")",
            row -> row.getLong(1),
            number(maker),
            now);
    for (long id : old) {
      tx.update("DELETE FROM invite_use WHERE invite_id = ?", id);
      tx.update("DELETE FROM invite WHERE id = ?", id);
    }
  }

  /// Whether nobody was ever registered here.
  boolean isEmptyServer(Tx tx) {
    return tx.first("SELECT 1 FROM account LIMIT 1", row -> row.getInt(1)) == null;
  }

  private static List<Row> page(Tx tx, String where, Object[] args) {
    return tx.list(
        SELECT
            + " WHERE "
            + where
            + LIVE
            + " AND (created_at, id) < (?, ?) ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?",
        ROW,
        args);
  }

  private static long number(@Nullable AccountId id) {
    return id == null ? 0 : id.value();
  }

  private static long number(@Nullable ConversationId id) {
    return id == null ? 0 : id.value();
  }
}
