package io.parley.harness;

import io.parley.base.Clock;
import io.parley.base.Entropy;
import io.parley.base.Heartbeat;
import io.parley.base.Ids;
import io.parley.bus.Bus;
import io.parley.bus.Event;
import io.parley.bus.Loss;
import io.parley.platform.Platform;
import io.parley.store.Db;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// What a service that is tested alone stands on.
public final class TestPlatform {
  private TestPlatform() {}

  /// Nobody hears of anything. Two of one test need nodes of their own, or ids meet.
  public static Platform over(Db db, Clock clock, int node) {
    return new Platform(db, new Silence(), new Ids(clock, node), clock, Entropy.SYSTEM);
  }

  private static final class Silence implements Bus {
    private final Heartbeat beat = new Heartbeat("silence");

    @Override
    public void publish(Event event) {}

    @Override
    public void subscribe(Consumer<Event> subscriber) {}

    @Override
    public void onLoss(Consumer<Loss> listener) {}

    @Override
    public Map<String, LongSupplier> gauges() {
      return Map.of();
    }

    @Override
    public List<Heartbeat> heartbeats() {
      return List.of(beat);
    }

    @Override
    public int waiting() {
      return 0;
    }

    @Override
    public void close() {}
  }
}
