package io.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.harness.TestLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Accounts that phone-im told that they take friends openly go on to do so.
class FriendDefaultTest {
  @TempDir private Path folder;

  @Test
  void migration_accountsWithAPhoneThatNeverChose_areOpen_andNobodyElse() throws IOException {
    String migration = migration();
    try (Db db = Db.open(StoreSettings.sqlite(), folder, TestLimits.defaults())) {
      db.write(
          tx -> {
            alias(tx, 1, "PHONE", "13800000001");
            alias(tx, 1, "USERNAME", "ann");
            alias(tx, 2, "PHONE", "13800000002");
            alias(tx, 3, "NICKNAME", "cat");
            return tx.update(
                "INSERT INTO privacy (account_id, friend_policy, presence_policy)"
                    + " VALUES (2, 'CLOSED', 'NOBODY')");
          });
      db.write(tx -> tx.update(migration));
      assertEquals(
          List.of("1 OPEN EVERYBODY", "2 CLOSED NOBODY"),
          db.read(
              tx ->
                  tx.list(
                      "SELECT account_id, friend_policy, presence_policy FROM privacy"
                          + " ORDER BY account_id",
                      row -> row.getLong(1) + " " + row.getString(2) + " " + row.getString(3))));
    }
  }

  private static void alias(Tx tx, long account, String kind, String name) {
    tx.update(
        "INSERT INTO account_alias (folded, kind, original, account_id) VALUES (?, ?, ?, ?)",
        name,
        kind,
        name,
        account);
  }

  private static String migration() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(Db.class.getResourceAsStream("migration/0070_friend_default.sql"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip().replaceAll(";$", "");
    }
  }
}
