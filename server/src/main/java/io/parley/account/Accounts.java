package io.parley.account;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Folding;
import io.parley.base.Ids;
import io.parley.base.Limits;
import io.parley.base.Page;
import io.parley.base.Right;
import io.parley.base.Urls;
import io.parley.bus.Bus;
import io.parley.bus.Event;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Registers accounts, finds them, checks their passwords.
public final class Accounts implements AutoCloseable {
  /// What a new account starts with.
  ///
  /// @param aliases its login names by kind; at least one
  /// @param password plain text
  public record Registration(
      Map<AliasKind, String> aliases,
      String nickname,
      Gender gender,
      String avatarUrl,
      String password) {}

  private final Db db;
  private final Bus bus;
  private final Ids ids;
  private final Clock clock;
  private final Limits limits;
  private final Passwords passwords;
  private final Throttle throttle;
  private final AccountStore store = new AccountStore();
  private final Upgrades upgrades;
  private final Profiles profiles;

  public Accounts(Engines engines, Limits limits, Passwords passwords, Throttle throttle) {
    this.db = engines.db();
    this.bus = engines.bus();
    this.ids = engines.ids();
    this.clock = engines.clock();
    this.limits = limits;
    this.passwords = passwords;
    this.throttle = throttle;
    this.upgrades = new Upgrades(db, clock, store);
    this.profiles = new Profiles(db, store);
    engines
        .bus()
        .subscribe(
            event -> {
              if (event instanceof Event.AccountChanged(AccountId account)) {
                forget(account);
              }
            });
  }

  /// What every account service stands on.
  public record Engines(Db db, Bus bus, Ids ids, Clock clock) {}

  /// Creates an account. Blocks for the slow hashes.
  ///
  /// @throws Fault INVALID_FIELD or TOO_LARGE naming the field, ALREADY_EXISTS if a login name is
  ///     taken, BUSY
  public Account register(Registration registration) {
    check(registration);
    requirePassword(registration.password());
    requireFree(registration.aliases());
    return insert(registration, passwords.verifiers(registration.password()));
  }

  /// The same where the password is what `scheme`'s clients send of it. Only they can log in until
  /// a plain-text password is set.
  public Account register(Registration registration, Scheme scheme) {
    check(registration);
    requireWire(registration.password());
    requireFree(registration.aliases());
    return insert(registration, passwords.verifier(scheme, registration.password()));
  }

  private void check(Registration registration) {
    Names.require("nickname", registration.nickname(), limits.nicknameCodePointsMax());
    registration
        .aliases()
        .forEach(
            (kind, name) ->
                Names.require(kind.name().toLowerCase(java.util.Locale.ROOT), name, 64));
    requireUrl("avatar_url", registration.avatarUrl());
  }

  private Account insert(Registration registration, Map<String, String> verifiers) {
    long now = clock.millis();
    Account account =
        new Account(
            new AccountId(ids.next()),
            registration.nickname(),
            registration.gender(),
            registration.avatarUrl(),
            "",
            Set.of(),
            false,
            0,
            now,
            now,
            null);
    return db.write(
        tx -> {
          store.insert(tx, account);
          registration.aliases().forEach((kind, name) -> insertAlias(tx, account, kind, name));
          store.putVerifiers(tx, account.id(), verifiers);
          return account;
        });
  }

  /// The account that logs in as `name` with `wire`, what `scheme`'s clients send as the password.
  /// Blocks for a slow hash unless the same login was verified lately.
  ///
  /// @throws Fault WRONG_CREDENTIALS for an unknown name as for a wrong password; ACCOUNT_DISABLED;
  ///     THROTTLED; BUSY
  public Account verify(String name, Scheme scheme, String wire, Caller caller) {
    if (name.length() > 2 * limits.nicknameCodePointsMax()) {
      throw Fault.of(FaultCode.TOO_LARGE, "login name: too long");
    }
    requireWire(wire);
    String folded = Folding.fold(name);
    // A trusted tier logs in many people from one address, which says nothing of any of them.
    String address = caller.has(Right.ENTRY) ? "" : caller.address();
    throttle.check(folded, address);
    Candidate found = db.read(tx -> candidate(tx, name, scheme));
    Account account = found.account();
    AccountId id = account == null ? null : account.id();
    if (!passwords.verify(id, found.verifier(), scheme, wire) || account == null) {
      throttle.failed(folded, address);
      throw Fault.of(FaultCode.WRONG_CREDENTIALS, "wrong name or password");
    }
    throttle.succeeded(folded);
    String verifier = found.verifier();
    if (verifier != null && FastHash.is(verifier)) {
      upgrades.offer(account.id(), scheme, verifier, passwords.slowVerifier(wire));
    }
    if (!account.live()) {
      throw Fault.of(FaultCode.ACCOUNT_DISABLED, "this account is disabled");
    }
    return account;
  }

