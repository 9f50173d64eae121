package io.parley.bench.ledger;

import java.util.BitSet;

/// The pushes that one device got of one conversation. While all is well it is four numbers,
/// whatever the traffic; only a gap costs memory.
///
/// A push that is not the next seq leaves a gap. What fills a gap later was **reordered**; what
/// comes again was **duplicated**; a gap that stays, where a message had been acknowledged, is
/// **lost**.
public final class DeliveryLedger {
  private final BitSet missing = new BitSet();
  private int next = 1;
  private long received;
  private int reordered;
  private int duplicated;
  private long digest;

  /// Notes one push.
  public void pushed(int seq, int sender, int number) {
    received++;
    if (seq == next) {
      next++;
    } else if (seq > next) {
      missing.set(next, seq);
      next = seq + 1;
    } else if (seq > 0 && missing.get(seq)) {
      missing.clear(seq);
      reordered++;
    } else {
      duplicated++;
      return;
    }
    digest += Digest.of(seq, sender, number);
  }

  /// Pushes so far, faulty ones included.
  public long received() {
    return received;
  }

  /// Compares with what was acknowledged. `own` is what this device itself sent (a socket does not
  /// get its own message). With `tailExcused` whatever is above the highest seq received does not
  /// count: the server closed the socket and said so, and the device would pull from its cursor.
  /// `exact` says that every send was answered, so that contents can be compared too.
  public Faults finish(Timeline timeline, AckLedger own, boolean tailExcused, boolean exact) {
    BitSet lost = (BitSet) missing.clone();
    if (!tailExcused && timeline.last() >= next) {
      lost.set(next, timeline.last() + 1);
    }
    lost.and(timeline.seqs());
    long ownDigest = 0;
    int echoed = 0;
    for (int i = 0; i < own.count(); i++) {
      int seq = own.seq(i);
      if (seq < next && !missing.get(seq)) {
        echoed++;
      }
      lost.clear(seq);
      ownDigest += Digest.of(seq, own.sender(), own.number(i));
    }
    boolean whole = lost.isEmpty() && duplicated == 0 && echoed == 0 && !tailExcused && exact;
    boolean altered = whole && digest + ownDigest != timeline.digest();
    return new Faults(lost.cardinality(), duplicated, reordered, 0, 0, echoed, altered ? 1 : 0, 0);
  }
}
