package io.parley.partner;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/// The signature of signed-http: lower-case hex MD5 of `transaction_id + req_time + app_id +
/// payload + security_code`. The construction is the contract's, see docs/SECURITY.md.
public final class Signature {
  private Signature() {}

  /// `payload`: the raw body, or the raw query with its `?`.
  public static String of(
      String transactionId, String reqTime, String appId, byte[] payload, String securityCode) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      md5.update((transactionId + reqTime + appId).getBytes(StandardCharsets.UTF_8));
      md5.update(payload);
      md5.update(securityCode.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(md5.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// In a time that tells nothing of the difference; letters of either case.
  static boolean matches(String received, String expected) {
    return MessageDigest.isEqual(
        received.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8),
        expected.getBytes(StandardCharsets.UTF_8));
  }
}
