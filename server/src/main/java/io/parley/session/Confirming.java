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
import io.parley.security.Attempt;
import io.parley.security.SecurityLog;
import io.parley.store.Db;

/// Asks for the password again before something dangerous is done. What was shown is a matter of
/// the session and ends with it.
public final class Confirming implements Proof {
  private final Db db;
  private final Clock clock;
  private final Accounts accounts;
  private final Sessions sessions;
  private final SessionPolicy policy;
  private final SecurityLog log;
  private final SessionStore store = new SessionStore();

  public Confirming(
      Db db,
      Clock clock,
      Accounts accounts,
      Sessions sessions,
      SessionPolicy policy,
      SecurityLog log) {
    this.log = log;
    this.sessions = sessions;
    this.db = db;
    this.clock = clock;
    this.accounts = accounts;
    this.policy = policy;
  }

  /// Takes the password of the caller's account, and a code where it has a second factor; wrong
  /// ones count as failed logins.
  ///
  /// @return until when that is enough, epoch milliseconds
  /// @throws Fault INVALID_FIELD naming `password` or `totp_code`; SECOND_FACTOR_NEEDED;
  ///     NOT_LOGGED_IN if the session ended meanwhile; THROTTLED, BUSY
  public long confirm(Caller caller, String password, String code) {
    AccountId account = caller.requireAccount();
    SessionId id = caller.requireSession();
    boolean factor = accounts.require(account).secondFactor();
    accounts.confirm(account, "password", password, Code.of(code), Source.of(caller));
    return db.write(
        tx -> {
          long now = clock.millis();
          Session session = store.find(tx, account, id, now);
          if (session == null) {
            throw ended();
          }
          store.confirm(tx, id, now);
          if (!caller.rights().isEmpty()) {
            tx.afterCommit(() -> log.tell("admin_confirmed", "account", account.toString()));
          }
          if (factor && !session.secondFactor()) {
            store.showedCode(tx, id);
            sessions.forgetAfter(tx, account);
          }
          return now + policy.fresh().toMillis();
        });
  }

  @Override
  public Caller now(Caller caller) {
    return caller.at(clock.millis());
  }

  @Override
  public void requireFresh(Caller caller) {
    if (caller.accountId() == null && !caller.program().isEmpty()) {
      return;
    }
    AccountId account = caller.requireAccount();
    SessionId id = caller.requireSession();
    long now = clock.millis();
    Session session = db.read(tx -> store.find(tx, account, id, now));
    if (session == null) {
      throw ended();
    }
    boolean lacksCode = !session.secondFactor() && accounts.require(account).secondFactor();
    if (lacksCode || now - session.provenAt() >= policy.fresh().toMillis()) {
      throw Fault.of(
          FaultCode.CONFIRMATION_NEEDED,
          "security.fresh_minutes: show the password again with ConfirmPassword");
    }
  }

  @Override
  public void refused(Caller caller) {
    log.count(Attempt.REFUSED, Source.of(caller).key(), caller.accountId());
  }

  private static Fault ended() {
    return Fault.of(FaultCode.NOT_LOGGED_IN, "the session has ended");
  }
}
