package io.parley.harness;

import io.parley.base.Clock;
import io.parley.base.Entropy;
import io.parley.base.Ids;
import io.parley.bus.Bus;
import io.parley.platform.Platform;
import io.parley.store.Db;

/// What a service that is tested alone stands on.
public final class TestPlatform {
  private TestPlatform() {}

  /// On a bus of its own. Two of one test need nodes of their own, or ids meet.
  public static Platform over(Db db, Clock clock, int node) {
    return over(db, new TestBus(), clock, node);
  }

  public static Platform over(Db db, Bus bus, Clock clock, int node) {
    return new Platform(db, bus, new Ids(clock, node), clock, Entropy.SYSTEM);
  }
}
