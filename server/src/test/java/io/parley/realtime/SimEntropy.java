package io.parley.realtime;

import io.parley.base.Entropy;
import java.util.Random;

/// Randomness that the seed decides.
record SimEntropy(Random random) implements Entropy {
  @Override
  public byte[] bytes(int count) {
    throw new UnsupportedOperationException("no secrets in a simulation");
  }

  @Override
  public long below(long bound) {
    return random.nextLong(bound);
  }
}
