package io.parley.account;

import io.parley.base.Entropy;
import java.util.Base64;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Argon2id in the PHC string form `$argon2id$v=19$m=…,t=…,p=1$salt$hash`, so that the cost may
/// change and old hashes still verify. Source: RFC 9106; cost by OWASP's password storage cheat
/// sheet.
final class SlowHash {
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

  private final int memoryKib;
  private final int iterations;
  private final Entropy entropy;

  SlowHash(int memoryKib, int iterations, Entropy entropy) {
    this.memoryKib = memoryKib;
    this.iterations = iterations;
    this.entropy = entropy;
  }

  String hash(byte[] secret) {
    byte[] salt = entropy.bytes(SALT_BYTES);
    byte[] hash = argon2(secret, salt, memoryKib, iterations);
    return "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
        .formatted(
            memoryKib, iterations, ENCODER.encodeToString(salt), ENCODER.encodeToString(hash));
  }

  boolean verify(String phc, byte[] secret) {
    String[] parts = phc.split("\\$");
    String[] cost = parts[3].split("[=,]");
    byte[] salt = Base64.getDecoder().decode(parts[4]);
    byte[] expected = Base64.getDecoder().decode(parts[5]);
    byte[] actual = argon2(secret, salt, Integer.parseInt(cost[1]), Integer.parseInt(cost[3]));
    return java.security.MessageDigest.isEqual(expected, actual);
  }

  private static byte[] argon2(byte[] secret, byte[] salt, int memoryKib, int iterations) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(iterations)
            .withParallelism(1)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[HASH_BYTES];
    generator.generateBytes(secret, hash);
    return hash;
  }
}
