package io.parley.media;

import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import io.parley.store.Tx;
import java.util.List;

/// The SQL of uploads.
final class MediaStore {
  long used(Tx tx, AccountId account) {
    return tx.number(
        "SELECT coalesce(sum(bytes), 0) FROM media WHERE account_id = ?", account.value());
  }

  /// The account's uploads after one, by id.
  List<Media.Own> own(Tx tx, AccountId account, long after, int limit) {
    return tx.list(
        "SELECT id, name FROM media WHERE account_id = ? AND id > ? ORDER BY id LIMIT ?",
        row -> new Media.Own(row.getLong(1), row.getString(2)),
        account.value(),
        after,
        limit);
  }

  boolean owns(Tx tx, AccountId account, String name) {
    return tx.number(
            "SELECT count(*) FROM media WHERE account_id = ? AND name = ?", account.value(), name)
        > 0;
  }

  boolean isKnown(Tx tx, String name) {
    return tx.number("SELECT count(*) FROM (SELECT 1 FROM media WHERE name = ? LIMIT 1)", name) > 0;
  }

  /// Whether `account` is in a conversation in which `name` was sent.
  boolean wasShared(Tx tx, AccountId account, String name) {
    return tx.number(
            """
            SELECT count(*) FROM media_share s JOIN member m
              ON m.conversation_id = s.conversation_id AND m.account_id = ?
            WHERE s.name = ? AND m.until_seq IS NULL\
            """,
            account.value(),
            name)
        > 0;
  }

  void share(Tx tx, String name, ConversationId conversation) {
    tx.update(
        """
        INSERT INTO media_share (name, conversation_id) VALUES (?, ?)
        ON CONFLICT (name, conversation_id) DO NOTHING\
        """,
        name,
        conversation.value());
  }

  /// Uploading the same bytes again changes nothing: false.
  boolean insert(Tx tx, long id, AccountId account, Stored stored, long now) {
    return tx.update(
            """
            INSERT INTO media (id, account_id, name, type, bytes, width, height, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account_id, name) DO NOTHING\
            """,
            id,
            account.value(),
            stored.name(),
            stored.type(),
            stored.size(),
            stored.width(),
            stored.height(),
            now)
        > 0;
  }

  /// Makes the row one that no earlier insert takes back with [#delete]; it need not be there.
  void keep(Tx tx, long id, AccountId account, Stored stored, long now) {
    insert(tx, id, account, stored, now);
    tx.update(
        "UPDATE media SET id = ? WHERE account_id = ? AND name = ? AND id <> ?",
        id,
        account.value(),
        stored.name(),
        id);
  }

  /// Takes back what was inserted under `id`, unless it was kept since.
  void delete(Tx tx, long id) {
    tx.update("DELETE FROM media WHERE id = ?", id);
  }
}
