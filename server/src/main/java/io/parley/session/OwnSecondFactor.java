package io.parley.session;

import io.parley.account.Accounts;
import io.parley.account.SecondFactors;
import io.parley.account.Source;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.SessionId;
import io.parley.security.SecurityLog;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.util.List;

/// What the owner of a session does with the second factor of the account.
public final class OwnSecondFactor {
  private final Db db;
  private final Accounts accounts;
  private final SecondFactors factors;
  private final Sessions sessions;
  private final SecurityLog log;
  private final SessionStore store = new SessionStore();

  public OwnSecondFactor(
      Db db, Accounts accounts, SecondFactors factors, Sessions sessions, SecurityLog log) {
    this.log = log;
    this.db = db;
    this.accounts = accounts;
    this.factors = factors;
    this.sessions = sessions;
  }

  public SecondFactors.Status status(Caller caller) {
    return factors.status(caller.requireAccount());
  }

  /// Makes a secret that is in force once [#turnOn] was shown a code of it.
  ///
  /// @throws io.parley.base.Fault FAILED_PRECONDITION if there is one in force
  public SecondFactors.Begun begin(Caller caller) {
    AccountId account = caller.requireAccount();
    return factors.begin(account, accounts.requireProfile(account).loginName());
  }

  /// Puts the secret in force. The account's other sessions go on, without its rights until they
  /// show a code. The answer are the recovery codes, of which there is no other copy.
  ///
  /// @throws io.parley.base.Fault FAILED_PRECONDITION; INVALID_FIELD naming `code`
  public List<String> turnOn(Caller caller, String code) {
    AccountId account = caller.requireAccount();
    SessionId session = caller.requireSession();
    return db.write(
        tx -> {
          sessions.requireLive(tx, account, session);
          List<String> codes = factors.turnOn(tx, account, code);
          store.showedCode(tx, session);
          sessions.forgetAfter(tx, account);
          told(tx, "totp_on", account);
          return codes;
        });
  }

  /// From now on the password is enough.
  ///
  /// @throws io.parley.base.Fault FAILED_PRECONDITION if there is none; INVALID_FIELD naming
  ///     `totp_code`; THROTTLED
  public void turnOff(Caller caller, String code) {
    AccountId account = caller.requireAccount();
    SessionId session = caller.requireSession();
    accounts.confirmCode(account, code, Source.of(caller));
    db.change(
        tx -> {
          sessions.requireLive(tx, account, session);
          factors.turnOff(tx, account);
          sessions.forgetAfter(tx, account);
          told(tx, "totp_off", account);
        });
  }

  /// New recovery codes in place of those there are.
  ///
  /// @throws io.parley.base.Fault FAILED_PRECONDITION if there is no second factor
  public List<String> renewCodes(Caller caller) {
    AccountId account = caller.requireAccount();
    return db.write(
        tx -> {
          told(tx, "recovery_codes_renewed", account);
          return factors.renewCodes(tx, account);
        });
  }

  private void told(Tx tx, String event, AccountId account) {
    tx.afterCommit(() -> log.tell(event, "account", account.toString()));
  }
}