  /// Who may be logging in; null for nobody, or without a password of that scheme.
  private record Candidate(@Nullable Account account, @Nullable String verifier) {}

  private Candidate candidate(Tx tx, String name, Scheme scheme) {
    Account account = store.findByAlias(tx, name);
    return new Candidate(
        account, account == null ? null : store.verifier(tx, account.id(), scheme));
  }

  /// Null where there is no such account, or it was deleted.
  public @Nullable Account find(AccountId id) {
    Account account = db.read(tx -> store.find(tx, id));
    return account == null || account.deletedAt() != null ? null : account;
  }

  /// Inside a transaction: the account, deleted or not; null where there never was one.
  public @Nullable Account findIn(Tx tx, AccountId id) {
    return store.find(tx, id);
  }

  /// @throws Fault NO_SUCH_ACCOUNT
  public Account require(AccountId id) {
    Account account = find(id);
    if (account == null) {
      throw noSuchAccount(id);
    }
    return account;
  }

  /// The account and its login names. Remembered; may read the store.
  ///
  /// @throws Fault NO_SUCH_ACCOUNT
  public Profile requireProfile(AccountId id) {
    Profile profile = profiles.find(id);
    if (profile == null) {
      throw noSuchAccount(id);
    }
    return profile;
  }

  /// The same if it is remembered, else null. Never blocks.
  public @Nullable Profile rememberedProfile(AccountId id) {
    return profiles.remembered(id);
  }

  /// The account with that login name; null where there is none, or it was deleted.
  public @Nullable Account findByAlias(String name) {
    if (name.length() > 2 * limits.nicknameCodePointsMax()) {
      return null;
    }
    Account account = db.read(tx -> store.findByAlias(tx, name));
    return account == null || account.deletedAt() != null ? null : account;
  }

  /// The account with that login name.
  ///
  /// @throws Fault NO_SUCH_ACCOUNT
  public Account requireByAlias(String name) {
    Account account = db.read(tx -> store.findByAlias(tx, name));
    if (account == null) {
      throw Fault.of(FaultCode.NO_SUCH_ACCOUNT, "no account " + name);
    }
    return account;
  }

  /// The login name of that kind as it was first given; null where the account has none.
  public @Nullable String alias(AccountId id, AliasKind kind) {
    return db.read(tx -> store.alias(tx, id, kind));
  }

  /// Inside a transaction: passes if the account exists and is not deleted.
  ///
  /// @throws Fault NO_SUCH_ACCOUNT
  public void requireExists(Tx tx, AccountId id) {
    if (!store.exists(tx, id)) {
      throw noSuchAccount(id);
    }
  }

  /// Accounts whose display name begins with `keyword`, at most 10,000, and those of the newest
  /// 50,000 whose display name contains it (case-folded; empty: all of these), newest first.
  public Page<Account> search(String keyword, Page.Request page) {
    if (keyword.length() > 2 * limits.nicknameCodePointsMax()) {
      throw Fault.of(FaultCode.TOO_LARGE, "keyword: too long");
    }
    return db.read(
        tx ->
            new Page<>(
                store.search(tx, keyword, page.pageSize(), page.offset()),
                page.page(),
                page.pageSize(),
                store.searchCount(tx, keyword)));
  }

  /// @throws Fault TOO_LARGE, INVALID_FIELD
  public void setAvatar(AccountId id, String url) {
    if (url.isEmpty()) {
      throw Fault.invalid("url", "must not be empty");
    }
    edit(id, "", url);
  }

