package io.parley.store;

import io.parley.base.Entropy;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Encrypts secrets for the database that cannot be hashed, because checking something takes the
/// secret itself: AES-256-GCM, whose they are authenticated with them.
public final class Seal {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;
  private final Entropy entropy;

  /// `key`: 32 bytes kept with the data, outside the database.
  public Seal(byte[] key, Entropy entropy) {
    this.key = new SecretKeySpec(key, "AES");
    this.entropy = entropy;
  }

  /// Base64 of nonce, ciphertext and tag.
  ///
  /// @param owner whose it is, such as `account 12`
  public String seal(String owner, String secret) {
    byte[] nonce = entropy.bytes(NONCE_BYTES);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, owner, nonce)
              .doFinal(secret.getBytes(StandardCharsets.UTF_8));
      ByteBuffer all = ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed);
      return Base64.getEncoder().encodeToString(all.array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// @throws StoreException if it was sealed with another key or for another owner
  public String open(String owner, String sealed) {
    try {
      ByteBuffer all = ByteBuffer.wrap(Base64.getDecoder().decode(sealed));
      byte[] nonce = new byte[NONCE_BYTES];
      all.get(nonce);
      byte[] rest = new byte[all.remaining()];
      all.get(rest);
      byte[] secret = cipher(Cipher.DECRYPT_MODE, owner, nonce).doFinal(rest);
      return new String(secret, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException | BufferUnderflowException e) {
      throw new StoreException("the secret of " + owner + " was encrypted with another key: " + e);
    }
  }

  private Cipher cipher(int mode, String owner, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
