package io.parley.valkey;

import io.parley.base.AccountId;
import io.parley.base.Clock;
import io.parley.base.Node;
import io.parley.bus.Event;
import io.parley.bus.Loss;
import io.parley.harness.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A bus of a test and what it heard. Events are accounts that changed, numbered by the test.
final class Listener implements AutoCloseable {
  final ValkeyBus bus;
  private final List<Long> heard = Collections.synchronizedList(new ArrayList<>());
  private final List<Loss> losses = new CopyOnWriteArrayList<>();

  Listener(String url, int node) {
    this(url, new Node(node, Clock.SYSTEM.millis()), 10_000);
  }

  Listener(String url, Node node, int queueMax) {
    bus =
        new ValkeyBus(
            new ValkeyBus.Settings(url, "test", Duration.ofSeconds(1), queueMax),
            node,
            Clock.SYSTEM);
    bus.subscribe(
        event -> {
          if (event instanceof Event.AccountChanged(AccountId account)) {
            heard.add(account.value());
          }
        });
    bus.onLoss(losses::add);
  }

  void say(long number) {
    bus.publish(new Event.AccountChanged(new AccountId(number)));
  }

  /// What it heard from `first` on, in the order in which it came.
  List<Long> heardFrom(long first) {
    synchronized (heard) {
      return heard.stream().filter(number -> number >= first).toList();
    }
  }

  List<Loss> losses() {
    return losses;
  }

  void forget() {
    heard.clear();
    losses.clear();
  }

  void awaits(long number) {
    Waiting.until(() -> heard.contains(number));
  }

  /// Until all of `listeners` hear each other and themselves.
  static void meet(Listener... listeners) {
    for (Listener listener : listeners) {
      Waiting.until(() -> listener.nodes() == listeners.length && listener.bus.isGood());
    }
  }

  long nodes() {
    return gauge("parley_bus_nodes");
  }

  long gauge(String name) {
    var gauge = bus.gauges().get(name);
    if (gauge == null) {
      throw new AssertionError(name);
    }
    return gauge.getAsLong();
  }

  @Override
  public void close() {
    bus.close();
  }
}
