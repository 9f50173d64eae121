package io.parley.messaging;

import io.parley.base.AccountId;
import io.parley.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The SQL of which conversations of an account changed, and in which order.
final class ChangedStore {
  /// A membership and when it last moved.
  ///
  /// @param updatedAt epoch milliseconds of the newest message, or of the creation
  /// @param asker who waits for the other of two to accept it; null for nobody
  record Changed(
      Membership membership,
      Standing standing,
      long updatedAt,
      long changed,
      @Nullable AccountId asker) {}

  /// Whether the account is or was in more than `count` conversations.
  boolean isInMoreThan(Tx tx, AccountId account, int count) {
    return tx.first(
            "SELECT 1 FROM member WHERE account_id = ? LIMIT 1 OFFSET ?",
            row -> true,
            account.value(),
            count)
        != null;
  }

  /// Memberships that changed after `cursor`, oldest change first.
  List<Changed> changedAfter(Tx tx, AccountId account, long cursor, int limit) {
    return tx.list(
        MOVED + " WHERE moved > ? ORDER BY moved LIMIT ?",
        ChangedStore::moved,
        account.value(),
        cursor,
        limit);
  }

  /// Memberships that changed before `cursor`, latest change first.
  List<Changed> changedBefore(Tx tx, AccountId account, long cursor, int limit) {
    return tx.list(
        MOVED + " WHERE moved < ? ORDER BY moved DESC LIMIT ?",
        ChangedStore::moved,
        account.value(),
        cursor,
        limit);
  }

  private static final String MOVED =
      """
      SELECT * FROM (
        SELECT c.id, c.low_id, c.high_id, c.last_seq, m.role, m.read_seq, m.until_seq, c.updated_at,
          CASE WHEN m.until_seq IS NULL AND c.changed > m.changed THEN c.changed ELSE m.changed END AS moved,
          m.ended, c.asker_id
        FROM member m JOIN conversation c ON c.id = m.conversation_id
        WHERE m.account_id = ?) AS mine\
      """;

  private static Changed moved(ResultSet row) throws SQLException {
    Membership membership = ConversationStore.membership(row, 0);
    Standing standing = membership.active() ? Standing.IN : Standing.of(row.getInt(10));
    AccountId asker = ConversationStore.account(row, 11);
    return new Changed(membership, standing, row.getLong(8), row.getLong(9), asker);
  }
}
