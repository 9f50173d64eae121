package io.parley.account;

import io.parley.base.Entropy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Codes of RFC 6238 as authenticator apps have them: HMAC-SHA-1, 6 digits, steps of 30 s.
final class Totp {
  /// As RFC 4226 recommends: as long as the hash.
  private static final int SECRET_BYTES = 20;

  private static final long STEP_MS = 30_000;

  /// Clocks may be off by a step, either way.
  private static final int STEPS_OFF = 1;

  private static final int MODULUS = 1_000_000;

  private Totp() {}

  static byte[] freshSecret(Entropy entropy) {
    return entropy.bytes(SECRET_BYTES);
  }

  static long step(long millis) {
    return millis / STEP_MS;
  }

  /// The code of a step.
  static String code(byte[] secret, long step) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret, "HmacSHA1"));
      byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
      int offset = hash[hash.length - 1] & 0xf;
      int bits = ByteBuffer.wrap(hash, offset, Integer.BYTES).getInt() & 0x7fffffff;
      return "%06d".formatted(bits % MODULUS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The step near `millis` that has that code; -1 for none. Takes the same time whatever the code
  /// is.
  static long match(byte[] secret, String code, long millis) {
    byte[] shown = code.getBytes(StandardCharsets.UTF_8);
    long found = -1;
    for (long step = step(millis) - STEPS_OFF; step <= step(millis) + STEPS_OFF; step++) {
      byte[] right = code(secret, step).getBytes(StandardCharsets.UTF_8);
      if (MessageDigest.isEqual(shown, right)) {
        found = step;
      }
    }
    return found;
  }
}
