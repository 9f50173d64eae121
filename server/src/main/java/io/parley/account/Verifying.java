package io.parley.account;

import io.parley.base.AccountId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Folding;
import io.parley.base.Limits;
import io.parley.security.Attempt;
import io.parley.security.SecurityLog;
import io.parley.store.Db;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Checks names and passwords, no faster than the [Throttle] lets it.
///
/// What is refused costs the same and counts the same whatever is wrong with it: no such name, a
/// password of another account, one that no account can have.
final class Verifying {
  /// Who logs in how: `wire` is what `scheme`'s clients send as the password of `name`.
  record Login(String name, Scheme scheme, String wire, Code code, Source source) {}

  private final Db db;
  private final Limits limits;
  private final Passwords passwords;
  private final Throttle throttle;
  private final Upgrades upgrades;
  private final SecondFactors factors;
  private final SecurityLog log;
  private final AccountStore store = new AccountStore();
  private final Map<Login, FutureTask<Account>> underWay = new ConcurrentHashMap<>();

  Verifying(Db db, Limits limits, Passwords passwords, Upgrades upgrades, Accounts.Guards guards) {
    this.factors = guards.factors();
    this.log = guards.log();
    this.db = db;
    this.limits = limits;
    this.passwords = passwords;
    this.throttle = guards.throttle();
    this.upgrades = upgrades;
  }

  /// The same login many times at once is one try: many devices may come back together.
  Account verify(Login login) {
    if (login.name().length() > Names.loginCharsMax(limits)) {
      throw Fault.of(FaultCode.TOO_LARGE, "login name: too long");
    }
    if (login.wire().length() > limits.passwordCharsMax() || !login.code().text().isEmpty()) {
      return attempt(login); // A code is good for one login, not for all that come at once.
    }
    FutureTask<Account> task = new FutureTask<>(() -> attempt(login));
    FutureTask<Account> earlier = underWay.putIfAbsent(login, task);
    if (earlier != null) {
      return result(earlier);
    }
    try {
      task.run();
    } finally {
      underWay.remove(login, task);
    }
    return result(task);
  }

  private static Account result(FutureTask<Account> task) {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw Fault.from(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Fault.of(FaultCode.UNAVAILABLE, "interrupted");
    }
  }

  private Account attempt(Login login) {
    Throttle.Try counted = begin(login.name(), login.source(), () -> isFamiliar(login));
    boolean looked = false;
    try {
      boolean tooLong = login.wire().length() > limits.passwordCharsMax();
      AccountStore.Candidate found =
          tooLong ? null : db.read(tx -> store.findCandidate(tx, login.name(), login.scheme()));
      Account account = found == null ? null : found.account();
      String verifier = found == null ? null : found.verifier();
      AccountId id = account == null ? null : account.id();
      String wire = tooLong ? "" : login.wire();
      boolean matches = passwords.verify(id, verifier, login.scheme(), wire);
      looked = true;
      if (tooLong) {
        throw Accounts.passwordTooLong(limits);
      }
      if (!matches || account == null) {
        log.count(Attempt.LOGIN_FAILED, login.source().key(), id);
        throw wrong();
      }
      if (account.live() && account.secondFactor()) {
        requireCode(account.id(), login, counted);
      }
      counted.succeeded();
      log.count(account.live() ? Attempt.LOGIN : Attempt.LOGIN_FAILED, login.source().key(), id);
      return live(account, verifier, login);
    } finally {
      if (!looked) {
        counted.abandoned();
      }
    }
  }

  private Throttle.Try begin(String name, Source source, BooleanSupplier known) {
    try {
      return throttle.begin(Folding.fold(name), source, known);
    } catch (Fault e) {
      log.count(Attempt.LOGIN_THROTTLED, source.key(), null);
      throw e;
    }
  }

  /// The try has failed until this returns, or is given back: a password that is right does not
  /// make up for guesses at the code.
  private void requireCode(AccountId id, Login login, Throttle.Try counted) {
    switch (login.code().use()) {
      case UNASKED -> {}
      case IMPOSSIBLE -> {
        log.count(Attempt.LOGIN_FAILED, login.source().key(), id);
        throw wrong();
      }
      case SHOWN -> {
        if (login.code().text().isEmpty()) {
          counted.abandoned();
          throw Fault.of(
              FaultCode.SECOND_FACTOR_NEEDED, "totp_code: the account has a second factor");
        }
        take(id, login.code().text(), login.source());
      }
    }
  }

  private void take(AccountId id, String code, Source source) {
    try {
      factors.require(id, code);
    } catch (Fault e) {
      boolean held = e.code() == FaultCode.THROTTLED;
      log.count(held ? Attempt.LOGIN_THROTTLED : Attempt.LOGIN_FAILED, source.key(), id);
      throw e;
    }
  }

  /// A code alone, of somebody who is logged in as `name`; wrong ones count as failed logins.
  void requireCode(AccountId id, String name, String code, Source source) {
    Throttle.Try counted = begin(name, source, () -> false);
    take(id, code, source);
    counted.abandoned();
  }

  private static Fault wrong() {
    return Fault.of(FaultCode.WRONG_CREDENTIALS, "wrong name or password");
  }

  private Account live(Account account, @Nullable String verifier, Login login) {
    if (verifier != null && FastHash.is(verifier)) {
      upgrades.offer(
          account.id(),
          login.scheme(),
          verifier,
          () -> passwords.shown(account.id(), login.scheme(), login.wire()));
    }
    if (!account.live()) {
      throw Fault.of(FaultCode.ACCOUNT_DISABLED, "this account is disabled");
    }
    return account;
  }

  /// Whether the account has a session that was opened from there.
  private boolean isFamiliar(Login login) {
    return db.read(
        tx -> {
          Account account = store.findByAlias(tx, login.name());
          return account != null
              && store.sessionAddresses(tx, account.id()).stream()
                  .anyMatch(address -> Source.ofAddress(address).equals(login.source()));
        });
  }
}
