package io.parley.partner;

import io.parley.base.Cidr;
import io.parley.store.Seal;
import io.parley.store.Tx;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The SQL of partner apps and of the transaction ids that they used.
final class PartnerStore {
  private final Seal seal;

  PartnerStore(Seal seal) {
    this.seal = seal;
  }

  void insert(Tx tx, PartnerApp app, long now) {
    tx.update(
        """
        INSERT INTO partner_app (id, sealed_code, password_salt, services, allow_ips, deny_ips,
          created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)\
        """,
        app.id(),
        app.unsigned() ? "" : seal.seal(app.id(), app.securityCode()),
        app.passwordSalt(),
        String.join(" ", app.services()),
        text(app.allow()),
        text(app.deny()),
        now);
  }

  /// Whether there was such an app.
  boolean delete(Tx tx, String id) {
    return tx.update("DELETE FROM partner_app WHERE id = ?", id) > 0;
  }

  /// Whether there is such an app.
  boolean setEnabled(Tx tx, String id, boolean enabled) {
    return tx.update("UPDATE partner_app SET enabled = ? WHERE id = ?", enabled ? 1 : 0, id) > 0;
  }

  /// Oldest first.
  List<Apps.Listed> list(Tx tx) {
    return tx.list(
        """
        SELECT id, sealed_code, password_salt, services, allow_ips, deny_ips, enabled, created_at
        FROM partner_app ORDER BY created_at, id\
        """,
        row -> {
          String id = row.getString(1);
          String sealed = row.getString(2);
          PartnerApp app =
              new PartnerApp(
                  id,
                  sealed.isEmpty() ? "" : seal.open(id, sealed),
                  row.getString(3),
                  words(row.getString(4)),
                  PartnerApp.blocks("allow_ips", words(row.getString(5))),
                  PartnerApp.blocks("deny_ips", words(row.getString(6))),
                  sealed.isEmpty());
          return new Apps.Listed(app, false, row.getInt(7) != 0, row.getLong(8));
        });
  }

  /// When a transaction id may be used again; null for one that was not used.
  @Nullable Long expiry(Tx tx, String app, String transaction) {
    return tx.first(
        "SELECT expires_at FROM partner_transaction WHERE app_id = ? AND transaction_id = ?",
        row -> row.getLong(1),
        app,
        transaction);
  }

  /// @throws io.parley.store.DuplicateKeyException if it was used
  void use(Tx tx, String app, String transaction, long expiresAt) {
    tx.update(
        "INSERT INTO partner_transaction (app_id, transaction_id, expires_at) VALUES (?, ?, ?)",
        app,
        transaction,
        expiresAt);
  }

  void useAgain(Tx tx, String app, String transaction, long expiresAt) {
    tx.update(
        "UPDATE partner_transaction SET expires_at = ? WHERE app_id = ? AND transaction_id = ?",
        expiresAt,
        app,
        transaction);
  }

  long transactions(Tx tx) {
    return tx.number("SELECT count(*) FROM partner_transaction");
  }

  /// Removes up to `count` transaction ids that expired before `now`, and says how many.
  int prune(Tx tx, long now, int count) {
    return tx.update(
        """
        DELETE FROM partner_transaction WHERE (app_id, transaction_id) IN (
          SELECT app_id, transaction_id FROM partner_transaction WHERE expires_at < ?
          ORDER BY expires_at LIMIT ?)\
        """,
        now,
        count);
  }

  private static String text(List<Cidr> blocks) {
    return blocks.stream()
        .map(block -> block.network().getHostAddress() + "/" + block.prefix())
        .collect(Collectors.joining(" "));
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
  }
}
