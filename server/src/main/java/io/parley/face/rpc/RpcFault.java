package io.parley.face.rpc;

import io.grpc.Status;
import io.parley.api.common.CommonResponse;
import io.parley.base.Fault;
import io.parley.base.FaultCode;

/// A fault in the terms of the native API: a gRPC status and the `common.CommonResponse` that every
/// error carries.
///
/// @param retryAfterMs 0 where trying again later does not apply
public record RpcFault(Status.Code status, CommonResponse detail, long retryAfterMs) {
  private static final int NOT_LOGGED_IN = 1000;
  private static final int PARAMETER = 1001;
  private static final int BAD_USER_ID = 1002;
  private static final int UNAUTHORISED = 1003;
  private static final int SERVER = 1004;
  private static final int ROUTE = 1005;

  public static RpcFault of(Fault fault) {
    CommonResponse detail =
        CommonResponse.newBuilder()
            .setErrorCode(errorCode(fault.code()))
            .setBusinessCode(fault.code().businessCode())
            .setMessage(fault.text())
            .build();
    return new RpcFault(status(fault.code()), detail, fault.retryAfter().toMillis());
  }

  private static Status.Code status(FaultCode code) {
    return switch (code) {
      case NOT_LOGGED_IN, WRONG_CREDENTIALS, ACCOUNT_DISABLED, SECOND_FACTOR_WRONG ->
          Status.Code.UNAUTHENTICATED;
      case FORBIDDEN, RIGHT_DORMANT -> Status.Code.PERMISSION_DENIED;
      case INVALID_FIELD, TOO_LARGE, MALFORMED, BAD_ACCOUNT_ID -> Status.Code.INVALID_ARGUMENT;
      case NO_SUCH_ACCOUNT, NOT_FOUND -> Status.Code.NOT_FOUND;
      case ALREADY_EXISTS -> Status.Code.ALREADY_EXISTS;
      case FAILED_PRECONDITION, PASSWORD_EXPIRED, CONFIRMATION_NEEDED, SECOND_FACTOR_NEEDED ->
          Status.Code.FAILED_PRECONDITION;
      case THROTTLED, BUSY, QUOTA -> Status.Code.RESOURCE_EXHAUSTED;
      case NO_SUCH_METHOD -> Status.Code.UNIMPLEMENTED;
      case INTERNAL -> Status.Code.INTERNAL;
      case UNAVAILABLE -> Status.Code.UNAVAILABLE;
    };
  }

  /// The status of a REST answer that says so.
  public int httpStatus() {
    return switch (status) {
      case UNAUTHENTICATED -> 401;
      case PERMISSION_DENIED -> 403;
      case NOT_FOUND, UNIMPLEMENTED -> 404;
      case ALREADY_EXISTS -> 409;
      case INVALID_ARGUMENT, FAILED_PRECONDITION -> 400;
      case RESOURCE_EXHAUSTED -> 429;
      case UNAVAILABLE -> 503;
      default -> 500;
    };
  }

  private static int errorCode(FaultCode code) {
    return switch (code) {
      case NOT_LOGGED_IN -> NOT_LOGGED_IN;
      case WRONG_CREDENTIALS,
          ACCOUNT_DISABLED,
          FORBIDDEN,
          PASSWORD_EXPIRED,
          CONFIRMATION_NEEDED,
          RIGHT_DORMANT,
          SECOND_FACTOR_NEEDED,
          SECOND_FACTOR_WRONG ->
          UNAUTHORISED;
      case INVALID_FIELD, TOO_LARGE, MALFORMED, NOT_FOUND, ALREADY_EXISTS, FAILED_PRECONDITION ->
          PARAMETER;
      case NO_SUCH_ACCOUNT, BAD_ACCOUNT_ID -> BAD_USER_ID;
      case THROTTLED, BUSY, QUOTA, INTERNAL, UNAVAILABLE -> SERVER;
      case NO_SUCH_METHOD -> ROUTE;
    };
  }
}
