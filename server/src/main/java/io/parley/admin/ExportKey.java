package io.parley.admin;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/// The Ed25519 key that exports are signed with.
public final class ExportKey {
  private static final String CONTEXT = "parley export ";

  private final byte[] seed;

  /// `seed`: 32 bytes kept with the data, outside the database.
  public ExportKey(byte[] seed) {
    this.seed = seed.clone();
  }

  private Ed25519PrivateKeyParameters key() {
    return new Ed25519PrivateKeyParameters(seed, 0);
  }

  /// Base64.
  public String publicKey() {
    return Base64.getEncoder().encodeToString(key().generatePublicKey().getEncoded());
  }

  /// Base64 of the signature over an export whose SHA-256 is `digest`, in hexadecimal.
  String sign(String digest) {
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, key());
    byte[] signed = signed(digest);
    signer.update(signed, 0, signed.length);
    return Base64.getEncoder().encodeToString(signer.generateSignature());
  }

  /// Whether `publicKey` signed that. False, too, for what is no key or no signature.
  static boolean verify(String publicKey, String digest, String signature) {
    try {
      Ed25519Signer signer = new Ed25519Signer();
      signer.init(false, new Ed25519PublicKeyParameters(Base64.getDecoder().decode(publicKey), 0));
      byte[] signed = signed(digest);
      signer.update(signed, 0, signed.length);
      return signer.verifySignature(Base64.getDecoder().decode(signature));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static byte[] signed(String digest) {
    return (CONTEXT + digest).getBytes(StandardCharsets.US_ASCII);
  }
}
