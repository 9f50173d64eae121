package io.parley.account;

import io.parley.base.AccountId;
import io.parley.base.Folding;
import io.parley.store.Tx;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The SQL of looking for accounts by what they are called.
final class SearchStore {
  /// Names read for one search, so that its time does not grow with the number of accounts.
  static final int SCANNED_MAX = 50_000;

  /// Names found by their beginning in one search.
  static final int BEGUN_MAX = 10_000;

  /// Accounts that one step of an operator's search looks at.
  static final int STEP = 20_000;

  /// What anybody may find: neither deleted nor hidden.
  private static final String FOUND =
      " FROM account a WHERE a.deleted_at IS NULL"
          + " AND NOT EXISTS (SELECT 1 FROM hidden_account h WHERE h.account_id = a.id)";

  private static final String BY_DISPLAY_NAME =
      """
      SELECT id FROM (SELECT id, search_name FROM account ORDER BY id DESC LIMIT %d) AS newest
        WHERE search_name LIKE ? ESCAPE '!'
      UNION
      SELECT id FROM (SELECT id FROM account WHERE search_name >= ? AND search_name < ?
        ORDER BY search_name LIMIT %d) AS begun\
      """
          .formatted(SCANNED_MAX, BEGUN_MAX);

  /// Accounts by display name, newest first: those that contain `keyword` among the newest
  /// [#SCANNED_MAX], and of all the first [#BEGUN_MAX] that begin with it.
  List<Account> search(Tx tx, String keyword, long limit, long offset) {
    return tx.list(
        "SELECT "
            + AccountStore.COLUMNS
            + FOUND
            + " AND a.id IN ("
            + BY_DISPLAY_NAME
            + ") ORDER BY a.id DESC LIMIT ? OFFSET ?",
        AccountStore::map,
        Names.matching(keyword, limit, offset));
  }

  /// How many [#search] finds in all.
  long searchCount(Tx tx, String keyword) {
    return tx.number(
        "SELECT count(*)" + FOUND + " AND a.id IN (" + BY_DISPLAY_NAME + ")",
        Names.matching(keyword));
  }

  /// Accounts with an id below `below` and not below `floor`, newest first.
  List<Account> listForOperators(
      Tx tx, AccountSearch.Filter filter, long below, long floor, int limit) {
    StringBuilder sql =
        new StringBuilder(
            "SELECT " + AccountStore.COLUMNS + " FROM account a WHERE a.id < ? AND a.id >= ?");
    List<@Nullable Object> args = new ArrayList<>();
    args.add(below);
    args.add(floor);
    if (filter.disabled()) {
      sql.append(" AND a.disabled = 1");
    }
    if (filter.admin()) {
      sql.append(" AND a.rights <> '' AND a.rights LIKE '%ADMIN%'");
    }
    if (!filter.keyword().isBlank()) {
      String folded = Folding.fold(filter.keyword());
      sql.append(
          """
           AND (a.id = ? OR a.search_name LIKE ? ESCAPE '!' OR a.id IN (
           SELECT account_id FROM account_alias WHERE folded >= ? AND folded < ? LIMIT 10000))\
          """);
      args.add(filter.id());
      args.add(Names.pattern(filter.keyword()));
      args.add(folded);
      args.add(Names.behind(folded));
    }
    args.add(limit);
    return tx.list(
        sql.append(" ORDER BY a.id DESC LIMIT ?").toString(), AccountStore::map, args.toArray());
  }

  /// The lowest of the newest [#STEP] ids below `below`; 0 if there are not that many.
  long stepBelow(Tx tx, long below) {
    return tx.number(
        "SELECT id FROM account WHERE id < ? ORDER BY id DESC LIMIT 1 OFFSET ?", below, STEP - 1);
  }

  /// Accounts above `above`, oldest first.
  List<Account> after(Tx tx, long above, int limit) {
    return tx.list(
        "SELECT " + AccountStore.COLUMNS + " FROM account a WHERE a.id > ? ORDER BY a.id LIMIT ?",
        AccountStore::map,
        above,
        limit);
  }

  /// Accounts by username and nickname to log in with, newest first: those that contain `keyword`
  /// among the newest [#SCANNED_MAX], and of all the first [#BEGUN_MAX] that begin with it.
  List<AccountId> searchNames(Tx tx, String keyword, long limit, long offset) {
    return tx.list(
        "SELECT a.id"
            + FOUND
            + """
                 AND a.id IN (
              SELECT l.account_id FROM (SELECT id FROM account ORDER BY id DESC LIMIT %1$d) AS newest
                JOIN account_alias l ON l.account_id = newest.id
                WHERE l.kind IN ('USERNAME', 'NICKNAME') AND l.folded LIKE ? ESCAPE '!'
              UNION
              SELECT account_id FROM (SELECT account_id FROM account_alias
                WHERE kind IN ('USERNAME', 'NICKNAME') AND folded >= ? AND folded < ?
                ORDER BY folded LIMIT %2$d) AS begun)
            ORDER BY a.id DESC LIMIT ? OFFSET ?\
            """
                .formatted(SCANNED_MAX, BEGUN_MAX),
        row -> new AccountId(row.getLong(1)),
        Names.matching(keyword, limit, offset));
  }
}
