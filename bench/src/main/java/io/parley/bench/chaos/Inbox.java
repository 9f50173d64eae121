package io.parley.bench.chaos;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What one device has of one conversation, by pushes and by pulls.
final class Inbox {
  private final Map<Integer, Stored> has = new HashMap<>();
  private final BitSet pushedHere = new BitSet();
  private int whole;
  private int highestHere;
  private long twice;
  private long late;
  private long altered;

  /// Notes a push and says whether it leaves a gap, for which a device pulls.
  synchronized boolean pushed(Stored message) {
    int seq = message.seq();
    if (pushedHere.get(seq)) {
      twice++;
    } else if (seq < highestHere) {
      late++;
    }
    pushedHere.set(seq);
    highestHere = Math.max(highestHere, seq);
    take(message);
    return seq > whole;
  }

  /// Notes what was pulled.
  synchronized void pulled(Stored message) {
    take(message);
  }

  private void take(Stored message) {
    Stored before = has.putIfAbsent(message.seq(), message);
    if (before != null && !before.equals(message)) {
      altered++;
    }
    while (has.containsKey(whole + 1)) {
      whole++;
    }
  }

  /// Order and repeats count on each connection by itself.
  synchronized void reconnected() {
    pushedHere.clear();
    highestHere = 0;
  }

  /// The highest seq up to which nothing is missing.
  synchronized int whole() {
    return whole;
  }

  /// Messages of `history` that this device has not.
  synchronized long missing(List<Stored> history) {
    return history.stream().filter(message -> !message.equals(has.get(message.seq()))).count();
  }

  /// Pushes that came again on one connection: allowed, and worth knowing.
  synchronized long twice() {
    return twice;
  }

  /// Pushes that came after one with a higher seq on the same connection.
  synchronized long late() {
    return late;
  }

  /// Seqs that were given two different messages.
  synchronized long altered() {
    return altered;
  }
}
