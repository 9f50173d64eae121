package io.parley.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/// The verifier of an imported password until its owner first logs in: `fast$` and the keyed hash
/// itself, without Argon2id over it. Ten million slow hashes would take days.
final class FastHash {
  private static final String MARK = "fast$";

  private FastHash() {}

  static String of(byte[] peppered) {
    return MARK + Base64.getEncoder().withoutPadding().encodeToString(peppered);
  }

  static boolean is(String verifier) {
    return verifier.startsWith(MARK);
  }

  static boolean verify(String verifier, byte[] peppered) {
    return MessageDigest.isEqual(
        verifier.getBytes(StandardCharsets.US_ASCII),
        of(peppered).getBytes(StandardCharsets.US_ASCII));
  }
}
