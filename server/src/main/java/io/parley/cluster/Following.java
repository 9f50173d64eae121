package io.parley.cluster;

import io.parley.base.Clock;
import io.parley.base.Completion;
import io.parley.base.Fault;
import io.parley.base.Heartbeat;
import io.parley.base.Node;
import io.parley.bus.Event;
import io.parley.bus.EventWire;
import io.parley.bus.Loss;
import io.parley.bus.MissedReader;
import io.parley.store.Db;
import io.parley.store.Tx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads, four times a second, what the servers that share the store committed, and says once a
/// second that this one is alive. A thread of its own, on a connection that no caller waits for.
///
/// What was read is delivered before the server counts as current again, so a server that was
/// stopped or cut off has heard who logged out meanwhile before it does anything else. An event on
/// which a subscriber fails comes again.
final class Following implements AutoCloseable {
  /// Where it reads and writes.
  ///
  /// @param posts null where messages come otherwise
  /// @param figures what this server says of itself
  /// @param clock whose waits really pass
  record Ways(
      Db db, Nodes nodes, @Nullable MissedReader posts, Supplier<Figures> figures, Clock clock) {}

  private record Found(long id, Event event) {}

  private record Seen(long id, long atNs) {}

  private static final Logger log = LoggerFactory.getLogger(Following.class);
  private static final Duration LOOK = Duration.ofMillis(250);

  /// Long enough before each look for a turn.
  private static final Duration SETTLING = Duration.ofMillis(50);

  /// What happened is kept in the store for so long,
  private static final Duration KEPT = Duration.ofMinutes(10);

  /// and who could not read for so long does not count on it.
  private static final Duration FORGOTTEN = Duration.ofMinutes(5);

  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final Duration SAMPLE = Duration.ofSeconds(30);
  private static final int AT_ONCE = 1000;

  /// An event on which a subscriber fails so often in a row is given up.
  private static final int TRIES = 20;

  private final Ways ways;
  private final Clock clock;
  private final SharedBus bus;
  private final Node self;
  private final Heartbeat beat;
  private final EventStore store = new EventStore();
  private final Deque<Seen> seen = new ArrayDeque<>();
  private final Thread thread;
  private volatile boolean closed;
  private volatile long currentNs;
  private volatile int alive = 1;
  private long cursor;
  private long beatNs;
  private int failures;

  /// Since the last beat.
  private boolean wasCurrent = true;

  /// Whether there were figures with it.
  private boolean tells = true;

  private String last = "";