  /// Changes the display name and the avatar, in one commit; an empty text leaves one as it is. Who
  /// can log in under which name stays the same.
  ///
  /// @throws Fault TOO_LARGE, INVALID_FIELD, NO_SUCH_ACCOUNT
  public void edit(AccountId id, String nickname, String avatarUrl) {
    if (!nickname.isEmpty()) {
      Names.require("nickname", nickname, limits.nicknameCodePointsMax());
    }
    requireUrl("url", avatarUrl);
    db.write(
        tx -> {
          requireExists(tx, id);
          if (!nickname.isEmpty()) {
            store.setNickname(tx, id, nickname, clock.millis());
          }
          if (!avatarUrl.isEmpty()) {
            store.setAvatar(tx, id, avatarUrl, clock.millis());
          }
          tx.afterCommit(
              () -> {
                profiles.forget(id);
                bus.publish(new Event.AccountChanged(id));
              });
          return id;
        });
  }

  /// Verifiers of every scheme for a new password, made before a transaction. Blocks for the slow
  /// hashes.
  ///
  /// @throws Fault INVALID_FIELD or TOO_LARGE naming `password`; BUSY
  public Map<String, String> verifiers(String password) {
    requirePassword(password);
    return passwords.verifiers(password);
  }

  /// Inside a transaction: replaces the password. The caller ends sessions and announces the
  /// change.
  public void replacePassword(Tx tx, AccountId id, Map<String, String> verifiers) {
    store.putVerifiers(tx, id, verifiers);
    store.bumpLoginVersion(tx, id, clock.millis());
  }

  /// Inside a transaction: forbids or allows logging in. The caller ends sessions and announces the
  /// change.
  public void setDisabled(Tx tx, AccountId id, boolean disabled) {
    requireExists(tx, id);
    store.setDisabled(tx, id, disabled, clock.millis());
  }

  /// Inside a transaction: replaces the account's rights. The caller announces the change.
  public void setRights(Tx tx, AccountId id, Set<Right> rights) {
    requireExists(tx, id);
    store.setRights(tx, id, rights, clock.millis());
  }

  /// Inside a transaction: whether an account that may log in has the admin right.
  public boolean hasAdmin(Tx tx) {
    return store.hasAdmin(tx);
  }

  /// Ends work in the background.
  @Override
  public void close() {
    upgrades.close();
  }

  /// Forgets what is remembered of `id`, logins included, at once, on this node.
  public void forget(AccountId id) {
    passwords.forget(id);
    profiles.forget(id);
  }

  private void requireFree(Map<AliasKind, String> aliases) {
    // Before the slow hash, so that a taken name costs nothing; the unique key decides.
    aliases.forEach(
        (kind, name) -> {
          if (db.read(tx -> store.findByAlias(tx, name)) != null) {
            throw taken(kind);
          }
        });
  }

  private void insertAlias(Tx tx, Account account, AliasKind kind, String name) {
    if (!store.insertAlias(tx, account.id(), kind, name)) {
      throw taken(kind);
    }
  }

  private static Fault taken(AliasKind kind) {
    return Fault.of(
        FaultCode.ALREADY_EXISTS,
        kind.name().toLowerCase(java.util.Locale.ROOT) + ": already taken");
  }

  private void requireWire(String wire) {
    if (wire.length() > limits.passwordCharsMax()) {
      throw Fault.of(
          FaultCode.TOO_LARGE,
          "password: longer than " + limits.passwordCharsMax() + " characters");
    }
  }

  private void requirePassword(String password) {
    requireWire(password);
    if (password.length() < limits.passwordCharsMin()) {
      throw Fault.invalid(
          "password", "must have at least " + limits.passwordCharsMin() + " characters");
    }
  }

  void requireUrl(String field, String url) {
    if (url.length() > limits.urlCharsMax()) {
      throw Fault.of(
          FaultCode.TOO_LARGE, field + ": longer than " + limits.urlCharsMax() + " characters");
    }
    if (url.chars().anyMatch(Character::isISOControl)) {
      throw Fault.invalid(field, "must not contain control characters");
    }
    Urls.requireSafe(field, url);
  }

  private static Fault noSuchAccount(AccountId id) {
    return Fault.of(FaultCode.NO_SUCH_ACCOUNT, "no account " + id);
  }
}
