package io.parley;

import io.parley.base.Clock;
import io.parley.base.Node;
import io.parley.cluster.Arriving;
import io.parley.cluster.HeldGateways;
import io.parley.config.Config;
import io.parley.realtime.Delivery;
import io.parley.realtime.InOrder;
import io.parley.realtime.Registry;
import io.parley.realtime.Repair;
import io.parley.realtime.Replacing;
import io.parley.valkey.ValkeyBus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What joins the connections of this server with those of others, where there may be others.
final class Neighbours {
  private static final Duration SPREAD = Duration.ofSeconds(5);

  private Neighbours() {}

  /// Has a device's connection replace an older one that another server has, and the other way
  /// round.
  static void replacing(Core core, Registry registry) {
    if (core.isShared()) {
      Arriving arriving = new Arriving(core.db, core.bus, core.platform.ids());
      Replacing replacing =
          Replacing.among(
              registry,
              (fresh, told) ->
                  arriving.tell(
                      new Arriving.Item(fresh.account(), fresh.device(), fresh.id()), told));
      core.bus.subscribe(replacing::hear);
    }
  }

  /// Who holds the gateways that are not here; null where there is no other server.
  static @Nullable HeldGateways gateways(Core core) {
    return core.isShared()
        ? new HeldGateways(core.db, core.bus, core.platform.ids(), core.node)
        : null;
  }

  /// What is done about events of others that were lost.
  static Repair repair(Core core, Registry registry, Delivery delivery, InOrder order) {
    Repair fresh =
        new Repair(
            core.node,
            registry,
            delivery,
            order::accept,
            core.redelivering::read,
            core.clock,
            SPREAD,
            Thread.ofVirtual().name("repair")::start);
    if (core.hearsOthers()) {
      core.bus.subscribe(fresh::note);
      core.bus.onLoss(fresh::hear);
      order.start();
    }
    return fresh;
  }

  /// The bus of several nodes; null where there is one. Only what is configured is loaded.
  static @Nullable ValkeyBus bus(Config config, Node node, Clock clock) {
    Config.BusKeys keys = config.bus();
    if (keys.isLocal()) {
      return null;
    }
    Duration timeout = Duration.ofMillis(keys.timeoutMs());
    try {
      return new ValkeyBus(
          new ValkeyBus.Settings(
              keys.url(), keys.prefix(), timeout, config.limits().eventQueueMax()),
          node,
          clock);
    } catch (IllegalArgumentException e) {
      throw new Config.Invalid("bus.url: " + e.getMessage());
    }
  }
}
