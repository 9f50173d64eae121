package io.parley.partner;

import io.parley.base.Entropy;
import io.parley.store.StoreException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Encrypts security codes for the database: AES-256-GCM, the app's id authenticated with them.
/// They cannot be hashed: checking a signature takes the code itself.
final class Seal {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;
  private final Entropy entropy;

  /// `key`: 32 bytes kept with the data, outside the database.
  Seal(byte[] key, Entropy entropy) {
    this.key = new SecretKeySpec(key, "AES");
    this.entropy = entropy;
  }

  /// Base64 of nonce, ciphertext and tag.
  String seal(String appId, String code) {
    byte[] nonce = entropy.bytes(NONCE_BYTES);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, appId, nonce).doFinal(code.getBytes(StandardCharsets.UTF_8));
      ByteBuffer all = ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed);
      return Base64.getEncoder().encodeToString(all.array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// @throws StoreException if it was sealed with another key or for another app
  String open(String appId, String sealed) {
    try {
      ByteBuffer all = ByteBuffer.wrap(Base64.getDecoder().decode(sealed));
      byte[] nonce = new byte[NONCE_BYTES];
      all.get(nonce);
      byte[] rest = new byte[all.remaining()];
      all.get(rest);
      byte[] code = cipher(Cipher.DECRYPT_MODE, appId, nonce).doFinal(rest);
      return new String(code, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException | BufferUnderflowException e) {
      throw new StoreException(
          "the security code of app " + appId + " was encrypted with another key: " + e);
    }
  }

  private Cipher cipher(int mode, String appId, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(appId.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
