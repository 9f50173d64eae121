package io.parley.report;

import io.parley.base.AccountId;
import org.jspecify.annotations.Nullable;

/// What an account said against something.
///
/// @param target the id of the account, message or group
/// @param subject who is answerable: the account itself, the sender, the owner
/// @param excerpt what the target said when it was reported, at most 500 characters
/// @param createdAt epoch milliseconds
/// @param resolution null while nobody has looked at it
public record Report(
    long id,
    Kind kind,
    long target,
    AccountId subject,
    AccountId reporter,
    String reason,
    String excerpt,
    long createdAt,
    @Nullable Resolution resolution) {

  /// What is reported.
  public enum Kind {
    ACCOUNT,
    MESSAGE,
    GROUP
  }

  /// What an operator made of it.
  ///
  /// @param at epoch milliseconds
  /// @param by the operator's account; 0 for a program
  public record Resolution(long at, long by, String remark) {}
}
