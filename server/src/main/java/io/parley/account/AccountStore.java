package io.parley.account;

import io.parley.base.AccountId;
import io.parley.base.Folding;
import io.parley.base.Right;
import io.parley.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The SQL of accounts, aliases and verifiers. That of looking for accounts is in [SearchStore].
final class AccountStore {
  /// The row that a login name means. Exact ones sort first: [Folding#exact].
  private static final String NAMED = " WHERE folded IN (?, ?) ORDER BY folded LIMIT 1";

  /// What [#map] reads, but for the handle.
  private static final String BARE =
      "a.id, a.nickname, a.gender, a.avatar_url, a.extra, a.rights, a.disabled, a.login_version,"
          + " a.created_at, a.updated_at, a.deleted_at, a.password_expired, a.second_factor";

  private static final String HANDLE =
      "(SELECT n.original FROM account_alias n"
          + " WHERE n.account_id = a.id AND n.kind IN ('USERNAME', 'NICKNAME')"
          + " ORDER BY n.kind DESC LIMIT 1)";

  static final String COLUMNS = BARE + ", " + HANDLE;

  /// The same of an account that was found by its alias `l`: a username is the handle itself.
  private static final String COLUMNS_NAMED =
      BARE + ", CASE l.kind WHEN 'USERNAME' THEN l.original ELSE " + HANDLE + " END";

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

  /// Sets columns of an account, and when it was updated: `now`, or just after the last time where
  /// the clock did not go on, so that [Account#version] is another one after each change.
  ///
  /// @param set the columns with places for `values`
  static void change(Tx tx, AccountId id, long now, String set, Object... values) {
    Object[] args = Arrays.copyOf(values, values.length + 3);
    args[values.length] = now;
    args[values.length + 1] = now;
    args[values.length + 2] = id.value();
    tx.update(
        "UPDATE account SET "
            + set
            + ", updated_at = CASE WHEN updated_at < ? THEN ? ELSE updated_at + 1 END WHERE id = ?",
        args);
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
    change(tx, id, now, "login_version = login_version + 1, password_expired = ?", expired ? 1 : 0);
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
        "SELECT "
            + COLUMNS_NAMED
            + " FROM account_alias l JOIN account a ON a.id = l.account_id"
            + NAMED,
        AccountStore::map,
        Folding.exact(name),
        Folding.fold(name));
  }

  /// Who may be logging in.
  ///
  /// @param verifier null where the account has no password of the scheme
  record Candidate(Account account, @Nullable String verifier) {}

  @Nullable Candidate findCandidate(Tx tx, String name, Scheme scheme) {
    return tx.first(
        "SELECT "
            + COLUMNS_NAMED
            + """
            , v.hash FROM account_alias l JOIN account a ON a.id = l.account_id
            LEFT JOIN account_verifier v ON v.account_id = a.id AND v.scheme = ?\
            """
            + NAMED,
        row -> new Candidate(map(row), row.getString(15)),
        scheme.name(),
        Folding.exact(name),
        Folding.fold(name));
  }

  /// The account with all its login names.
  @Nullable Profile findProfile(Tx tx, AccountId id) {
    Map<AliasKind, String> names = new EnumMap<>(AliasKind.class);
    List<Account> found =
        tx.list(
            "SELECT "
                + BARE
                + """
                , n.original, n.kind FROM account a
                LEFT JOIN account_alias n ON n.account_id = a.id WHERE a.id = ?\
                """,
            row -> {
              String kind = row.getString(15);
              if (kind != null) {
                names.put(AliasKind.valueOf(kind), row.getString(14));
              }
              return map(row);
            },
            id.value());
    return found.isEmpty()
        ? null
        : new Profile(found.getFirst().shownAs(Handles.among(id, names)), names);
  }

  /// What an account is allowed; null where it may not log in.
  @Nullable Standing findStanding(Tx tx, AccountId id) {
    return tx.first(
        """
        SELECT rights, password_expired, second_factor FROM account
        WHERE id = ? AND disabled = 0 AND deleted_at IS NULL\
        """,
        row -> new Standing(rights(row.getString(1)), row.getInt(2) != 0, row.getInt(3) != 0),
        id.value());
  }

  /// Of those that may log in: which version what logs in is of.
  Map<AccountId, Long> loginVersions(Tx tx, Collection<AccountId> ids) {
    Map<AccountId, Long> versions = new HashMap<>();
    tx.listAmong(
        """
        SELECT id, login_version FROM account
        WHERE id IN (:keys) AND disabled = 0 AND deleted_at IS NULL\
        """,
        row -> versions.put(new AccountId(row.getLong(1)), row.getLong(2)),
        ids.stream().map(id -> new Object[] {id.value()}).toList());
    return versions;
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

  /// [Account#version] of one that exists.
  long version(Tx tx, AccountId id) {
    return tx.number(
        """
        SELECT CASE WHEN updated_at = created_at THEN 0 ELSE updated_at END FROM account
        WHERE id = ?\
        """,
        id.value());
  }

  /// From where the account's sessions were opened.
  List<String> sessionAddresses(Tx tx, AccountId id) {
    return tx.list(
        "SELECT DISTINCT address FROM session WHERE account_id = ? LIMIT 1000",
        row -> row.getString(1),
        id.value());
  }

  void setAvatar(Tx tx, AccountId id, String url, long now) {
    change(tx, id, now, "avatar_url = ?", url);
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
    change(tx, id, now, "extra = ?, gender = ?", extra, gender.code());
  }

  boolean hasAdmin(Tx tx) {
    return tx.number(
            """
            SELECT count(*) FROM account
            WHERE rights <> '' AND rights LIKE '%ADMIN%' AND disabled = 0 AND deleted_at IS NULL\
            """)
        > 0;
  }

  void setNickname(Tx tx, AccountId id, String nickname, long now) {
    change(tx, id, now, "nickname = ?, search_name = ?", nickname, Folding.fold(nickname));
  }

  void setDisabled(Tx tx, AccountId id, boolean disabled, long now) {
    change(tx, id, now, "disabled = ?", disabled ? 1 : 0);
  }

  void setRights(Tx tx, AccountId id, Set<Right> rights, long now) {
    change(tx, id, now, "rights = ?", rights(rights));
  }

  private static String rights(Set<Right> rights) {
    return rights.stream().map(Right::name).sorted().collect(Collectors.joining(" "));
  }

  private static Set<Right> rights(String text) {
    return text.isEmpty()
        ? Set.of()
        : Arrays.stream(text.split(" ")).map(Right::valueOf).collect(Collectors.toSet());
  }

  static Account map(ResultSet row) throws SQLException {
    long deletedAt = row.getLong(11);
    AccountId id = new AccountId(row.getLong(1));
    return new Account(
        id,
        row.getString(2),
        Handles.of(id, row.getString(14)),
        Gender.of(row.getInt(3)),
        row.getString(4),
        row.getString(5),
        rights(row.getString(6)),
        row.getInt(7) != 0,
        row.getInt(12) != 0,
        row.getInt(13) != 0,
        row.getLong(8),
        row.getLong(9),
        row.getLong(10),
        deletedAt == 0 ? null : Long.valueOf(deletedAt));
  }
}
