package io.parley.face.phone;

/// The document's status codes, under its own names.
enum Status {
  SUCCESS_STATUS(1),
  FAILURE_STATUS(0),
  NULL_PASSWORD(6000),
  NULL_USERNAME(6001),
  NULL_AVATAR(6002),
  NULL_PHONE(6003),
  NULL_USER(6004),
  SAME_USERNAME(7000),
  SAME_PHONE(7001),
  FORMAT_ERROR_PHONE(8000),
  FORMAT_ERROR_PHONE_LENGTH(8001),
  FORMAT_ERROR_PASSWORD(8002),
  FORMAT_ERROR_PASSWORD_LENGTH(8003),
  FORMAT_ERROR_USER_LENGTH(8004),
  FORMAT_ERROR_FILE(8005),
  ILLEGAL_USERNAME(9000),
  ERROR_PASSWORD(10000),
  ERROR_REPEAT_LOGIN(11000),
  ERROR_NET(11001);

  private final int code;

  Status(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
