package io.parley.bench.chaos;

import io.parley.bench.cluster.Cluster;
import io.parley.bench.cluster.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What a disaster may do, and to whom. Its victim is the last node; the first always lives.
final class Stage {
  private final Cluster cluster;
  private final Map<Integer, Cables> cables;
  private final Duration hold;
  private final Runnable meanwhile;

  /// `cables`: of each node, from 1; `hold`: how long a disaster lasts; `meanwhile`: what is looked
  /// at in the middle of it.
  Stage(Cluster cluster, Map<Integer, Cables> cables, Duration hold, Runnable meanwhile) {
    this.cluster = cluster;
    this.cables = cables;
    this.hold = hold;
    this.meanwhile = meanwhile;
  }

  Cluster cluster() {
    return cluster;
  }

  Node victim() {
    return cluster.nodes().getLast();
  }

  /// The stretches of network between the victim and the rest.
  Cables victimsCables() {
    return cables(victim().number());
  }

  List<Cables> everybodysCables() {
    return cluster.nodes().stream().map(node -> cables(node.number())).toList();
  }

  private Cables cables(int node) {
    Cables found = cables.get(node);
    if (found == null) {
      throw new IllegalStateException("node " + node + " has no cables");
    }
    return found;
  }

  /// Lets the disaster last, and looks at what must hold meanwhile.
  void hold() {
    long start = System.nanoTime();
    pause(hold.dividedBy(2));
    meanwhile.run();
    pause(hold.minusNanos(System.nanoTime() - start));
  }

  static void pause(Duration time) {
    if (time.isPositive()) {
      try {
        Thread.sleep(time);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }
}
