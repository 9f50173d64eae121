package io.parley.base;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// HMAC-SHA256 with one key. Any number of threads may use it at once.
public final class Hmac {
  private static final String ALGORITHM = "HmacSHA256";

  /// Never updated: each call works on a copy, which is made far faster than a new one.
  private final Mac keyed;

  public Hmac(byte[] key) {
    try {
      keyed = Mac.getInstance(ALGORITHM);
      keyed.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The 32 bytes for `text` in UTF-8.
  public byte[] of(String text) {
    try {
      return ((Mac) keyed.clone()).doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }
}
