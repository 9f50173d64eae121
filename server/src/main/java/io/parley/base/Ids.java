package io.parley.base;

/// Makes the program's ids: 63 bits, positive, strictly increasing within one node, and never those
/// of another.
///
/// Layout, high to low: 41 bits of milliseconds since 2024-01-01 UTC (lasts until 2093), 10 bits of
/// node, 12 bits of counter. When the counter of a millisecond is spent, or the clock steps back,
/// the generator runs ahead of the clock instead of waiting: ids stay unique and increasing, and
/// their time is then a little late.
public final class Ids {
  /// 2024-01-01T00:00:00Z.
  public static final long EPOCH_MS = 1_704_067_200_000L;

  private static final int NODE_BITS = 10;
  private static final int COUNTER_BITS = 12;

  private final Clock clock;
  private final long node;
  private long last;

  /// `node`: 0 … 1023, different on every node that writes to the same store.
  public Ids(Clock clock, int node) {
    if (node < 0 || node >= 1 << NODE_BITS) {
      throw new IllegalArgumentException("node must be 0 … 1023, is " + node);
    }
    this.clock = clock;
    this.node = (long) node << COUNTER_BITS;
  }

  /// The number of the node that made `id`.
  public static int nodeOf(long id) {
    return (int) (id >>> COUNTER_BITS) & ((1 << NODE_BITS) - 1);
  }

  /// What every id that was made at `millis` or later is above, as far as its maker's clock is
  /// right.
  public static long before(long millis) {
    return Math.max(0, millis - EPOCH_MS) << (NODE_BITS + COUNTER_BITS);
  }

  /// The next id, greater than every id given before by this generator.
  public synchronized long next() {
    long fresh = ((clock.millis() - EPOCH_MS) << (NODE_BITS + COUNTER_BITS)) | node;
    last = fresh > last ? fresh : successor(last);
    return last;
  }

  /// Ids from now on are greater than `id`: whatever the clock says, they go on from what an
  /// earlier process made.
  public synchronized void startAbove(long id) {
    last = Math.max(last, id);
  }

  /// The newest id; 0 for none.
  public synchronized long last() {
    return last;
  }

  /// The least id of this node above `id`, which may be another's.
  private long successor(long id) {
    long millis = id >>> (NODE_BITS + COUNTER_BITS);
    long first = millis << (NODE_BITS + COUNTER_BITS) | node;
    if (id < first) {
      return first;
    }
    long counterMask = (1L << COUNTER_BITS) - 1;
    return id < (first | counterMask) ? id + 1 : (millis + 1) << (NODE_BITS + COUNTER_BITS) | node;
  }
}
