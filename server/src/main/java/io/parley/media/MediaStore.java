package io.parley.media;

import io.parley.base.AccountId;
import io.parley.store.Tx;

/// The SQL of uploads.
final class MediaStore {
  long used(Tx tx, AccountId account) {
    return tx.number(
        "SELECT coalesce(sum(bytes), 0) FROM media WHERE account_id = ?", account.value());
  }

  /// Uploading the same picture again changes nothing.
  void insert(Tx tx, long id, AccountId account, Stored stored, long now) {
    tx.update(
        """
        INSERT INTO media (id, account_id, name, type, bytes, width, height, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account_id, name) DO NOTHING""",
        id,
        account.value(),
        stored.name(),
        stored.type(),
        stored.size(),
        stored.width(),
        stored.height(),
        now);
  }
}
