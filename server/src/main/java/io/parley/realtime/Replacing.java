package io.parley.realtime;

import io.parley.base.Completion;
import io.parley.base.Fault;
import io.parley.bus.Arrival;
import io.parley.bus.Event;
import io.parley.bus.ServerEvent;

/// One connection for each account and device where there are several servers: all hear of each
/// that was admitted anywhere, in the order of the store, and cut those that are older.
///
/// Gateways' clients are left out, because a gateway has one stream among all servers.
public final class Replacing {
  /// Tells all servers, this one too, of a connection of this one.
  @FunctionalInterface
  public interface Announcer {
    /// Does not wait.
    ///
    /// @throws Fault BUSY, UNAVAILABLE
    void announce(Connection fresh, Completion<Long> told);
  }

  private final Registry registry;
  private final Announcer announcer;

  private Replacing(Registry registry, Announcer announcer) {
    this.registry = registry;
    this.announcer = announcer;
  }

  /// For `registry`, which announces whom it admits from now on. All that the bus delivers must
  /// come to [#hear].
  public static Replacing among(Registry registry, Announcer announcer) {
    Replacing fresh = new Replacing(registry, announcer);
    registry.announce(fresh::admitted);
    return fresh;
  }

  /// Where others cannot be told, an older connection may go on: then the client is asked to come
  /// back.
  private void admitted(Connection fresh) {
    if (fresh.form() == WireForm.GATEWAY) {
      return;
    }
    try {
      announcer.announce(
          fresh,
          new Completion<>() {
            @Override
            public void done(Long at) {}

            @Override
            public void failed(Fault fault) {
              registry.cutLater(fresh, ClosingReason.RESTART);
            }
          });
    } catch (Fault busy) {
      registry.cutLater(fresh, ClosingReason.RESTART);
    }
  }

  /// One event after the other.
  public void hear(Event event) {
    if (event instanceof ServerEvent.DevicesCame came) {
      came.arrivals().forEach(this::hear);
    }
  }

  private void hear(Arrival arrival) {
    for (Connection each : registry.of(arrival.account().value())) {
      if (each.device().equals(arrival.device())
          && each.form() != WireForm.GATEWAY
          && each.isOlder(arrival)) {
        registry.cutLater(each, ClosingReason.REPLACED);
      }
    }
  }
}
