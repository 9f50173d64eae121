package io.parley.bench.attack;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/// What came of an attack: how often which outcome. Safe for many threads.
public final class Tally {
  private final String name;
  private final Map<String, LongAdder> outcomes = new ConcurrentSkipListMap<>();

  Tally(String name) {
    this.name = name;
  }

  void add(String outcome) {
    outcomes.computeIfAbsent(outcome, ignored -> new LongAdder()).increment();
  }

  /// The attack's.
  public String name() {
    return name;
  }

  /// Strikes that came to an end.
  public long strikes() {
    return outcomes.values().stream().mapToLong(LongAdder::sum).sum();
  }

  @Override
  public String toString() {
    return outcomes.entrySet().stream()
        .map(each -> each.getValue().sum() + " × " + each.getKey())
        .collect(Collectors.joining(", "));
  }
}
