package io.parley.base;

import java.security.SecureRandom;

/// Randomness, injected so that simulations can seed it.
public interface Entropy {
  /// `count` bytes fit for secrets.
  byte[] bytes(int count);

  /// Uniform in [0, bound). `bound` ≥ 1.
  long below(long bound);

  /// The operating system's generator.
  Entropy SYSTEM =
      new Entropy() {
        private final SecureRandom random = new SecureRandom();

        @Override
        public byte[] bytes(int count) {
          byte[] bytes = new byte[count];
          random.nextBytes(bytes);
          return bytes;
        }

        @Override
        public long below(long bound) {
          return random.nextLong(bound);
        }
      };
}
