package io.parley.messaging;

import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import io.parley.base.Page;
import io.parley.store.Tx;
import java.util.List;

/// The SQL of blocks.
final class BlockStore {
  void insert(Tx tx, AccountId account, AccountId peer, long now) {
    tx.update(
        "INSERT INTO block (account_id, peer_id, created_at) VALUES (?, ?, ?)",
        account.value(),
        peer.value(),
        now);
  }

  void delete(Tx tx, AccountId account, AccountId peer) {
    tx.update(
        "DELETE FROM block WHERE account_id = ? AND peer_id = ?", account.value(), peer.value());
  }

  boolean exists(Tx tx, AccountId account, AccountId peer) {
    return tx.number(
            "SELECT count(*) FROM block WHERE account_id = ? AND peer_id = ?",
            account.value(),
            peer.value())
        > 0;
  }

  long count(Tx tx, AccountId account) {
    return tx.number("SELECT count(*) FROM block WHERE account_id = ?", account.value());
  }

  List<Blocks.Block> list(Tx tx, AccountId account, Page.Request page) {
    long[] after = page.after(Long.MAX_VALUE, Long.MAX_VALUE);
    return tx.list(
        """
        SELECT peer_id, created_at FROM block
        WHERE account_id = ? AND (created_at, peer_id) < (?, ?)
        ORDER BY created_at DESC, peer_id DESC LIMIT ? OFFSET ?\
        """,
        row -> new Blocks.Block(new AccountId(row.getLong(1)), row.getLong(2)),
        account.value(),
        after[0],
        after[1],
        page.rows(),
        page.offset());
  }

  /// Members of a conversation whom `account` blocks or who block it.
  List<Long> members(Tx tx, ConversationId id, AccountId account) {
    return tx.list(
        """
        SELECT b.peer_id FROM block b
        JOIN member m ON m.conversation_id = ? AND m.account_id = b.peer_id
        WHERE b.account_id = ?
        UNION
        SELECT b.account_id FROM block b
        JOIN member m ON m.conversation_id = ? AND m.account_id = b.account_id
        WHERE b.peer_id = ?\
        """,
        row -> row.getLong(1),
        id.value(),
        account.value(),
        id.value(),
        account.value());
  }

  /// Sets `closed` of the conversation of two, if there is one.
  void mark(Tx tx, AccountId low, AccountId high, int closed) {
    tx.update(
        "UPDATE conversation SET closed = ? WHERE low_id = ? AND high_id = ?",
        closed,
        low.value(),
        high.value());
  }
}
