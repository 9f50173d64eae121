package io.parley.bench.chaos;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is wrong with stored conversations. All zero: nothing.
///
/// @param lost acknowledged, and not stored under the seq that was acknowledged
/// @param doubled stored more than once, or under a seq that another message has
/// @param gaps seqs from 1 to the last that no message has
/// @param reordered stored above a later message of the same sender, who waited for each answer
public record Judgement(long lost, long doubled, long gaps, long reordered) {
  static final Judgement CLEAN = new Judgement(0, 0, 0, 0);

  /// One conversation: what was acknowledged of it, and its whole History, ascending.
  static Judgement of(List<Ack> acks, List<Stored> history) {
    Set<Stored> stored = new HashSet<>(history);
    long lost =
        acks.stream()
            .filter(ack -> !stored.contains(new Stored(ack.seq(), ack.sender(), ack.number())))
            .count();
    BitSet seqs = new BitSet();
    Set<Long> messages = new HashSet<>();
    Map<Integer, Integer> newest = new HashMap<>();
    long doubled = 0;
    long reordered = 0;
    for (Stored message : history) {
      boolean sameSeq = seqs.get(message.seq());
      seqs.set(message.seq());
      boolean sameMessage = !messages.add((long) message.sender() << 32 | message.number());
      if (sameSeq || sameMessage) {
        doubled++;
        continue;
      }
      int before = newest.getOrDefault(message.sender(), 0);
      if (message.number() < before) {
        reordered++;
      } else {
        newest.put(message.sender(), message.number());
      }
    }
    int last = Math.max(0, seqs.length() - 1);
    int gaps = last - seqs.get(1, last + 1).cardinality();
    return new Judgement(lost, doubled, gaps, reordered);
  }

  Judgement plus(Judgement o) {
    return new Judgement(
        lost + o.lost, doubled + o.doubled, gaps + o.gaps, reordered + o.reordered);
  }
}
