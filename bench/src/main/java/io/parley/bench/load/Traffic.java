package io.parley.bench.load;

import io.parley.bench.pace.OpenLoop;
import io.parley.bench.socket.ClientSocket;
import io.parley.bench.socket.Lane;
import io.parley.bench.wire.AckScan;
import io.parley.bench.wire.PushScan;
import io.parley.bench.wire.SendTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The traffic of one lane: its talkers, its counts, and the two moments when talkers may send: the
/// end of a loop tick, and a timer. Belongs to the lane's thread once [#begin(Timing, int)] ran.
final class Traffic {
  private static final long PULSE_NANOS = 5_000_000;

  final LaneStats stats;
  final PushScan push = new PushScan();
  final AckScan ack = new AckScan();

  private final Lane lane;
  private final Pace pace;
  private final List<Talker> talkers = new ArrayList<>();
  private Timing timing = new Timing(0, 0, 0);
  private OpenLoop timetable = new OpenLoop(0, 1);
  private long deliveredTold;
  private int turn;
  private long pulseDue;

  /// `parts` of the measured time are counted apart.
  Traffic(Lane lane, Pace pace, int parts) {
    this.lane = lane;
    this.pace = pace;
    stats = new LaneStats(parts);
  }

  /// A device that only receives.
  Endpoint hear(ClientSocket socket) {
    Endpoint endpoint = new Endpoint(socket, this, null);
    socket.listener(endpoint);
    return endpoint;
  }

  /// A device that also sends.
  Endpoint talk(ClientSocket socket, SendTemplate template, int sender) {
    Talker talker = new Talker(socket, template, sender);
    talkers.add(talker);
    Endpoint endpoint = new Endpoint(socket, this, talker);
    socket.listener(endpoint);
    return endpoint;
  }

  Timing timing() {
    return timing;
  }

  int talkers() {
    return talkers.size();
  }

  /// Starts the traffic; `everyone` is how many talkers all lanes have, which divides a timed pace.
  /// On the lane's thread.
  void begin(Timing when, int everyone) {
    timing = when;
    lane.onTick(this::tick);
    pulseDue = System.nanoTime() + PULSE_NANOS;
    var unused =
        lane.loop()
            .scheduleAtFixedRate(this::pulse, PULSE_NANOS, PULSE_NANOS, TimeUnit.NANOSECONDS);
    if (pace instanceof Pace.Timed(double perSecond) && !talkers.isEmpty()) {
      timetable = new OpenLoop(when.start(), perSecond * talkers.size() / everyone);
      timed();
    }
    lane.tickSoon();
  }

  /// Keeps closed loops alive when nothing arrives, and notes how late the lane itself runs: a
  /// stall of the generator must not be read as a stall of the server.
  private void pulse() {
    long now = System.nanoTime();
    if (timing.measures(now)) {
      stats.stallNanos = Math.max(stats.stallNanos, now - pulseDue);
    }
    pulseDue = now + PULSE_NANOS;
    lane.tickSoon();
  }

  private void tick() {
    long delivered = stats.delivered - deliveredTold;
    deliveredTold = stats.delivered;
    long now = System.nanoTime();
    switch (pace) {
      case Pace.Windowed(int window) -> {
        if (!timing.over(now)) {
          talkers.forEach(talker -> fill(talker, now, window));
        }
      }
      case Pace.Gated gated -> {
        gated.gate().delivered(delivered);
        if (!timing.over(now)) {
          takeTurns(gated, now);
        }
      }
      case Pace.Timed ignored -> talkers.forEach(Talker::catchUp);
    }
  }

  private static void fill(Talker talker, long now, int window) {
    while (talker.trySend(now, window)) {
      // until the window is full
    }
  }

  private void takeTurns(Pace.Gated gated, long now) {
    int refused = 0;
    while (refused < talkers.size() && gated.gate().open()) {
      if (talkers.get(turn++ % talkers.size()).trySend(now, gated.window())) {
        gated.gate().sent();
        refused = 0;
      } else {
        refused++;
      }
    }
  }

  private void timed() {
    long now = System.nanoTime();
    while (timetable.due(now) && !timing.over(timetable.nextNanos())) {
      talkers.get(turn++ % talkers.size()).due(timetable.take());
    }
    if (!timing.over(timetable.nextNanos())) {
      long wait = Math.max(1, timetable.nextNanos() - System.nanoTime());
      var unused = lane.loop().schedule(this::timed, wait, TimeUnit.NANOSECONDS);
    }
  }

  void gone(long received, long own) {
    if (pace instanceof Pace.Gated(int ignored, var gate)) {
      gate.gone(received, own);
    }
  }

  /// Where this lane stands. On the lane's thread.
  Standing standing() {
    return new Standing(
        stats.acked,
        stats.delivered,
        talkers.stream().mapToLong(Talker::unanswered).sum(),
        talkers.stream().mapToLong(Talker::unsent).sum(),
        talkers.stream().allMatch(Talker::idle));
  }
}
