package io.parley.cluster;

import io.parley.store.Tx;
import java.util.List;

/// SQL of what every server must hear. Ids grow from commit to commit, so who read up to one has
/// missed nothing below it.
final class EventStore {
  /// @param event as [io.parley.bus.EventWire] makes it
  record Row(long id, byte[] event) {}

  void add(Tx tx, long id, byte[] event) {
    tx.update("INSERT INTO node_event (id, event) VALUES (?, ?)", id, event);
  }

  /// The next `limit` above `above`, none above `upTo`.
  List<Row> after(Tx tx, long above, long upTo, int limit) {
    return tx.list(
        "SELECT id, event FROM node_event WHERE id > ? AND id <= ? ORDER BY id LIMIT ?",
        row -> new Row(row.getLong(1), row.getBytes(2)),
        above,
        upTo,
        limit);
  }

  void deleteBelow(Tx tx, long id) {
    tx.update("DELETE FROM node_event WHERE id < ?", id);
  }
}
