package io.parley.report;

import io.parley.base.AccountId;
import org.jspecify.annotations.Nullable;

/// What an account said against something.
///
/// @param target the id of the account, message or group
/// @param group the group, or the one that the message is in; 0 for none
/// @param subject who is answerable: the account itself, the sender, the owner
/// @param excerpt what the target said when it was reported, at most 500 characters
/// @param createdAt epoch milliseconds
/// @param resolution null while nobody has looked at it
public record Report(
    long id,
    Kind kind,
    long target,
    long group,
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
  /// @param remark for operators
  /// @param answer for the reporter
  public record Resolution(long at, long by, String remark, String answer) {}

  /// Which reports are wanted.
  ///
  /// @param open only those that nobody has resolved
  /// @param subject,reporter only of that account; 0 for anybody
  public record Filter(boolean open, long subject, long reporter) {}
}