  Following(Ways ways, SharedBus bus, Node self, Heartbeat beat) {
    this.ways = ways;
    this.clock = ways.clock();
    this.bus = bus;
    this.self = self;
    this.beat = beat;
    cursor = ways.db().readApart(Tx::settled);
    currentNs = clock.nanos();
    beatNs = currentNs;
    thread = Thread.ofPlatform().daemon().name("parley-node").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// When everything was heard that had been committed until then, nanoseconds.
  long currentNs() {
    return currentNs;
  }

  /// Servers that were alive a moment ago, this one among them.
  int alive() {
    return alive;
  }

  private void run() {
    while (!closed) {
      beat.works();
      try {
        look();
        last = "";
      } catch (RuntimeException | Error e) {
        if (!closed && !String.valueOf(e.getMessage()).equals(last)) {
          last = String.valueOf(e.getMessage());
          log.error("what other servers do is not heard", e);
        }
      }
      beat.rests();
      clock.sleep(LOOK.minus(SETTLING));
      settle();
      clock.sleep(SETTLING);
    }
    beat.ends();
  }

  /// Messages are read from the store up to where they are settled, which a turn brings about.
  private void settle() {
    if (ways.posts() != null) {
      ways.db().settle();
    }
  }

  private void look() {
    long startNs = clock.nanos();
    if (startNs - currentNs > FORGOTTEN.toNanos()) {
      long sinceMs = clock.millis() - Duration.ofNanos(startNs - currentNs).toMillis();
      log.warn("what other servers did for minutes was not heard; looking at everything anew");
      cursor = ways.db().readApart(Tx::settled);
      bus.lost(new Loss(Loss.FORGOTTEN, sinceMs, true));
    }
    while (!closed && readSome()) {
      beat.works();
    }
    wasCurrent &= bus.isCurrent();
    currentNs = startNs;
    chores(startNs);
  }

  /// Whether there is more.
  private boolean readSome() {
    long settled = ways.db().readApart(Tx::settled);
    List<EventStore.Row> rows =
        ways.db().readApart(tx -> store.after(tx, cursor, settled, AT_ONCE));
    long upTo = rows.size() == AT_ONCE ? rows.getLast().id() : settled;
    List<Found> found = new ArrayList<>();
    for (EventStore.Row row : rows) {
      Event event = read(row);
      if (event != null) {
        found.add(new Found(row.id(), event));
      }
    }
    readPosts(upTo, found);
    found.sort(Comparator.comparingLong(Found::id));
    // After a while without a look, sessions have ended that earlier messages would still go to.
    found.stream()
        .filter(each -> each.event() instanceof Event.SessionEnded)
        .forEach(this::deliver);
    for (Found each : found) {
      if (!(each.event() instanceof Event.SessionEnded)) {
        deliver(each);
      }
      cursor = each.id();
    }
    cursor = Math.max(cursor, upTo);
    return upTo != settled;
  }

  private void readPosts(long upTo, List<Found> found) {
    MissedReader posts = ways.posts();
    if (posts == null) {
      return;
    }
    long above = cursor;
    while (above < upTo) {
      long next =
          posts.read(
              above,
              -self.number() - 1,
              (event, id) -> {
                if (id <= upTo) {
                  found.add(new Found(id, event));
                }
              });
      if (next == above) {
        return;
      }
      above = next;
    }
  }

  private static @Nullable Event read(EventStore.Row row) {
    try {
      Event event = EventWire.decode(row.event());
      if (event == null) {
        log.warn("a newer server wrote what this one cannot read; it is passed over");
      }
      return event;
    } catch (EventWire.Malformed e) {
      log.error("event {} cannot be read", row.id(), e);
      return null;
    }
  }

  private void deliver(Found each) {
    if (bus.found(each.event())) {
      failures = 0;
      return;
    }
    failures++;
    if (failures < TRIES) {
      throw new IllegalStateException("a subscriber failed");
    }
    failures = 0;
    log.error("event {} is given up", each.id());
  }

  private void chores(long nowNs) {
    if (nowNs - beatNs < BEAT.toNanos()) {
      return;
    }
    beatNs = nowNs;
    try {
      ways.nodes().beat(self, figures());
      wasCurrent = true;
      alive = (int) ways.nodes().list().stream().filter(Nodes.Status::alive).count();
      prune(nowNs);
    } catch (Fault e) {
      // Nothing can be stored now: the writer says so.
    }
  }

  /// A server that cannot tell how it is is alive all the same.
  private String figures() {
    try {
      Figures figures = ways.figures().get();
      tells = true;
      return figures.asCurrent(wasCurrent).encode();
    } catch (RuntimeException e) {
      if (tells) {
        log.warn("this server cannot tell how it is", e);
      }
      tells = false;
      return Figures.NONE.asCurrent(wasCurrent).encode();
    }
  }

  /// By time that passed here, whatever any server's clock says.
  private void prune(long nowNs) {
    if (!seen.isEmpty() && nowNs - seen.getLast().atNs() < SAMPLE.toNanos()) {
      return;
    }
    seen.addLast(new Seen(cursor, nowNs));
    if (nowNs - seen.getFirst().atNs() > KEPT.toNanos()) {
      long below = seen.removeFirst().id();
      ways.db()
          .submit(
              tx -> {
                store.deleteBelow(tx, below);
                return null;
              },
              Completion.ignored());
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
