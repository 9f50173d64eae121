package io.parley.bench.pace;

/// A first-in-first-out queue of due times: messages whose moment has come while their socket had
/// no free slot.
public final class Backlog {
  private long[] ring = new long[16];
  private int head;
  private int size;

  public void add(long nanos) {
    if (size == ring.length) {
      long[] wider = new long[size * 2];
      int first = size - head;
      System.arraycopy(ring, head, wider, 0, first);
      System.arraycopy(ring, 0, wider, first, head);
      ring = wider;
      head = 0;
    }
    ring[(head + size++) & (ring.length - 1)] = nanos;
  }

  /// The oldest; the queue must not be empty.
  public long first() {
    if (size == 0) {
      throw new IllegalStateException("empty");
    }
    return ring[head];
  }

  /// Takes the oldest; the queue must not be empty.
  public long remove() {
    long nanos = first();
    head = (head + 1) & (ring.length - 1);
    size--;
    return nanos;
  }

  public int size() {
    return size;
  }
}
