package io.parley.face.entry;

import com.linecorp.armeria.common.HttpStatus;
import io.parley.base.Fault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The codes of both entry contracts, and what failures they stand for.
enum EntryCode {
  OK(0, 200, ""),
  PROFILE(3001, 200, "reading the profile failed"),
  WRONG_LOGIN(3002, 200, "wrong user or password"),
  BUSY(3003, 200, "busy, try again later"),
  NOT_LOGGED_IN(3004, 200, "token expired or missing"),
  NO_SUCH_USER(3005, 200, "no such user"),
  FORBIDDEN(100403, 403, "forbidden"),
  INVALID(200400, 400, "invalid parameter"),
  MISSING(200401, 400, "missing parameter"),
  NO_ROUTE(200404, 404, "no such route"),
  NO_METHOD(200405, 405, "no such method"),
  NO_TOKEN(200410, 401, "no token"),
  TOKEN_NOT_MADE(200411, 200, "the token could not be made"),
  DEAD_TOKEN(200412, 401, "the token is not live"),
  UNEXPECTED(200500, 500, "unexpected error");

  private static final Logger log = LoggerFactory.getLogger(EntryCode.class);

  private final int code;
  private final int status;
  private final String text;

  EntryCode(int code, int status, String text) {
    this.code = code;
    this.status = status;
    this.text = text;
  }

  int code() {
    return code;
  }

  HttpStatus status() {
    return HttpStatus.valueOf(status);
  }

  String text() {
    return text;
  }

  /// The text together with what `fault` says of a field; nothing of any other fault.
  String text(Fault fault) {
    return switch (fault.code()) {
      case INVALID_FIELD, TOO_LARGE, MALFORMED, QUOTA, PASSWORD_EXPIRED ->
          text + ": " + fault.text();
      default -> text;
    };
  }

  /// What entry-rpc says of a failure.
  static EntryCode ofRpc(Throwable thrown) {
    Fault fault = logged(thrown);
    return switch (fault.code()) {
      case WRONG_CREDENTIALS, SECOND_FACTOR_NEEDED, SECOND_FACTOR_WRONG -> WRONG_LOGIN;
      case NOT_LOGGED_IN, FORBIDDEN -> NOT_LOGGED_IN;
      case NO_SUCH_ACCOUNT, ACCOUNT_DISABLED -> NO_SUCH_USER;
      case THROTTLED, BUSY, UNAVAILABLE -> BUSY;
      case INVALID_FIELD,
          TOO_LARGE,
          MALFORMED,
          BAD_ACCOUNT_ID,
          NOT_FOUND,
          ALREADY_EXISTS,
          FAILED_PRECONDITION,
          PASSWORD_EXPIRED,
          CONFIRMATION_NEEDED,
          RIGHT_DORMANT,
          QUOTA,
          NO_SUCH_METHOD,
          INTERNAL ->
          PROFILE;
    };
  }

  /// What entry-http says of a failure.
  static EntryCode ofHttp(Throwable thrown) {
    Fault fault = logged(thrown);
    return switch (fault.code()) {
      case WRONG_CREDENTIALS, SECOND_FACTOR_NEEDED, SECOND_FACTOR_WRONG -> WRONG_LOGIN;
      case NOT_LOGGED_IN, NO_SUCH_ACCOUNT -> DEAD_TOKEN;
      case ACCOUNT_DISABLED,
          FORBIDDEN,
          PASSWORD_EXPIRED,
          CONFIRMATION_NEEDED,
          RIGHT_DORMANT,
          QUOTA ->
          FORBIDDEN;
      case THROTTLED, BUSY, UNAVAILABLE -> BUSY;
      case INVALID_FIELD,
          TOO_LARGE,
          MALFORMED,
          BAD_ACCOUNT_ID,
          NOT_FOUND,
          ALREADY_EXISTS,
          FAILED_PRECONDITION ->
          INVALID;
      case NO_SUCH_METHOD -> NO_ROUTE;
      case INTERNAL -> UNEXPECTED;
    };
  }

  private static Fault logged(Throwable thrown) {
    Fault fault = Fault.from(thrown);
    if (fault.code() == io.parley.base.FaultCode.INTERNAL) {
      log.error("a call failed", thrown);
    }
    return fault;
  }
}
