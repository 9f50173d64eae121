package io.parley.session;

import io.parley.account.Accounts;
import io.parley.account.Code;
import io.parley.account.Source;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.SessionId;
import io.parley.security.SecurityLog;
import io.parley.store.Db;
import java.time.Duration;
import java.util.Map;

/// What the owner of a session does with the password.
public final class OwnPassword {
  /// So long after the login the password need not be shown again to replace it.
  private static final Duration EXCUSED = Duration.ofMinutes(5);

  private final Db db;
  private final Clock clock;
  private final Accounts accounts;
  private final Sessions sessions;
  private final SecurityLog log;

  public OwnPassword(Db db, Clock clock, Accounts accounts, Sessions sessions, SecurityLog log) {
    this.log = log;
    this.db = db;
    this.clock = clock;
    this.accounts = accounts;
    this.sessions = sessions;
  }

  /// Replaces the caller's password and ends all the account's other sessions, in one commit. One
  /// that an operator had set is the owner's from then on, and must differ.
  ///
  /// @param current the password as it is; may be empty for 5 minutes after the session was opened,
  ///     because there are clients of the contract that cannot send it
  /// @return whether `current` was given
  /// @throws Fault INVALID_FIELD, also for a wrong current password; FAILED_PRECONDITION if that is
  ///     missing; TOO_LARGE, THROTTLED, BUSY
  public boolean change(Caller caller, String current, String password) {
    AccountId account = caller.requireAccount();
    SessionId kept = caller.requireSession();
    if (!current.isEmpty()) {
      accounts.confirm(account, "current_password", current, Code.UNASKED, Source.of(caller));
    } else if (!isExcused(account, kept)) {
      throw Fault.of(
          FaultCode.FAILED_PRECONDITION,
          "current_password: must be given more than "
              + EXCUSED.toMinutes()
              + " minutes after the login; or log in again");
    }
    Map<String, String> verifiers = accounts.verifiers(password);
    if (accounts.require(account).passwordExpired() && accounts.isPassword(account, password)) {
      throw Fault.invalid("password", "is the one that an operator set: choose another");
    }
    db.change(
        tx -> {
          sessions.requireLive(tx, account, kept);
          accounts.replacePassword(tx, account, verifiers, false);
          sessions.endAll(tx, account, kept);
          sessions.forgetAfter(tx, account);
          tx.afterCommit(() -> log.tell("password_changed", "account", account.toString()));
        });
    return !current.isEmpty();
  }

  private boolean isExcused(AccountId account, SessionId id) {
    long since = clock.millis() - EXCUSED.toMillis();
    return sessions.list(account).stream()
        .anyMatch(session -> session.id().equals(id) && session.createdAt() >= since);
  }
}
