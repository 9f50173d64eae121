package io.parley.bench.ledger;

import java.util.BitSet;
import java.util.List;

/// What a conversation must hold, put together from the acknowledgements of all its senders after
/// the traffic ended.
public final class Timeline {
  private final BitSet seqs = new BitSet();
  private final long[] identity;
  private final int acked;
  private int seqsTwice;
  private int ackedTwice;
  private int overtaken;
  private long digest;

  /// Merges the ledgers of every sender of one conversation.
  public Timeline(List<AckLedger> senders) {
    int last = 0;
    int total = 0;
    for (AckLedger sender : senders) {
      total += sender.count();
      for (int i = 0; i < sender.count(); i++) {
        last = Math.max(last, sender.seq(i));
      }
    }
    acked = total;
    identity = new long[last + 1];
    senders.forEach(this::merge);
  }

  private void merge(AckLedger sender) {
    BitSet numbers = new BitSet();
    for (int i = 0; i < sender.count(); i++) {
      int seq = sender.seq(i);
      int number = sender.number(i);
      if (seqs.get(seq)) {
        seqsTwice++;
        continue;
      }
      if (numbers.get(number)) {
        ackedTwice++;
      }
      numbers.set(number);
      seqs.set(seq);
      identity[seq] = Digest.identity(sender.sender(), number);
      digest += Digest.of(seq, sender.sender(), number);
    }
    int before = 0;
    for (int seq = seqs.nextSetBit(1); seq >= 0; seq = seqs.nextSetBit(seq + 1)) {
      if ((int) (identity[seq] >>> 32) == sender.sender()) {
        overtaken += (int) identity[seq] < before ? 1 : 0;
        before = (int) identity[seq];
      }
    }
  }

  /// The highest acknowledged seq, 0 if none.
  public int last() {
    return identity.length - 1;
  }

  /// Acknowledgements in all.
  public int acked() {
    return acked;
  }

  /// Acknowledgements that gave a seq which another message already had.
  public int seqsTwice() {
    return seqsTwice;
  }

  /// Messages acknowledged more than once under different seqs.
  public int ackedTwice() {
    return ackedTwice;
  }

  /// Seqs between 1 and [#last()] that no acknowledgement named.
  public int holes() {
    return last() - seqs.cardinality();
  }

  /// Messages that got a higher seq than a later one of the same sender: pipelined requests may
  /// legally be stored in another order, so this is a remark and not a fault.
  public int overtaken() {
    return overtaken;
  }

  /// The acknowledged seqs; not to be changed.
  public BitSet seqs() {
    return seqs;
  }

  /// The checksum of (seq, sender, number) over all that was acknowledged.
  public long digest() {
    return digest;
  }

  /// Whether `seq` was acknowledged as this message of this sender.
  public boolean holds(int seq, int sender, int number) {
    return seqs.get(seq) && identity[seq] == Digest.identity(sender, number);
  }
}
