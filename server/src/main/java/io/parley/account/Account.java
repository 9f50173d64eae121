package io.parley.account;

import io.parley.base.AccountId;
import io.parley.base.Right;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One account as anybody may see it, plus what operators decided about it.
///
/// @param nickname the display name; not what logs in
/// @param handle tells it apart from others of the same name: [Handles]
/// @param avatarUrl empty for none
/// @param extra free text for the app's own use
/// @param passwordExpired whether an operator set the password, so that the owner has to choose one
/// @param secondFactor whether logging in takes a code besides the password
/// @param loginVersion grows with every change of what logs in
/// @param createdAt epoch milliseconds
/// @param updatedAt epoch milliseconds; each change makes it later, whatever the clock does
/// @param deletedAt epoch milliseconds, null while the account lives
public record Account(
    AccountId id,
    String nickname,
    String handle,
    Gender gender,
    String avatarUrl,
    String extra,
    Set<Right> rights,
    boolean disabled,
    boolean passwordExpired,
    boolean secondFactor,
    long loginVersion,
    long createdAt,
    long updatedAt,
    @Nullable Long deletedAt) {

  /// What tells clients whether what they know of it is old; 0 while nothing was ever changed.
  public long version() {
    return updatedAt == createdAt ? 0 : updatedAt;
  }

  /// One that nothing was decided about yet and that has logged in with a password alone, if ever.
  ///
  /// @param now when it is made, epoch milliseconds
  static Account fresh(
      AccountId id, String nickname, String handle, Gender gender, String avatarUrl, long now) {
    return new Account(
        id, nickname, handle, gender, avatarUrl, "", Set.of(), false, false, false, 0, now, now,
        null);
  }

  /// The same account with this handle.
  Account shownAs(String other) {
    return new Account(
        id,
        nickname,
        other,
        gender,
        avatarUrl,
        extra,
        rights,
        disabled,
        passwordExpired,
        secondFactor,
        loginVersion,
        createdAt,
        updatedAt,
        deletedAt);
  }

  /// Whether it may log in.
  public boolean live() {
    return !disabled && deletedAt == null;
  }

  /// Whether it is out of everybody's sight, as the view `hidden_account` says it in SQL: neither
  /// found nor listed, and nobody new becomes its friend, until it is enabled.
  public boolean hidden() {
    return disabled;
  }
}
