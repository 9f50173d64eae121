package io.parley.bench.load;

import io.parley.bench.report.Progress;
import io.parley.bench.socket.ClientSocket;
import io.parley.bench.socket.Lane;
import io.parley.bench.socket.Lanes;
import io.parley.bench.subject.CpuShare;
import io.parley.bench.subject.ProcessFigures;
import io.parley.bench.wire.SendTemplate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One run: warm-up, measured time, drain. Devices are added first, then [#run()] blocks until all
/// is quiet.
public final class LoadRun {
  private static final long LOOK_NANOS = 100_000_000L;
  private static final long QUIET_NANOS = 3_000_000_000L;

  private final Map<Lane, Traffic> traffic = new LinkedHashMap<>();
  private final Plan plan;
  private final @Nullable ProcessFigures server;
  private final int parts;

  /// `server` tells its processor time, if known.
  public LoadRun(Lanes lanes, Plan plan, @Nullable ProcessFigures server) {
    this(lanes, plan, server, 0);
  }

  /// The same, with so many equal parts of the measured time counted apart.
  public LoadRun(Lanes lanes, Plan plan, @Nullable ProcessFigures server, int parts) {
    this.plan = plan;
    this.server = server;
    this.parts = parts;
    lanes.all().forEach(lane -> traffic.put(lane, new Traffic(lane, plan.pace(), parts)));
  }

  /// Adds a device that only receives.
  public Endpoint hear(ClientSocket socket) {
    return on(socket).hear(socket);
  }

  /// Adds a device that sends what `template` says, as sender number `sender`.
  public Endpoint talk(ClientSocket socket, SendTemplate template, int sender) {
    return on(socket).talk(socket, template, sender);
  }

  private Traffic on(ClientSocket socket) {
    Traffic on = traffic.get(socket.lane());
    if (on == null) {
      throw new IllegalArgumentException("a socket of another run");
    }
    return on;
  }

  /// Runs the plan.
  public Outcome run() {
    Timing timing = Timing.of(System.nanoTime(), plan);
    int talkers = traffic.values().stream().mapToInt(Traffic::talkers).sum();
    traffic.forEach((lane, each) -> lane.loop().execute(() -> each.begin(timing, talkers)));
    try (Progress progress =
        new Progress("load", plan.warmup().plus(plan.measured()).toSeconds())) {
      watch(timing, timing.from(), progress);
      CpuShare cpu = new CpuShare(server);
      watch(timing, timing.to(), progress);
      cpu.stop();
      double drainSeconds = drain(timing);
      Standing end = standing();
      LaneStats stats = new LaneStats(parts);
      traffic.forEach((lane, each) -> lane.ask(() -> addTo(stats, each)));
      return new Outcome(
          stats,
          plan.measured().toNanos() / 1e9,
          cpu,
          drainSeconds,
          end.unanswered(),
          end.unsent());
    }
  }

  private static boolean addTo(LaneStats stats, Traffic each) {
    stats.add(each.stats);
    return true;
  }

  private void watch(Timing timing, long until, Progress progress) {
    Standing last = standing();
    long then = System.nanoTime();
    while (System.nanoTime() - until < 0) {
      LockSupport.parkNanos(Math.clamp(until - System.nanoTime(), 1, 1_000_000_000L));
      Standing now = standing();
      double seconds = (System.nanoTime() - then) / 1e9;
      String rates =
          String.format(
              Locale.ROOT,
              "(%.0f sends/s, %.0f deliveries/s)",
              (now.acked() - last.acked()) / seconds,
              (now.delivered() - last.delivered()) / seconds);
      progress.at((System.nanoTime() - timing.start()) / 1_000_000_000L, rates);
      last = now;
      then = System.nanoTime();
    }
  }

  /// Waits until every send is answered and every push has come, or nothing has happened for 3 s,
  /// or the time is up.
  private double drain(Timing timing) {
    long changed = System.nanoTime();
    Standing last = standing();
    while (true) {
      boolean complete =
          last.idle() && last.delivered() >= last.acked() * plan.deliveriesPerMessage();
      long now = System.nanoTime();
      boolean stuck = now - changed > QUIET_NANOS;
      if (complete || stuck || now - timing.to() > plan.drain().toNanos()) {
        return (changed - timing.to()) / 1e9;
      }
      LockSupport.parkNanos(LOOK_NANOS);
      Standing next = standing();
      if (!next.equals(last)) {
        changed = System.nanoTime();
      }
      last = next;
    }
  }

  private Standing standing() {
    Standing sum = Standing.NOTHING;
    for (Map.Entry<Lane, Traffic> each : traffic.entrySet()) {
      sum = sum.plus(each.getKey().ask(each.getValue()::standing));
    }
    return sum;
  }
}
