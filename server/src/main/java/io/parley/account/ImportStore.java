package io.parley.account;

import io.parley.store.Tx;
import org.jspecify.annotations.Nullable;

/// The SQL of how far imports have got.
final class ImportStore {
  Imports.@Nullable Progress find(Tx tx, String file) {
    return tx.first(
        """
        SELECT line, imported, skipped, rejected, rejected_bytes FROM import_progress
        WHERE file = ?\
        """,
        row ->
            new Imports.Progress(
                row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)),
        file);
  }

  void put(Tx tx, String file, Imports.Progress progress) {
    tx.update(
        """
        INSERT INTO import_progress (file, line, imported, skipped, rejected, rejected_bytes)
        VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (file) DO UPDATE SET line = excluded.line, imported = excluded.imported,
          skipped = excluded.skipped, rejected = excluded.rejected,
          rejected_bytes = excluded.rejected_bytes\
        """,
        file,
        progress.line(),
        progress.imported(),
        progress.skipped(),
        progress.rejected(),
        progress.rejectedBytes());
  }

  void delete(Tx tx, String file) {
    tx.update("DELETE FROM import_progress WHERE file = ?", file);
  }
}
