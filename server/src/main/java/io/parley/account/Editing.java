package io.parley.account;

import io.parley.base.AccountId;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.base.Urls;
import io.parley.platform.Platform;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Changes what an account says of itself. One that was registered without a username takes it
/// here, once.
public final class Editing {
  /// What to change; null leaves something as it is.
  ///
  /// @param nickname the display name, 1 … `limits.nickname_code_points_max` code points
  /// @param extra free text of at most 1,000 characters; empty takes it away
  public record Edit(@Nullable String nickname, @Nullable Gender gender, @Nullable String extra) {}

  /// What [#complete] sets.
  ///
  /// @param username a login name for good, and the display name
  /// @param extra free text
  public record Completion(String username, String avatarUrl, String extra, Gender gender) {}

  private static final int EXTRA_CHARS_MAX = 1000;

  private final Db db;
  private final Clock clock;
  private final Accounts accounts;
  private final Limits limits;
  private final Naming naming;
  private final AccountStore store = new AccountStore();

  public Editing(Platform platform, Accounts accounts, Naming naming, Limits limits) {
    this.naming = naming;
    this.db = platform.db();
    this.clock = platform.clock();
    this.accounts = accounts;
    this.limits = limits;
  }

  /// Changes it in one commit. Who can log in under which name stays the same.
  ///
  /// @throws Fault INVALID_FIELD or TOO_LARGE naming the field, ALREADY_EXISTS, NO_SUCH_ACCOUNT
  public void edit(AccountId id, Edit edit) {
    String nickname = edit.nickname();
    if (nickname != null) {
      Names.require("nickname", nickname, limits.nicknameCodePointsMax());
    }
    requireExtra("extra", edit.extra());
    db.change(
        tx -> {
          Account account = accounts.findEvenDeleted(tx, id);
          if (account == null || account.deletedAt() != null) {
            throw Fault.of(FaultCode.NO_SUCH_ACCOUNT, "no account " + id);
          }
          long now = clock.millis();
          if (nickname != null) {
            naming.requireDisplay(tx, id, nickname);
            store.setNickname(tx, id, nickname, now);
          }
          if (edit.gender() != null || edit.extra() != null) {
            store.setExtra(
                tx,
                id,
                edit.extra() == null ? account.extra() : edit.extra(),
                edit.gender() == null ? account.gender() : edit.gender(),
                now);
          }
          accounts.profileChanged(tx, id);
        });
  }

  /// Completes an account that was registered without a username. Completing it again changes all
  /// but the username, which must be the same.
  ///
  /// @throws Fault ALREADY_EXISTS if the username is taken; FAILED_PRECONDITION if the account has
  ///     another; INVALID_FIELD, TOO_LARGE, NO_SUCH_ACCOUNT
  public void complete(AccountId id, Completion fresh) {
    Names.require("username", fresh.username(), limits.nicknameCodePointsMax());
    requireUrl("avatar", fresh.avatarUrl(), limits);
    requireExtra("desc", fresh.extra());
    db.change(
        tx -> {
          accounts.requireExists(tx, id);
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
          accounts.profileChanged(tx, id);
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

  /// @throws Fault INVALID_FIELD or TOO_LARGE naming `field`
  static void requireUrl(String field, String url, Limits limits) {
    if (url.length() > limits.urlCharsMax()) {
      throw Fault.of(
          FaultCode.TOO_LARGE, field + ": longer than " + limits.urlCharsMax() + " characters");
    }
    if (url.chars().anyMatch(Character::isISOControl)) {
      throw Fault.invalid(field, "must not contain control characters");
    }
    Urls.requireSafe(field, url);
  }

  /// @throws Fault INVALID_FIELD or TOO_LARGE naming `field`
  private static void requireExtra(String field, @Nullable String extra) {
    if (extra == null) {
      return;
    }
    if (extra.length() > EXTRA_CHARS_MAX) {
      throw Fault.of(
          FaultCode.TOO_LARGE, field + ": longer than " + EXTRA_CHARS_MAX + " characters");
    }
    if (extra.indexOf('\0') >= 0) {
      throw Fault.invalid(field, "must not contain U+0000");
    }
  }
}
