package io.parley.group;

import io.parley.account.Names;
import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import io.parley.store.Tx;
import org.jspecify.annotations.Nullable;

/// The SQL of groups.
final class GroupStore {
  void insert(Tx tx, Group group) {
    tx.update(
        """
        INSERT INTO chat_group (id, name, search_name, introduction, avatar_url, extra, owner_id,
          created_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        group.id().value(),
        group.name(),
        Names.fold(group.name()),
        group.introduction(),
        group.avatarUrl(),
        group.extra(),
        group.owner().value(),
        group.createdAt(),
        group.updatedAt());
  }

  /// A group that exists; null where there is none or it was dissolved.
  @Nullable Group find(Tx tx, ConversationId id) {
    return tx.first(
        """
        SELECT name, introduction, avatar_url, extra, owner_id, created_at, updated_at
        FROM chat_group WHERE id = ? AND deleted_at IS NULL""",
        row ->
            new Group(
                id,
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                new AccountId(row.getLong(5)),
                row.getLong(6),
                row.getLong(7),
                null),
        id.value());
  }
}
