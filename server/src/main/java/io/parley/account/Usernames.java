package io.parley.account;

import io.parley.base.AccountId;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.platform.Platform;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.util.Map;

/// Usernames: taken once by accounts that were registered without one.
public final class Usernames {
  /// What [#complete] sets.
  ///
  /// @param username a login name for good, and the display name
  /// @param extra free text
  public record Completion(String username, String avatarUrl, String extra, Gender gender) {}

  private final Db db;
  private final Clock clock;
  private final Accounts accounts;
  private final Limits limits;
  private final Naming naming;
  private final AccountStore store = new AccountStore();

  public Usernames(Platform platform, Accounts accounts, Naming naming, Limits limits) {
    this.naming = naming;
    this.db = platform.db();
    this.clock = platform.clock();
    this.accounts = accounts;
    this.limits = limits;
  }

  /// Completes an account that was registered without a username. Completing it again changes all
  /// but the username, which must be the same.
  ///
  /// @throws Fault ALREADY_EXISTS if the username is taken; FAILED_PRECONDITION if the account has
  ///     another; INVALID_FIELD, TOO_LARGE
  public void complete(AccountId id, Completion fresh) {
    Names.require("username", fresh.username(), limits.nicknameCodePointsMax());
    Accounts.requireUrl("avatar", fresh.avatarUrl(), limits);
    Editing.requireExtra("desc", fresh.extra());
    db.change(
        tx -> {
          Map<AliasKind, String> names = store.names(tx, id);
          String username = names.get(AliasKind.USERNAME);
          if (username == null) {
            naming.requireDisplay(tx, id, fresh.username());
            take(tx, id, fresh.username());
          } else if (!username.equals(fresh.username())) {
            throw Fault.of(FaultCode.FAILED_PRECONDITION, "username: cannot be changed");
          }
          long now = clock.millis();
          store.setNickname(tx, id, fresh.username(), now);
          store.setAvatar(tx, id, fresh.avatarUrl(), now);
          store.setExtra(tx, id, fresh.extra(), fresh.gender(), now);
          accounts.changed(tx, id);
        });
  }

  /// A login name of the account's own, whatever its kind, may become its username.
  private void take(Tx tx, AccountId id, String username) {
    naming.took(tx, id, username);
    if (!store.insertAlias(tx, id, AliasKind.USERNAME, username)) {
      Account owner = store.findByAlias(tx, username);
      if (owner == null || !owner.id().equals(id)) {
        throw Fault.of(FaultCode.ALREADY_EXISTS, "username: already taken");
      }
      store.setAlias(tx, AliasKind.USERNAME, username);
    }
  }
}
