package io.parley.account;

import io.parley.base.AccountId;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Limits;
import io.parley.platform.Platform;
import io.parley.store.Db;
import org.jspecify.annotations.Nullable;

/// Changes what an account says of itself.
public final class Editing {
  /// What to change; null leaves something as it is.
  ///
  /// @param nickname the display name, 1 … `limits.nickname_code_points_max` code points
  /// @param extra free text of at most 1,000 characters; empty takes it away
  public record Edit(@Nullable String nickname, @Nullable Gender gender, @Nullable String extra) {}

  static final int EXTRA_CHARS_MAX = 1000;

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
          accounts.changed(tx, id);
        });
  }

  /// @throws Fault INVALID_FIELD or TOO_LARGE naming `field`
  static void requireExtra(String field, @Nullable String extra) {
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
