package io.parley.face.signed;

import com.linecorp.armeria.common.HttpStatus;

/// A request that is not carried out, as the contract says so. No stack trace: it is an answer.
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient HttpStatus status;
  private final String text;

  Refusal(HttpStatus status, String text) {
    super(text, null, false, false);
    this.status = status;
    this.text = text;
  }

  /// What is wrong with the request itself: 400.
  static Refusal business(String why) {
    return new Refusal(HttpStatus.BAD_REQUEST, SignedWire.BUSINESS + why);
  }

  HttpStatus status() {
    return status;
  }

  String text() {
    return text;
  }
}
