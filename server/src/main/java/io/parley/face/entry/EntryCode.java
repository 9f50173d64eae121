package io.parley.face.entry;

import com.linecorp.armeria.common.HttpStatus;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
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
    return Pair.of(logged(thrown).code()).rpc();
  }

  /// What entry-http says of a failure.
  static EntryCode ofHttp(Throwable thrown) {
    return Pair.of(logged(thrown).code()).http();
  }

  /// What the two contracts say of the same failure.
  private record Pair(EntryCode rpc, EntryCode http) {
    static Pair of(FaultCode code) {
      return switch (code) {
        case WRONG_CREDENTIALS, SECOND_FACTOR_NEEDED, SECOND_FACTOR_WRONG ->
            new Pair(WRONG_LOGIN, WRONG_LOGIN);
        case NOT_LOGGED_IN -> new Pair(NOT_LOGGED_IN, DEAD_TOKEN);
        case FORBIDDEN -> new Pair(NOT_LOGGED_IN, FORBIDDEN);
        case NO_SUCH_ACCOUNT -> new Pair(NO_SUCH_USER, DEAD_TOKEN);
        case ACCOUNT_DISABLED -> new Pair(NO_SUCH_USER, FORBIDDEN);
        case THROTTLED, BUSY, UNAVAILABLE -> new Pair(BUSY, BUSY);
        case PASSWORD_EXPIRED, CONFIRMATION_NEEDED, RIGHT_DORMANT, QUOTA ->
            new Pair(PROFILE, FORBIDDEN);
        case INVALID_FIELD,
            TOO_LARGE,
            MALFORMED,
            BAD_ACCOUNT_ID,
            NOT_FOUND,
            ALREADY_EXISTS,
            FAILED_PRECONDITION ->
            new Pair(PROFILE, INVALID);
        case NO_SUCH_METHOD -> new Pair(PROFILE, NO_ROUTE);
        case INTERNAL -> new Pair(PROFILE, UNEXPECTED);
      };
    }
  }

  private static Fault logged(Throwable thrown) {
    Fault fault = Fault.from(thrown);
    if (fault.code() == FaultCode.INTERNAL) {
      log.error("a call failed", thrown);
    }
    return fault;
  }
}
