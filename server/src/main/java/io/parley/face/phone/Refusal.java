package io.parley.face.phone;

import io.parley.base.Fault;
import io.parley.base.FaultCode;

/// An answer of this contract that is no success.
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Status status;

  Refusal(Status status, String text) {
    super(text, null, false, false);
    this.status = status;
  }

  Status status() {
    return status;
  }

  String text() {
    String text = getMessage();
    return text == null ? "" : text;
  }

  /// What the core refuses, in the contract's terms: a caller without a live session has a code of
  /// its own; everything else is a failure with its reason.
  static Refusal of(Fault fault) {
    Status status =
        switch (fault.code()) {
          case NOT_LOGGED_IN -> Status.ERROR_NET;
          case NO_SUCH_ACCOUNT -> Status.NULL_USER;
          case WRONG_CREDENTIALS,
              ACCOUNT_DISABLED,
              FORBIDDEN,
              INVALID_FIELD,
              TOO_LARGE,
              MALFORMED,
              NOT_FOUND,
              ALREADY_EXISTS,
              FAILED_PRECONDITION,
              PASSWORD_EXPIRED,
              SECOND_FACTOR_NEEDED,
              SECOND_FACTOR_WRONG,
              CONFIRMATION_NEEDED,
              RIGHT_DORMANT,
              BAD_ACCOUNT_ID,
              THROTTLED,
              BUSY,
              QUOTA,
              NO_SUCH_METHOD,
              INTERNAL,
              UNAVAILABLE ->
              Status.FAILURE_STATUS;
        };
    return new Refusal(status, fault.text());
  }

  static Refusal failure(String text) {
    return new Refusal(Status.FAILURE_STATUS, text);
  }

  static Refusal malformed(String text) {
    return of(Fault.of(FaultCode.MALFORMED, text));
  }
}
