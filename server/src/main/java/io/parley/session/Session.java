package io.parley.session;

import io.parley.base.AccountId;
import io.parley.base.SessionId;

/// One login that lasts until it is ended or expires.
///
/// @param contract the contract that opened it, e.g. `social-grpc`
/// @param device what the client said of itself, at most 200 characters
/// @param createdAt epoch milliseconds
/// @param expiresAt epoch milliseconds; moved forward while the session is used
/// @param confirmedAt epoch milliseconds; when the password was shown again last, 0 for never
/// @param secondFactor whether a code was shown in it, of an account that has a second factor
/// @param lifeMs how long it lives after it was last used; 0: `limits.session_days`
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
    boolean secondFactor) {
  /// The contract whose sessions may have rights: the only one that can ask for more than a
  /// password.
  public static final String NATIVE = "social-grpc";

  /// When whoever has the session showed the password last, epoch milliseconds.
  long provenAt() {
    return Math.max(createdAt, confirmedAt);
  }

  /// The same session, expiring at `when`.
  Session until(long when) {
    return new Session(
        id, account, contract, device, address, createdAt, when, lifeMs, confirmedAt, secondFactor);
  }
}
