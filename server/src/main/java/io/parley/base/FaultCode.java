package io.parley.base;

/// Why a call failed, in the program's own terms. Each contract maps these to its own form with one
/// exhaustive switch.
///
/// `businessCode` is the native API's `business_code`: stable, documented in docs/API.md, never
/// reused.
public enum FaultCode {
  /// No token, or one that is not live.
  NOT_LOGGED_IN(2001),
  /// The login name or the password is wrong; which of the two is not told.
  WRONG_CREDENTIALS(2002),
  /// The account exists and may not log in.
  ACCOUNT_DISABLED(2003),
  /// The caller lacks the right, or the object is not the caller's.
  FORBIDDEN(2004),
  /// An operator set the account's password: nothing is served until its owner has chosen another.
  PASSWORD_EXPIRED(2005),
  /// The act is a dangerous one, and the password was shown too long ago.
  CONFIRMATION_NEEDED(2006),
  /// The password is right, and the account has a second factor: a code is needed as well.
  SECOND_FACTOR_NEEDED(2007),
  /// The password is right and the code is wrong, or was used before.
  SECOND_FACTOR_WRONG(2009),
  /// The account has the right, but not in this session; the text says why.
  RIGHT_DORMANT(2008),
  /// A field is missing or has a value that it cannot have; the text names it.
  INVALID_FIELD(2101),
  /// A field, list, body or frame is over its limit; the text names the limit.
  TOO_LARGE(2102),
  /// The bytes are not what they claim to be.
  MALFORMED(2103),
  /// The account that the call names does not exist.
  NO_SUCH_ACCOUNT(2104),
  /// The object that the call names does not exist, or not for this caller.
  NOT_FOUND(2105),
  /// The value is taken.
  ALREADY_EXISTS(2106),
  /// The object is not in a state that allows the call.
  FAILED_PRECONDITION(2107),
  /// A number that cannot be an account's id; the text names the field.
  BAD_ACCOUNT_ID(2108),
  /// Too many tries; `Fault.retryAfter` says when again.
  THROTTLED(2201),
  /// A bounded queue is full; `Fault.retryAfter` says when again.
  BUSY(2202),
  /// A quota of the account is spent; trying again does not help.
  QUOTA(2203),
  /// No such method, path or command.
  NO_SUCH_METHOD(2301),
  /// A bug or a failed engine. The text says nothing about it; the log does.
  INTERNAL(2901),
  /// The server is stopping or a part that it needs is away.
  UNAVAILABLE(2902);

  private final int businessCode;

  FaultCode(int businessCode) {
    this.businessCode = businessCode;
  }

  public int businessCode() {
    return businessCode;
  }
}
