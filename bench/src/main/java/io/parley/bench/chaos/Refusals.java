package io.parley.bench.chaos;

import io.parley.bench.socket.CallFailed;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Answers that were no: those that a client repeats (a part is away, too busy), and those that it
/// would take for an answer, which nobody here deserves.
final class Refusals {
  /// DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, UNAVAILABLE.
  private static final Set<Integer> PASSING = Set.of(4, 8, 10, 14);

  private final Map<String, Long> all = new TreeMap<>();
  private long wrong;

  synchronized void note(String who, CallFailed refusal) {
    all.merge(who + ", " + refusal.getMessage(), 1L, Long::sum);
    if (!PASSING.contains(refusal.code())) {
      wrong++;
    }
  }

  /// Those since the last time, by what they said; the count starts anew.
  synchronized Map<String, Long> take() {
    Map<String, Long> taken = new TreeMap<>(all);
    all.clear();
    wrong = 0;
    return taken;
  }

  /// Those of the second kind.
  synchronized long wrong() {
    return wrong;
  }
}
