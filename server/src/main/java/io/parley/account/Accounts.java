package io.parley.account;

import io.parley.base.AccountId;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.base.Right;
import io.parley.bus.Bus;
import io.parley.bus.Event;
import io.parley.platform.Platform;
import io.parley.security.SecurityLog;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
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
  private final Clock clock;
  private final Limits limits;
  private final Passwords passwords;
  private final Naming naming;
  private final NewPasswords newPasswords;
  private final ProfileNews news;
  private final Registering registering;
  private final Verifying verifying;
  private final AccountStore store = new AccountStore();
  private final Upgrades upgrades;
  private final Profiles profiles;

  /// What a login name and a password that are chosen may be, and who hears of a new name.
  public record Rules(Naming naming, NewPasswords passwords, ProfileNews news) {}

  public Accounts(
      Platform platform, Limits limits, Passwords passwords, Guards guards, Rules rules) {
    this.db = platform.db();
    this.bus = platform.bus();
    this.clock = platform.clock();
    this.limits = limits;
    this.passwords = passwords;
    this.naming = rules.naming();
    this.newPasswords = rules.passwords();
    this.news = rules.news();
    this.upgrades = new Upgrades(db, clock, store);
    this.verifying = new Verifying(db, limits, passwords, upgrades, guards);
    this.registering = new Registering(platform, limits, rules.naming(), guards.throttle().on());
    this.profiles = new Profiles(db, store);
    platform
        .bus()
        .subscribe(
            event -> {
              if (event instanceof Event.AccountChanged(AccountId account)) {
                forget(account);
              }
            });
    bus.onLoss(
        loss -> {
          passwords.forgetAll();
          profiles.forgetAll();
        });
  }

  /// What stands between a login and an account besides the password.
  public record Guards(Throttle throttle, SecondFactors factors, SecurityLog log) {}

  /// Creates an account. Blocks for the slow hashes.
  ///
  /// @throws Fault INVALID_FIELD or TOO_LARGE naming the field, ALREADY_EXISTS if a login name is
  ///     taken or looks like one that is, BUSY, THROTTLED
  public Account register(Registration registration, Source source) {
    newPasswords.require(registration.password());
    return registered(registration, source, Accounts::nothing);
  }

  /// The same for a contract whose document lets a password be shorter.
  ///
  /// @param also what is stored in the same transaction
  public Account register(
      Registration registration,
      Source source,
      int passwordCharsMin,
      BiConsumer<Tx, AccountId> also) {
    newPasswords.require(registration.password(), passwordCharsMin);
    return registered(registration, source, also);
  }

  private Account registered(
      Registration registration, Source source, BiConsumer<Tx, AccountId> also) {
    return registering.register(
        registration, source, () -> passwords.newVerifiers(registration.password()), also);
  }

  /// The same where the password is what `scheme`'s clients send of it. Only they can log in until
  /// a plain-text password is set.
  public Account register(Registration registration, Scheme scheme, Source source) {
    requireWire(registration.password());
    return registering.register(
        registration,
        source,
        () -> passwords.newVerifier(scheme, registration.password()),
        Accounts::nothing);
  }

  /// Whether a name is kept for the operators, or looks like one that is.
  public boolean isReserved(String name) {
    return naming.isReserved(name);
  }

  /// The account that logs in as `name` with `wire`, what `scheme`'s clients send as the password.
  /// Blocks for a slow hash unless the same login was verified lately.
  ///
  /// @throws Fault WRONG_CREDENTIALS for an unknown name as for a wrong password, and for an
  ///     account with a second factor; ACCOUNT_DISABLED; THROTTLED; BUSY; TOO_LARGE
  public Account verify(String name, Scheme scheme, String wire, Source source) {
    return verify(name, scheme, wire, Code.IMPOSSIBLE, source);
  }

  /// The same where a code can be shown, which accounts with a second factor need.
  ///
  /// @throws Fault SECOND_FACTOR_NEEDED, SECOND_FACTOR_WRONG, and as above
  public Account verify(String name, Scheme scheme, String wire, Code code, Source source) {
    return verifying.verify(new Verifying.Login(name, scheme, wire, code, source));
  }

  /// `password`, in plain text, is that of an account whose session asks for something that a
  /// session alone may not do. Counts as a login does.
  ///
  /// @throws Fault INVALID_FIELD naming `field`, or `totp_code`, if it is not;
  ///     SECOND_FACTOR_NEEDED;
  ///     THROTTLED; BUSY
  public void confirm(AccountId id, String field, String password, Code code, Source source) {
    try {
      var unused =
          verify(requireProfile(id).loginName(), new Scheme.Plain(), password, code, source);
    } catch (Fault e) {
      throw asked(field, e);
    }
  }

  /// `code` is one of the account's second factor. Counts as a login does.
  ///
  /// @throws Fault INVALID_FIELD or TOO_LARGE naming `totp_code`; THROTTLED
  public void confirmCode(AccountId id, String code, Source source) {
    try {
      verifying.requireCode(id, requireProfile(id).loginName(), Code.of(code).text(), source);
    } catch (Fault e) {
      throw asked("", e);
    }
  }

  /// Not "log in first": the session lives, and a client must not take it for ended.
  private static Fault asked(String field, Fault fault) {
    return switch (fault.code()) {
      case WRONG_CREDENTIALS -> Fault.invalid(field, "is not the account's password");
      case SECOND_FACTOR_WRONG -> Fault.of(FaultCode.INVALID_FIELD, fault.text());
      default -> fault;
    };
  }

  /// Null where there is no such account, or it was deleted.
  public @Nullable Account findPresent(AccountId id) {
    Account account = db.read(tx -> store.find(tx, id));
    return account == null || account.deletedAt() != null ? null : account;
  }

  /// Inside a transaction: of those that may log in, which version what logs in is of now, see
  /// [Account#loginVersion].
  public Map<AccountId, Long> loginVersions(Tx tx, Collection<AccountId> ids) {
    return store.loginVersions(tx, ids);
  }

  /// Inside a transaction: what the account is allowed; null where it may not log in.
  public @Nullable Standing findStanding(Tx tx, AccountId id) {
    return store.findStanding(tx, id);
  }

  /// Inside a transaction: the account, deleted or not; null where there never was one.
  public @Nullable Account findEvenDeleted(Tx tx, AccountId id) {
    return store.find(tx, id);
  }

  /// @throws Fault NO_SUCH_ACCOUNT
  public Account require(AccountId id) {
    Account account = findPresent(id);
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
    if (name.length() > Names.loginCharsMax(limits)) {
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

  /// The account with that login name if anybody may find it, else null.
  public @Nullable Account findVisible(String name) {
    Account account = findByAlias(name);
    return account == null || account.hidden() ? null : account;
  }

  /// Inside a transaction: whether an account is out of everybody's sight.
  ///
  /// @throws Fault NO_SUCH_ACCOUNT
  public boolean isHidden(Tx tx, AccountId id) {
    Account account = store.find(tx, id);
    if (account == null || account.deletedAt() != null) {
      throw noSuchAccount(id);
    }
    return account.hidden();
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
  /// @throws Fault TOO_LARGE, INVALID_FIELD, ALREADY_EXISTS, NO_SUCH_ACCOUNT
  public void edit(AccountId id, String nickname, String avatarUrl) {
    if (!nickname.isEmpty()) {
      Names.require("nickname", nickname, limits.nicknameCodePointsMax());
    }
    Editing.requireUrl("url", avatarUrl, limits);
    db.change(
        tx -> {
          requireExists(tx, id);
          long now = clock.millis();
          if (!nickname.isEmpty()) {
            naming.requireDisplay(tx, id, nickname);
            store.setNickname(tx, id, nickname, now);
          }
          if (!avatarUrl.isEmpty()) {
            store.setAvatar(tx, id, avatarUrl, now);
          }
          profileChanged(tx, id);
        });
  }

  /// Inside a transaction: once it is committed, what is remembered of the account is forgotten and
  /// everybody hears of it. Forgotten here and not only by the event, so that whoever got the
  /// answer to this call finds what is true.
  public void changed(Tx tx, AccountId id) {
    tx.afterCommit(() -> forget(id));
    bus.publish(tx, new Event.AccountChanged(id));
  }

  /// The same of what others see of it.
  void profileChanged(Tx tx, AccountId id) {
    changed(tx, id);
    news.tell(tx, id, store.version(tx, id));
  }

  /// [Account#version]; 0 also where there is no such account.
  public long version(AccountId id) {
    return profiles.version(id);
  }

  /// Verifiers of every scheme for a new password, made before a transaction. Blocks for the slow
  /// hashes.
  ///
  /// @throws Fault INVALID_FIELD or TOO_LARGE naming `password`; BUSY
  public Map<String, String> verifiers(String password) {
    newPasswords.require(password);
    return passwords.verifiers(password);
  }

  /// Inside a transaction: replaces the password. The caller ends sessions and announces the
  /// change.
  ///
  /// @param expired whether somebody else chose it, so that the owner must choose another first
  public void replacePassword(Tx tx, AccountId id, Map<String, String> verifiers, boolean expired) {
    store.putVerifiers(tx, id, verifiers);
    store.passwordReplaced(tx, id, expired, clock.millis());
  }

  /// Whether `password`, in plain text, is the account's. Not counted as a try: for those who may
  /// replace it. Blocks for a slow hash unless it was verified lately.
  ///
  /// @throws Fault BUSY
  public boolean isPassword(AccountId id, String password) {
    Scheme plain = new Scheme.Plain();
    String verifier = db.read(tx -> store.verifier(tx, id, plain));
    return passwords.verify(id, verifier, plain, password);
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

  private void requireWire(String wire) {
    if (wire.length() > limits.passwordCharsMax()) {
      throw passwordTooLong(limits);
    }
  }

  static Fault passwordTooLong(Limits limits) {
    return Fault.of(
        FaultCode.TOO_LARGE, "password: longer than " + limits.passwordCharsMax() + " characters");
  }

  private static void nothing(Tx tx, AccountId account) {}

  private static Fault noSuchAccount(AccountId id) {
    return Fault.of(FaultCode.NO_SUCH_ACCOUNT, "no account " + id);
  }
}
