package io.parley.session;

import io.parley.account.Accounts;
import io.parley.account.Code;
import io.parley.account.Departing;
import io.parley.account.Source;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.SessionId;
import io.parley.security.SecurityLog;
import io.parley.store.Change;
import io.parley.store.Db;

/// Closes an account for good, for whoever shows its password and second factor.
public final class Closing {
  private final Db db;
  private final Accounts accounts;
  private final Departing departing;
  private final Sessions sessions;
  private final SecurityLog log;
  private final RecoveryStore links = new RecoveryStore();

  public Closing(
      Db db, Accounts accounts, Departing departing, Sessions sessions, SecurityLog log) {
    this.db = db;
    this.accounts = accounts;
    this.departing = departing;
    this.sessions = sessions;
    this.log = log;
  }

  /// Marks the caller's account as deleted and ends all its sessions, in one commit.
  ///
  /// @param code of the second factor; empty where there is none
  /// @param also what else is checked and written in that commit, first
  /// @throws io.parley.base.Fault INVALID_FIELD naming `password` or `totp_code`;
  ///     SECOND_FACTOR_NEEDED; FAILED_PRECONDITION for the last admin; THROTTLED, BUSY
  public void close(Caller caller, String password, String code, Change also) {
    AccountId account = caller.requireAccount();
    SessionId session = caller.requireSession();
    accounts.confirm(account, "password", password, Code.of(code), Source.of(caller));
    db.change(
        tx -> {
          sessions.requireLive(tx, account, session);
          also.make(tx);
          departing.mark(tx, account);
          links.deleteOf(tx, account);
          sessions.endAll(tx, account, null);
          sessions.forgetAfter(tx, account);
          tx.afterCommit(() -> log.tell("account_deleted", "account", account.toString()));
        });
  }
}
