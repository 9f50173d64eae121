package io.parley.session;

import io.parley.base.AccountId;
import io.parley.base.SessionId;

/// One login that lasts until it is ended or expires.
///
/// @param contract the contract that opened it, e.g. `social-grpc`
/// @param device what the client said of itself, at most 200 characters
/// @param address where it was opened, an IP address
/// @param createdAt epoch milliseconds
/// @param expiresAt epoch milliseconds; moved forward while the session is used
/// @param confirmedAt epoch milliseconds; when the password was shown again last, 0 for never
/// @param secondFactor whether a code was shown in it, of an account that has a second factor
/// @param lifeMs how long it lives after it was last used; 0: `limits.session_days`
/// @param lastUse to about an hour; see [Sessions#authenticate]
public record Session(
    SessionId id,
    AccountId account,
    String contract,
    String device,
    String address,
    long createdAt,
    long expiresAt,
    long lifeMs,
    long confirmedAt,
    boolean secondFactor,
    Use lastUse) {
  /// When and where a token was shown.
  ///
  /// @param at epoch milliseconds
  /// @param address an IP address
  public record Use(long at, String address) {}

  /// The contract whose sessions may have rights: the only one that can ask for more than a
  /// password.
  public static final String NATIVE = "social-grpc";

  /// When whoever has the session showed the password last, epoch milliseconds.
  long provenAt() {
    return Math.max(createdAt, confirmedAt);
  }

  /// The same session after `use`, expiring at `when`.
  Session used(Use use, long when) {
    return new Session(
        id,
        account,
        contract,
        device,
        address,
        createdAt,
        when,
        lifeMs,
        confirmedAt,
        secondFactor,
        use);
  }
}
