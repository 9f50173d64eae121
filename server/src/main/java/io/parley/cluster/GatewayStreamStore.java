package io.parley.cluster;

import io.parley.base.Node;
import io.parley.store.RowMapper;
import io.parley.store.Tx;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// SQL of which server holds the stream of which gateway.
final class GatewayStreamStore {
  private static final String HOLDERS =
      " FROM gateway_stream s JOIN node n ON n.number = s.node AND n.epoch = s.epoch"
          + " WHERE n.beat_at >= ?";
  private static final RowMapper<Node> NODE = row -> new Node(row.getInt(1), row.getLong(2));

  /// Also forgets what servers left whose numbers others have now.
  void put(Tx tx, String gateway, Node holder, long since) {
    tx.update(
        """
        DELETE FROM gateway_stream WHERE NOT EXISTS (
          SELECT 1 FROM node n WHERE n.number = gateway_stream.node
            AND n.epoch = gateway_stream.epoch)\
        """);
    tx.update(
        """
        INSERT INTO gateway_stream (gateway_id, node, epoch, since) VALUES (?, ?, ?, ?)
        ON CONFLICT (gateway_id) DO UPDATE
          SET node = excluded.node, epoch = excluded.epoch, since = excluded.since\
        """,
        gateway,
        holder.number(),
        holder.epoch(),
        since);
  }

  void remove(Tx tx, String gateway, long since) {
    tx.update("DELETE FROM gateway_stream WHERE gateway_id = ? AND since = ?", gateway, since);
  }

  /// Null if no server that was alive at `aliveAt` or later holds one.
  HeldGateways.@Nullable Holder find(Tx tx, String gateway, long aliveAt) {
    return tx.first(
        "SELECT s.node, s.epoch, s.since" + HOLDERS + " AND s.gateway_id = ?",
        row -> new HeldGateways.Holder(NODE.map(row), row.getLong(3)),
        aliveAt,
        gateway);
  }

  /// Servers that were alive at `aliveAt` or later and hold any.
  List<Node> holders(Tx tx, long aliveAt) {
    return tx.list("SELECT DISTINCT s.node, s.epoch" + HOLDERS, NODE, aliveAt);
  }
}
