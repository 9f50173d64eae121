package io.parley.messaging;

import io.parley.base.Completion;
import io.parley.base.Fault;
import io.parley.store.Db;
import java.util.ArrayList;
import java.util.List;

/// What one search folded of old messages, so that the next need not.
final class Refilling {
  /// Characters that one search writes: the one writer has other things to do.
  private static final int CHARS_MAX = 262_144;

  private record Row(long id, String folded) {}

  private final List<Row> rows = new ArrayList<>();
  private final MessageStore messages = new MessageStore();
  private int chars;

  void note(Searched.Stored stored, Searched searched) {
    String fresh = searched.fresh();
    if (fresh != null && chars + fresh.length() <= CHARS_MAX) {
      rows.add(new Row(stored.id(), fresh));
      chars += fresh.length();
    }
  }

  /// Has them written some time; a writer that is busy may forget them.
  void write(Db db) {
    if (rows.isEmpty()) {
      return;
    }
    try {
      db.submit(
          tx -> {
            rows.forEach(row -> messages.fold(tx, row.id(), row.folded()));
            return rows;
          },
          Completion.ignored());
    } catch (Fault busy) {
      // The next search folds them again.
    }
  }
}
