package io.parley.session;

import io.parley.account.Account;
import io.parley.account.Accounts;
import io.parley.account.SecondFactors;
import io.parley.audit.Audit;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Entropy;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Right;
import io.parley.base.SessionId;
import io.parley.store.Change;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What operators do to who may log in. Each act commits together with its entry in the audit log;
/// what it ends, live sockets included, ends within a second.
///
/// The last account that has the admin right and may log in keeps both, unless the command line or
/// a program says otherwise: they can make another.
public final class LoginInterventions {
  private static final int PASSWORD_CHARS = 20;

  /// Without letters and digits that are taken for one another.
  private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

  private final Db db;
  private final Accounts accounts;
  private final Sessions sessions;
  private final Audit audit;
  private final Entropy entropy;
  private final SecondFactors factors;

  public LoginInterventions(
      Db db,
      Accounts accounts,
      SecondFactors factors,
      Sessions sessions,
      Audit audit,
      Entropy entropy) {
    this.factors = factors;
    this.db = db;
    this.accounts = accounts;
    this.sessions = sessions;
    this.audit = audit;
    this.entropy = entropy;
  }

  /// Forbids logging in and ends all sessions, or allows it again.
  ///
  /// @param reason needed to forbid
  /// @throws Fault NO_SUCH_ACCOUNT; FAILED_PRECONDITION for the last admin; INVALID_FIELD or
  ///     TOO_LARGE naming `reason`
  public void setDisabled(Caller operator, AccountId id, boolean disabled, String reason) {
    if (disabled) {
      Audit.requireReason("reason", reason);
    } else {
      Audit.reason("reason", reason);
    }
    act(
        id,
        tx -> {
          accounts.setDisabled(tx, id, disabled);
          if (disabled) {
            sessions.endAll(tx, id, null);
            requireAdminLeft(tx, operator);
          }
          audit.record(
              tx, operator, disabled ? "account.disable" : "account.enable", target(id), reason);
        });
  }

  /// Replaces the password by a random one and ends all sessions. The answer is the only copy, and
  /// good for nothing but to choose another.
  ///
  /// @throws Fault NO_SUCH_ACCOUNT, BUSY
  public String resetPassword(Caller operator, AccountId id, String reason) {
    Audit.reason("reason", reason);
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < PASSWORD_CHARS; i++) {
      password.append(ALPHABET.charAt((int) entropy.below(ALPHABET.length())));
    }
    setPassword(operator, id, password.toString(), true, reason);
    return password.toString();
  }

  /// The same with a password that the operator chose.
  ///
  /// @param expired whether its owner has to choose another before anything else is served
  /// @throws Fault INVALID_FIELD or TOO_LARGE naming `password`; NO_SUCH_ACCOUNT, BUSY
  public void setPassword(
      Caller operator, AccountId id, String password, boolean expired, String reason) {
    accounts.require(id);
    Map<String, String> verifiers = accounts.verifiers(password);
    act(
        id,
        tx -> {
          accounts.requireExists(tx, id);
          accounts.replacePassword(tx, id, verifiers, expired);
          sessions.endAll(tx, id, null);
          audit.record(tx, operator, "account.reset_password", target(id), reason);
        });
  }

  /// Takes an account's second factor away, for somebody who lost it.
  ///
  /// @throws Fault NO_SUCH_ACCOUNT; FAILED_PRECONDITION if it has none
  public void removeSecondFactor(Caller operator, AccountId id, String reason) {
    Audit.reason("reason", reason);
    act(
        id,
        tx -> {
          accounts.requireExists(tx, id);
          factors.turnOff(tx, id);
          audit.record(tx, operator, "account.remove_totp", target(id), reason);
        });
  }

  /// Replaces an account's rights.
  ///
  /// @throws Fault NO_SUCH_ACCOUNT; FAILED_PRECONDITION if nobody would be an admin any more
  public void setRights(Caller operator, AccountId id, Set<Right> rights) {
    act(
        id,
        tx -> {
          Account before = accounts.findEvenDeleted(tx, id);
          accounts.setRights(tx, id, rights);
          if (!rights.contains(Right.ADMIN)) {
            requireAdminLeft(tx, operator);
          }
          audit.record(
              tx,
              operator,
              "account.set_rights",
              target(id),
              Right.words(before == null ? Set.of() : before.rights())
                  + " → "
                  + Right.words(rights));
        });
  }

  /// Ends one session of an account, or all; says how many.
  ///
  /// @param session null: all
  /// @throws Fault NO_SUCH_ACCOUNT; NOT_FOUND if the account has no such session
  public int endSessions(Caller operator, AccountId id, @Nullable SessionId session) {
    return db.write(
        tx -> {
          accounts.requireExists(tx, id);
          int ended;
          if (session == null) {
            ended = sessions.endAll(tx, id, null);
          } else if (sessions.delete(tx, id, session)) {
            ended = 1;
          } else {
            throw Fault.of(FaultCode.NOT_FOUND, "session_id: no such session");
          }
          audit.record(
              tx,
              operator,
              "account.end_sessions",
              target(id),
              session == null ? "all, " + ended : "session " + session);
          return ended;
        });
  }

  private void act(AccountId id, Change act) {
    db.change(
        tx -> {
          act.make(tx);
          sessions.forgetAfter(tx, id);
        });
  }

  private void requireAdminLeft(Tx tx, Caller operator) {
    if (operator.accountId() != null && !accounts.hasAdmin(tx)) {
      throw Fault.of(
          FaultCode.FAILED_PRECONDITION,
          "the last admin stays: give somebody else the right first");
    }
  }

  private static String target(AccountId id) {
    return "account " + id;
  }
}
