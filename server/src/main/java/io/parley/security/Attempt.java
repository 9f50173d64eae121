package io.parley.security;

import java.util.Locale;

/// What happens so often that it is counted instead of told.
public enum Attempt {
  /// A login, or the password or a code shown again, that was right.
  LOGIN,
  /// The same with something wrong.
  LOGIN_FAILED,
  /// The same that had to wait, so that nobody looked at it.
  LOGIN_THROTTLED,
  /// Somebody asked for a link by which to set a forgotten password.
  RECOVERY_ASKED,
  /// A call for which the caller lacked a right.
  REFUSED,
  /// A request in a partner's name whose signature, time or rights do not pass.
  PARTNER_REFUSED;

  /// As it is written in the log and in the metrics.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
