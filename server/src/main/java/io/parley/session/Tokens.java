package io.parley.session;

import io.parley.base.Entropy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Makes session tokens and the hashes that are stored of them.
final class Tokens {
  private static final int TOKEN_BYTES = 16;

  /// No token that we issue is longer, so nothing longer is hashed.
  static final int CHARS_MAX = 1024;

  /// Never updated.
  private static final MessageDigest SHA_256 = sha256();

  private Tokens() {}

  /// 128 random bits as 32 lower-case hex digits.
  static String random(Entropy entropy) {
    return HexFormat.of().formatHex(entropy.bytes(TOKEN_BYTES));
  }

  /// SHA-256, hex. Tokens have full entropy, so a fast hash is enough.
  static String hash(String token) {
    try {
      // Works on a copy, which is made far faster than a new one.
      MessageDigest digest = (MessageDigest) SHA_256.clone();
      return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
