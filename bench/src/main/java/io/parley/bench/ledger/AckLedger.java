package io.parley.bench.ledger;

import java.util.Arrays;

/// The acknowledgements that one sender got: pairs of its own message number and the seq the server
/// gave it.
public final class AckLedger {
  private final int sender;
  private long[] pairs = new long[256];
  private int count;

  /// `sender` is the number written into this sender's messages.
  public AckLedger(int sender) {
    this.sender = sender;
  }

  /// Notes that message `number` was stored as `seq`.
  public void acked(int number, int seq) {
    if (count == pairs.length) {
      pairs = Arrays.copyOf(pairs, count * 2);
    }
    pairs[count++] = (long) seq << 32 | number;
  }

  public int sender() {
    return sender;
  }

  public int count() {
    return count;
  }

  /// The seq of the `i`-th acknowledgement, in order of arrival.
  public int seq(int i) {
    return (int) (pairs[i] >>> 32);
  }

  /// The message number of the `i`-th acknowledgement.
  public int number(int i) {
    return (int) pairs[i];
  }
}
