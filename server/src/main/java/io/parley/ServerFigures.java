package io.parley;

import io.parley.admin.Machine;
import io.parley.admin.Sample;
import io.parley.admin.Vitals;
import io.parley.base.Ids;
import io.parley.bus.Event;
import io.parley.cluster.Figures;
import io.parley.cluster.Listed;
import io.parley.cluster.Nodes;
import io.parley.config.Config;
import io.parley.face.rpc.MessageRpc;
import io.parley.realtime.Registry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/// What this server says of itself to the others, and what is known of all.
final class ServerFigures {
  /// What is told a second is counted over one to two of these.
  private static final Duration STEP = Duration.ofSeconds(5);

  private record Reading(long nanos, long messages) {}

  private final Core core;
  private final Config config;
  private final Vitals vitals;
  private final Registry registry;
  private final LongAdder messages = new LongAdder();
  private Reading before;
  private Reading last;

  ServerFigures(Core core, Config config, Vitals vitals, Registry registry) {
    this.core = core;
    this.config = config;
    this.vitals = vitals;
    this.registry = registry;
    last = new Reading(core.clock.nanos(), 0);
    before = last;
    core.bus.subscribe(this::count);
  }

  /// Those of others come as well where there are others.
  private void count(Event event) {
    if (event instanceof Event.MessagePosted posted
        && Ids.nodeOf(MessageRpc.idOf(posted.encoded())) == core.node.number()) {
      messages.increment();
    }
  }

  /// How this server is now.
  Figures now() {
    Sample sample = vitals.now();
    double processor = Machine.processorShare();
    long free = core.disk.free();
    return new Figures(
        sample.sockets(),
        (long) registry.accounts(),
        messagesASecond(),
        sample.writesWaiting(),
        sample.eventsWaiting(),
        sample.heapBytes(),
        Runtime.getRuntime().maxMemory(),
        processor < 0 ? null : (Double) processor,
        free == Long.MAX_VALUE ? null : (Long) free,
        core.bus.isCurrent());
  }

  private synchronized double messagesASecond() {
    Reading now = new Reading(core.clock.nanos(), messages.sum());
    if (now.nanos() - last.nanos() >= STEP.toNanos()) {
      before = last;
      last = now;
    }
    double seconds = Math.max(1, (now.nanos() - before.nanos()) / 1e9);
    return (now.messages() - before.messages()) / seconds;
  }

  /// All servers, by number; this one where there are no others.
  List<Nodes.Status> all() {
    Nodes nodes = core.nodes;
    return nodes == null ? List.of(alone()) : nodes.list();
  }

  private Nodes.Status alone() {
    return new Nodes.Status(
        new Listed(
            core.node,
            core.clock.millis(),
            vitals.startedAt(),
            address(config),
            Administration.version(),
            now()),
        true,
        0);
  }

  /// Where a server takes traffic, host and port, as far as it knows.
  static String address(Config config) {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = config.server().host();
    }
    return host + ":" + config.server().port();
  }
}
