package io.parley.bench.ledger;

/// An order-free checksum of which message has which seq: the sum of one well-mixed number per
/// message. Equal sums over equally many distinct seqs mean, up to chance of 2^-64, the same
/// messages at the same places.
final class Digest {
  private Digest() {}

  static long identity(int sender, int number) {
    return (long) sender << 32 | number;
  }

  static long of(int seq, int sender, int number) {
    long x = identity(sender, number) * 0x9e3779b97f4a7c15L + seq;
    x = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
    x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
    return x ^ (x >>> 31);
  }
}
