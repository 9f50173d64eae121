package io.parley.account;

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

  public static final Code IMPOSSIBLE = new Code(Use.IMPOSSIBLE, "");
  public static final Code UNASKED = new Code(Use.UNASKED, "");

  /// What was typed; empty for nothing.
  public static Code of(String text) {
    return new Code(Use.SHOWN, text);
  }
}
