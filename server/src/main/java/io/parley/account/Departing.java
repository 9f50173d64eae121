package io.parley.account;

import io.parley.base.AccountId;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.store.Tx;
import java.util.List;

/// What becomes of an account that its owner deletes, as far as it is who exists and how it logs
/// in.
///
/// It is out of everybody's sight and can never log in again from [#mark] on. [#erase] takes what
/// it said of itself, its phone number and its address; its other names stay nobody's until
/// [#free].
public final class Departing {
  private final Clock clock;
  private final Accounts accounts;
  private final AccountStore store = new AccountStore();
  private final LookStore looks = new LookStore();

  public Departing(Clock clock, Accounts accounts) {
    this.clock = clock;
    this.accounts = accounts;
  }

  /// Inside a transaction: the account is deleted. The caller ends its sessions.
  ///
  /// @throws Fault NO_SUCH_ACCOUNT; FAILED_PRECONDITION for the last admin
  public void mark(Tx tx, AccountId id) {
    accounts.requireExists(tx, id);
    boolean admins = accounts.hasAdmin(tx);
    long now = clock.millis();
    // Disabled as well, so that all that hides a disabled account hides this one.
    AccountStore.change(
        tx,
        id,
        now,
        "deleted_at = ?, disabled = 1, rights = '', second_factor = 0,"
            + " login_version = login_version + 1",
        now);
    if (admins && !accounts.hasAdmin(tx)) {
      throw Fault.of(
          FaultCode.FAILED_PRECONDITION,
          "the last admin stays: give somebody else the right first");
    }
    for (String table : List.of("account_verifier", "totp", "recovery_code", "email_code")) {
      tx.update("DELETE FROM " + table + " WHERE account_id = ?", id.value());
    }
    accounts.profileChanged(tx, id);
  }

  /// Inside a transaction: nothing is left of what the account said of itself.
  public void erase(Tx tx, AccountId id) {
    AccountStore.change(
        tx,
        id,
        clock.millis(),
        "nickname = ?, search_name = ?, avatar_url = '', extra = '', gender = 0",
        Handles.of(id, null),
        Handles.of(id, null));
    tx.update(
        "DELETE FROM account_alias WHERE account_id = ? AND kind IN ('EMAIL', 'PHONE')",
        id.value());
    accounts.profileChanged(tx, id);
  }

  /// Inside a transaction: its names are anybody's.
  public void free(Tx tx, AccountId id) {
    store.deleteAliases(tx, id);
    looks.delete(tx, id);
    accounts.profileChanged(tx, id);
  }
}
