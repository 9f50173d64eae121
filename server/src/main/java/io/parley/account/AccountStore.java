package io.parley.account;

import io.parley.base.AccountId;
import io.parley.base.Folding;
import io.parley.base.Right;
import io.parley.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The SQL of accounts, aliases and verifiers.
final class AccountStore {
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

  /// The row that a login name means. Exact ones sort first: [Folding#exact].
  private static final String NAMED = " WHERE folded IN (?, ?) ORDER BY folded LIMIT 1";

  private static final String COLUMNS =
      "a.id, a.nickname, a.gender, a.avatar_url, a.extra, a.rights, a.disabled, a.login_version,"
          + " a.created_at, a.updated_at, a.deleted_at, a.password_expired, a.second_factor,"
          + " (SELECT n.original FROM account_alias n"
          + " WHERE n.account_id = a.id AND n.kind IN ('USERNAME', 'NICKNAME')"
          + " ORDER BY n.kind DESC LIMIT 1)";

  void insert(Tx tx, Account account) {
    tx.update(
        """
        INSERT INTO account (id, nickname, search_name, gender, avatar_url, extra, rights, disabled,
          login_version, created_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        account.id().value(),
        account.nickname(),
        Folding.fold(account.nickname()),
        account.gender().code(),
        account.avatarUrl(),
        account.extra(),
        rights(account.rights()),
        account.disabled() ? 1 : 0,
        account.loginVersion(),
        account.createdAt(),
        account.updatedAt());
  }

  @Nullable String alias(Tx tx, AccountId id, AliasKind kind) {
    return tx.first(
        "SELECT original FROM account_alias WHERE account_id = ? AND kind = ?",
        row -> row.getString(1),
        id.value(),
        kind.name());
  }

  /// Whether the name was free and is now the account's.
  boolean insertAlias(Tx tx, AccountId id, AliasKind kind, String original) {
    return tx.update(
            """
            INSERT INTO account_alias (folded, kind, original, account_id)
            SELECT ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM account_alias WHERE folded = ?)
            ON CONFLICT (folded) DO NOTHING\
            """,
            Folding.fold(original),
            kind.name(),
            original,
            id.value(),
            Folding.exact(original))
        > 0;
  }

  /// Whose login name something is.
  record Owner(AccountId account, AliasKind kind) {}

  @Nullable Owner owner(Tx tx, String name) {
    return tx.first(
        "SELECT account_id, kind FROM account_alias" + NAMED,
        row -> new Owner(new AccountId(row.getLong(1)), AliasKind.valueOf(row.getString(2))),
        Folding.exact(name),
        Folding.fold(name));
  }

  void deleteAliases(Tx tx, AccountId id) {
    tx.update("DELETE FROM account_alias WHERE account_id = ?", id.value());
  }

  /// Whether the account still had `old`.
  boolean replaceVerifier(Tx tx, AccountId id, String scheme, String old, String fresh) {
    return tx.update(
            "UPDATE account_verifier SET hash = ? WHERE account_id = ? AND scheme = ? AND hash = ?",
            fresh,
            id.value(),
            scheme,
            old)
        > 0;
  }

  /// The password was replaced: logins that are being checked find another version.
  void passwordReplaced(Tx tx, AccountId id, boolean expired, long now) {
    tx.update(
        """
        UPDATE account SET login_version = login_version + 1, password_expired = ?, updated_at = ?
        WHERE id = ?\
        """,
        expired ? 1 : 0,
        now,
        id.value());
  }

  void putVerifiers(Tx tx, AccountId id, Map<String, String> verifiers) {
    verifiers.forEach(
        (scheme, hash) ->
            tx.update(
                """
                INSERT INTO account_verifier (account_id, scheme, hash) VALUES (?, ?, ?)
                ON CONFLICT (account_id, scheme) DO UPDATE SET hash = excluded.hash\
                """,
                id.value(),
                scheme,
                hash));
  }

  @Nullable String verifier(Tx tx, AccountId id, Scheme scheme) {
    return tx.first(
        "SELECT hash FROM account_verifier WHERE account_id = ? AND scheme = ?",
        row -> row.getString(1),
        id.value(),
        scheme.name());
  }

  @Nullable Account find(Tx tx, AccountId id) {
    return tx.first(
        "SELECT " + COLUMNS + " FROM account a WHERE a.id = ?", AccountStore::map, id.value());
  }

  @Nullable Account findByAlias(Tx tx, String name) {
    return tx.first(
        "SELECT " + COLUMNS + " FROM account_alias l JOIN account a ON a.id = l.account_id" + NAMED,
        AccountStore::map,
        Folding.exact(name),
        Folding.fold(name));
  }

  /// Whether the account may log in, and what logs in is still of that version.
  boolean isCurrent(Tx tx, AccountId id, long loginVersion) {
    return tx.number(
            """
            SELECT count(*) FROM account
            WHERE id = ? AND login_version = ? AND disabled = 0 AND deleted_at IS NULL\
            """,
            id.value(),
            loginVersion)
        > 0;
  }

  Map<AliasKind, String> names(Tx tx, AccountId id) {
    Map<AliasKind, String> names = new EnumMap<>(AliasKind.class);
    tx.list(
        "SELECT kind, original FROM account_alias WHERE account_id = ?",
        row -> names.put(AliasKind.valueOf(row.getString(1)), row.getString(2)),
        id.value());
    return names;
  }

  boolean exists(Tx tx, AccountId id) {
    return tx.number("SELECT count(*) FROM account WHERE id = ? AND deleted_at IS NULL", id.value())
        > 0;
  }

  /// Accounts by display name, newest first: those that contain `keyword` among the newest
  /// [#SCANNED_MAX], and of all the first [#BEGUN_MAX] that begin with it.
  List<Account> search(Tx tx, String keyword, long limit, long offset) {
    return tx.list(
        "SELECT "
            + COLUMNS
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

  /// From where the account's sessions were opened.
  List<String> sessionAddresses(Tx tx, AccountId id) {
    return tx.list(
        "SELECT DISTINCT address FROM session WHERE account_id = ? LIMIT 1000",
        row -> row.getString(1),
        id.value());
  }

  void setAvatar(Tx tx, AccountId id, String url, long now) {
    tx.update(
        "UPDATE account SET avatar_url = ?, updated_at = ? WHERE id = ?", url, now, id.value());
  }

  /// Gives a login name another kind and spelling.
  void setAlias(Tx tx, AliasKind kind, String original) {
    tx.update(
        "UPDATE account_alias SET kind = ?, original = ? WHERE folded ="
            + " (SELECT folded FROM account_alias"
            + NAMED
            + ")",
        kind.name(),
        original,
        Folding.exact(original),
        Folding.fold(original));
  }

  void setExtra(Tx tx, AccountId id, String extra, Gender gender, long now) {
    tx.update(
        "UPDATE account SET extra = ?, gender = ?, updated_at = ? WHERE id = ?",
        extra,
        gender.code(),
        now,
        id.value());
  }

  boolean hasAdmin(Tx tx) {
    return tx.number(
            """
            SELECT count(*) FROM account
            WHERE rights <> '' AND rights LIKE '%ADMIN%' AND disabled = 0 AND deleted_at IS NULL\
            """)
        > 0;
  }

  /// Accounts with an id below `below` and not below `floor`, newest first.
  List<Account> listForOperators(
      Tx tx, AccountSearch.Filter filter, long below, long floor, int limit) {
    StringBuilder sql =
        new StringBuilder("SELECT " + COLUMNS + " FROM account a WHERE a.id < ? AND a.id >= ?");
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
        "SELECT " + COLUMNS + " FROM account a WHERE a.id > ? ORDER BY a.id LIMIT ?",
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

  void setNickname(Tx tx, AccountId id, String nickname, long now) {
    tx.update(
        "UPDATE account SET nickname = ?, search_name = ?, updated_at = ? WHERE id = ?",
        nickname,
        Folding.fold(nickname),
        now,
        id.value());
  }

  void setDisabled(Tx tx, AccountId id, boolean disabled, long now) {
    tx.update(
        "UPDATE account SET disabled = ?, updated_at = ? WHERE id = ?",
        disabled ? 1 : 0,
        now,
        id.value());
  }

  void setRights(Tx tx, AccountId id, Set<Right> rights, long now) {
    tx.update(
        "UPDATE account SET rights = ?, updated_at = ? WHERE id = ?",
        rights(rights),
        now,
        id.value());
  }

  private static String rights(Set<Right> rights) {
    return rights.stream().map(Right::name).sorted().collect(Collectors.joining(" "));
  }

  private static Account map(ResultSet row) throws SQLException {
    String rights = row.getString(6);
    long deletedAt = row.getLong(11);
    AccountId id = new AccountId(row.getLong(1));
    return new Account(
        id,
        row.getString(2),
        Handles.of(id, row.getString(14)),
        Gender.of(row.getInt(3)),
        row.getString(4),
        row.getString(5),
        rights.isEmpty()
            ? Set.of()
            : Arrays.stream(rights.split(" ")).map(Right::valueOf).collect(Collectors.toSet()),
        row.getInt(7) != 0,
        row.getInt(12) != 0,
        row.getInt(13) != 0,
        row.getLong(8),
        row.getLong(9),
        row.getLong(10),
        deletedAt == 0 ? null : Long.valueOf(deletedAt));
  }
}
