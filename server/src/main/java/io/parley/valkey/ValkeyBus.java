package io.parley.valkey;

import io.parley.account.Tries;
import io.parley.base.Clock;
import io.parley.base.Heartbeat;
import io.parley.base.Node;
import io.parley.bus.Bus;
import io.parley.bus.Event;
import io.parley.bus.LocalBus;
import io.parley.bus.Loss;
import io.parley.presence.Places;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The bus of several nodes. What happens here goes straight to the subscribers of this node, as on
/// a [LocalBus], and over a server to those of the others, whose events come in the order in which
/// they sent them.
///
/// Without the server everything but that goes on; see [#onLoss].
public final class ValkeyBus implements Bus {
  private static final Logger log = LoggerFactory.getLogger(ValkeyBus.class);
  private static final Duration LOOK = Duration.ofMillis(250);

  /// Where and how.
  ///
  /// @param url `redis://[user:password@]host[:port][/database]`, `rediss://…` for TLS,
  ///     `redis-sentinel://…/database#master`; several hosts behind one of the first two for a
  ///     cluster
  /// @param prefix of all keys: installations with different ones may share a server
  /// @param timeout for connecting, and for each command
  /// @param queueMax events that may wait here before publishers block, and as many again before
  ///     what goes to others is dropped
  public record Settings(String url, String prefix, Duration timeout, int queueMax) {
    /// Without the URL: it may hold a password.
    @Override
    public String toString() {
      return "Settings[prefix=" + prefix + ", timeout=" + timeout + ", queueMax=" + queueMax + "]";
    }
  }

  private final LocalBus local;
  private final Clock clock;
  private final Condition condition = new Condition();
  private final Losses losses;
  private final Server server;
  private final Trails trails;
  private final Outgoing outgoing;
  private final Incoming incoming;
  private final Shared shared;
  private final SharedPlaces places;
  private final Thread watch;
  private volatile boolean closed;

  /// Connects in the background: a server that is not there yet is found when it is.
  ///
  /// @throws IllegalArgumentException if the URL is none; the text holds nothing of it
  public ValkeyBus(Settings settings, Node self, Clock clock) {
    this.clock = clock;
    losses = new Losses(clock);
    server = new Server(settings.url(), settings.timeout());
    local = new LocalBus(settings.queueMax());
    shared = new Shared(server, condition, clock, "{" + settings.prefix() + "}:");
    places = new SharedPlaces(shared, self, clock);
    byte[] stream = shared.key("ev");
    trails = new Trails(self, local::publish, losses::add);
    outgoing =
        new Outgoing(
            self,
            clock,
            stream,
            settings.queueMax(),
            new Lines(server, Duration.ZERO, condition, Condition.Way.SENDING, clock));
    incoming =
        new Incoming(
            clock,
            stream,
            trails,
            losses::add,
            new Lines(server, Incoming.BLOCK, condition, Condition.Way.HEARING, clock));
    outgoing.start();
    incoming.start();
    watch = Thread.ofVirtual().name("bus-watch").start(this::watch);
  }

  @Override
  public void publish(Event event) {
    if (!closed) {
      local.publish(event);
      outgoing.offer(event);
    }
  }

  @Override
  public void subscribe(Consumer<Event> subscriber) {
    local.subscribe(subscriber);
  }

  @Override
  public void onLoss(Consumer<Loss> listener) {
    losses.listen(listener);
  }

  private void watch() {
    while (!closed) {
      try {
        incoming.look();
      } catch (RuntimeException | Error e) {
        log.error("nobody looks after lost events", e);
      }
      clock.sleep(LOOK);
    }
  }

  @Override
  public Map<String, LongSupplier> gauges() {
    return Map.of(
        "parley_bus_up", () -> condition.isGood() ? 1 : 0,
        "parley_bus_nodes", () -> 1 + trails.size(),
        "parley_bus_sending", outgoing::waiting,
        "parley_bus_dropped_total", outgoing::dropped,
        "parley_bus_losses_total", losses::total,
        "parley_bus_malformed_total", incoming::malformed);
  }

  /// Where accounts are connected to other nodes.
  public Places places() {
    return places;
  }

  /// Failed logins at all nodes; `local` counts them while the server cannot.
  public Tries tries(Tries local) {
    return new SharedTries(shared, local);
  }

  /// Whether other nodes can be told and heard.
  public boolean isGood() {
    return condition.isGood();
  }

  @Override
  public List<Heartbeat> heartbeats() {
    return local.heartbeats();
  }

  @Override
  public int waiting() {
    return local.waiting();
  }

  /// Tells the others what waits, for two seconds at most, then delivers what is here.
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    losses.close();
    watch.interrupt();
    places.close();
    shared.close();
    outgoing.close();
    incoming.close();
    server.close();
    local.close();
  }
}
