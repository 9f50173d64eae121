package io.parley.cluster;

import io.parley.base.Node;
import io.parley.store.Tx;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// SQL of the servers and their secrets.
final class NodeStore {
  private static final String COLUMNS =
      "number, epoch, beat_at, started_at, address, version, figures";

  List<Listed> list(Tx tx) {
    return tx.list(
        "SELECT " + COLUMNS + " FROM node ORDER BY number",
        row ->
            new Listed(
                new Node(row.getInt(1), row.getLong(2)),
                row.getLong(3),
                row.getLong(4),
                row.getString(5),
                row.getString(6),
                Figures.decode(row.getString(7))));
  }

  void put(Tx tx, Listed node) {
    tx.update("DELETE FROM node WHERE number = ?", node.node().number());
    tx.update(
        "INSERT INTO node (" + COLUMNS + ", batch) VALUES (?, ?, ?, ?, ?, ?, ?, 0)",
        node.node().number(),
        node.node().epoch(),
        node.beatAt(),
        node.startedAt(),
        node.address(),
        node.version(),
        node.figures().encode());
  }

  void beat(Tx tx, Node node, long at, String figures) {
    tx.update(
        "UPDATE node SET beat_at = ?, figures = ? WHERE number = ? AND epoch = ?",
        at,
        figures,
        node.number(),
        node.epoch());
  }

  @Nullable String fingerprint(Tx tx, String name) {
    return tx.first(
        "SELECT fingerprint FROM node_secret WHERE name = ?", row -> row.getString(1), name);
  }

  void putFingerprint(Tx tx, String name, String fingerprint) {
    tx.update("INSERT INTO node_secret (name, fingerprint) VALUES (?, ?)", name, fingerprint);
  }
}
