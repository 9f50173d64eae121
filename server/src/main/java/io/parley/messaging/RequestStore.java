package io.parley.messaging;

import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import io.parley.store.Tx;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// The SQL of conversations of two that wait to be accepted.
final class RequestStore {
  /// How many conversations that `asker` began after the one with the id `since` wait.
  long waitingSince(Tx tx, AccountId asker, long since) {
    return tx.number(
        "SELECT count(*) FROM conversation WHERE asker_id = ? AND id > ?", asker.value(), since);
  }

  void hold(Tx tx, Collection<AccountId> accounts) {
    if (!accounts.isEmpty()) {
      tx.listAmong(
          "SELECT id FROM account WHERE id IN (:keys) ORDER BY id" + tx.held(),
          row -> row.getLong(1),
          accounts.stream()
              .map(AccountId::value)
              .distinct()
              .sorted()
              .map(id -> new Object[] {id})
              .toList());
    }
  }

  void setAsker(Tx tx, ConversationId id, @Nullable AccountId asker) {
    tx.update(
        "UPDATE conversation SET asker_id = ? WHERE id = ?",
        asker == null ? null : asker.value(),
        id.value());
  }

  /// Who waits for the other of two to accept it; null for nobody.
  @Nullable AccountId asker(Tx tx, ConversationId id) {
    long asker = tx.number("SELECT asker_id FROM conversation WHERE id = ?", id.value());
    return asker == 0 ? null : new AccountId(asker);
  }

  /// The conversation of two, if either waits for the other to accept it.
  @Nullable ConversationId waiting(Tx tx, AccountId low, AccountId high) {
    return tx.first(
        "SELECT id FROM conversation WHERE low_id = ? AND high_id = ? AND asker_id IS NOT NULL",
        row -> new ConversationId(row.getLong(1)),
        low.value(),
        high.value());
  }

  /// Whether `account` keeps to itself in a conversation of two what it does there: one blocks the
  /// other, or it has not accepted it.
  boolean isApart(Tx tx, ConversationId id, AccountId account) {
    return tx.number(
            """
            SELECT count(*) FROM conversation
            WHERE id = ? AND (closed <> 0 OR (asker_id IS NOT NULL AND asker_id <> ?))\
            """,
            id.value(),
            account.value())
        > 0;
  }

  /// Tells the account's devices, at their next Sync, that its place is not what it was.
  void touch(Tx tx, ConversationId id, AccountId account, long changed) {
    tx.update(
        "UPDATE member SET changed = ? WHERE conversation_id = ? AND account_id = ?",
        changed,
        id.value(),
        account.value());
  }
}
