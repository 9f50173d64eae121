package io.parley.account;

/// What an authenticator app shows.
public final class Authenticator {
  private Authenticator() {}

  /// The code of a secret in Base32 at that time.
  public static String code(String secret, long millis) {
    return Totp.code(decode(secret), Totp.step(millis));
  }

  public static byte[] decode(String secret) {
    return Base32.decode(secret);
  }
}
