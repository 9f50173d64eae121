package io.parley.account;

import io.parley.base.Fault;
import io.parley.base.FaultCode;

/// What a login brings besides the password, for accounts that have a second factor.
///
/// @param use whether a code is looked at
/// @param text as it was typed; empty if nothing was
public record Code(Use use, String text) {
  /// How a login deals with codes.
  public enum Use {
    /// Its contract has no field for one: an account with a second factor is refused as if the
    /// password were wrong.
    IMPOSSIBLE,
    /// The password alone is asked for, of somebody who is logged in.
    UNASKED,
    /// One may be shown.
    SHOWN
  }

  private static final int CHARS_MAX = 64;

  public static final Code IMPOSSIBLE = new Code(Use.IMPOSSIBLE, "");
  public static final Code UNASKED = new Code(Use.UNASKED, "");

  /// What was typed; empty for nothing.
  ///
  /// @throws Fault TOO_LARGE
  public static Code of(String text) {
    if (text.length() > CHARS_MAX) {
      throw Fault.of(FaultCode.TOO_LARGE, "totp_code: longer than " + CHARS_MAX + " characters");
    }
    return new Code(Use.SHOWN, text);
  }
}
