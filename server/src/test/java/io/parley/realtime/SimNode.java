package io.parley.realtime;

import io.parley.base.Clock;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Ids;
import io.parley.base.Limits;
import io.parley.base.Node;
import io.parley.base.SessionId;
import io.parley.bus.Event;
import io.parley.bus.Loss;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/// One run of one simulated node: what a server with a store that others share has between its bus
/// and its connections, with queues in place of threads.
final class SimNode {
  static final Limits LIMITS = Simulation.limits(Simulation.OUTBOX_BYTES_MAX);
  private static final int LANES = 2;
  private static final int PARCELS_MAX = 4;
  private static final Duration SPREAD = Duration.ofMillis(100);

  /// Of what is heard, by how long nothing could be read from the store.
  private static final long CURRENT_NS = 800_000_000;

  /// It pushes nothing once nothing could be read for so long.
  private static final long PUSHES_NS = 1_000_000_000;

  private record Known(long[] members, long since) {}

  /// What all nodes stand on.
  ///
  /// @param live whether messages of others come over a bus, rather than from the store
  record World(SimStore store, PushEncoder encoder, NodeParts parts, boolean live, Random random) {}

  final Ids ids;
  final Clock clock;
  final Registry registry;
  private final int number;
  private final SimStore store;
  private final NodeParts parts;
  private final boolean live;
  private final Delivery delivery;
  private final InOrder order;
  private final Consumer<Event> way;
  private final Repair repair;
  private final List<Lane> lanes = new ArrayList<>();
  private final List<Queue<Runnable>> tasks = new ArrayList<>();
  private final Queue<Event> heard = new ArrayDeque<>();
  private final Queue<Runnable> rounds = new ArrayDeque<>();
  private final Map<Long, Known> cache = new HashMap<>();
  private final Map<SessionId, List<SimLink>> links = new HashMap<>();
  private final Map<Long, Long> last = new HashMap<>();
  private @Nullable SimNode successor;
  private long cursor;
  private long currentNs;
  private long cutOffNs;
  private boolean forgets;
  private boolean reads;
  private long heldMs;

  SimNode(Node self, Clock clock, World world) {
    this.number = self.number();
    this.clock = clock;
    store = world.store();
    parts = world.parts();
    live = world.live();
    ids = new Ids(clock, number);
    for (int i = 0; i < LANES; i++) {
      Queue<Runnable> queue = new ArrayDeque<>();
      tasks.add(queue);
      lanes.add(new Lane(queue::add, PARCELS_MAX));
    }
    registry =
        new Registry(
            self, LIMITS, true, world.encoder(), new SimEntropy(world.random()), Runnable::run);
    delivery = new Delivery(registry, this::members, world.encoder(), LIMITS);
    order =
        new InOrder(
            this::push,
            parts.pull(delivery),
            parts.hold(InOrder.hold(live)),
            clock,
            this::isCurrent);
    way = parts.way(order, this);
    repair =
        new Repair(
            self, registry, delivery, way, this::read, clock, SPREAD, parts.asks(rounds::add));
    cursor = store.settled();
    currentNs = clock.nanos();
  }

  int number() {
    return number;
  }

  Lane lane(Random random) {
    return lanes.get(random.nextInt(LANES));
  }

  private long[] members(ConversationId group, long since) {
    Known known = cache.get(group.value());
    if (known == null || known.since() < parts.since(since)) {
      known =
          new Known(
              store.members(group.value()).stream().mapToLong(Long::longValue).toArray(),
              store.changed(group.value()));
      cache.put(group.value(), known);
    }
    return known.members();
  }

  /// It can neither read nor write the store for a while.
  ///
  /// @param forgets whether what was committed meanwhile is not kept for it
  void cutOff(long untilNs, boolean forgets) {
    cutOffNs = untilNs;
    this.forgets = forgets;
  }

  boolean isCutOff() {
    return clock.nanos() < cutOffNs;
  }

  /// @throws Fault while it is cut off
  void requireStore() {
    if (isCutOff()) {
      throw Fault.of(FaultCode.UNAVAILABLE, "cut off");
    }
  }

  private long read(long above, int node, ObjLongConsumer<Event.MessagePosted> sink) {
    requireStore();
    return store.read(above, node, sink);
  }

  void admitted(SimLink link, SessionId session) {
    links.computeIfAbsent(session, same -> new ArrayList<>()).add(link);
  }

  /// What happened, here or elsewhere; heard by the thread of the bus.
  void tell(Event event) {
    heard.add(event);
  }

  /// Hears the next of what it was told, if it may. False if there is none.
  boolean hearNext() {
    Event next = isCurrent() ? heard.poll() : null;
    if (next != null) {
      hear(next);
    }
    return next != null;
  }

  private void hear(Event event) {
    if (event instanceof Event.GroupChanged changed) {
      cache.remove(changed.group().value());
    }
    way.accept(event);
    repair.note(event);
  }

  /// Reads what was committed since it did so last, if it can.
  void follow() {
    if (isCutOff()) {
      return;
    }
    reads = true;
    if (forgets) {
      forgets = false;
      cursor = store.settled();
      repair(
          new Loss(Loss.FORGOTTEN, clock.millis() - (clock.nanos() - currentNs) / 1_000_000, true));
    }
    long upTo = parts.upTo(store.settled(), store.newest());
    List<Event> found = store.after(cursor, upTo, live ? null : number);
    found.stream().filter(each -> each instanceof Event.SessionEnded).forEach(this::hear);
    for (Event each : found) {
      if (!(each instanceof Event.SessionEnded)) {
        hear(each);
      }
    }
    cursor = upTo;
    currentNs = clock.nanos();
    reads = false;
    // So that the next look finds what was committed until now.
    store.settle();
  }

  private boolean isCurrent() {
    return !parts.waits() || clock.nanos() - currentNs < CURRENT_NS;
  }

  /// Hears of a loss on the live way. False if it must hear of it again.
  boolean lose(Loss loss) {
    return isCurrent() && repair(loss);
  }

  private boolean repair(Loss loss) {
    cache.clear();
    try {
      if (parts.repairs()) {
        repair.hear(loss);
      }
      return true;
    } catch (Fault e) {
      return false;
    }
  }

  void look() {
    heldMs = order.look();
  }

  /// The next round in which devices are asked to pull. False if none waits.
  boolean askNext() {
    Runnable round = rounds.poll();
    if (round != null) {
      round.run();
    }
    return round != null;
  }

  /// The highest seq of a conversation that was pushed.
  long last(ConversationId conversation) {
    return last.getOrDefault(conversation.value(), 0L);
  }

  /// What the delivery hears.
  void push(Event event) {
    SimNode next = successor;
    if (next != null) {
      next.push(event);
      return;
    }
    // The real lanes would be waited for.
    for (int lane = 0; lane < LANES; lane++) {
      if (!lanes.get(lane).hasRoom()) {
        runLane(lane);
      }
    }
    if (event instanceof Event.MessagePosted posted) {
      Simulation.require(
          reads || clock.nanos() - currentNs <= PUSHES_NS,
          "pushed though nothing could be read for a second: " + posted);
      last.merge(posted.conversation().value(), posted.seq(), Math::max);
    }
    delivery.accept(event);
    if (event instanceof Event.SessionEnded ended) {
      runLanes();
      links.getOrDefault(ended.session(), List.of()).forEach(link -> link.mustBeSilent = true);
    }
  }

  void runLane(int lane) {
    for (Runnable task = tasks.get(lane).poll(); task != null; task = tasks.get(lane).poll()) {
      task.run();
    }
  }

  void runALane(Random random) {
    runLane(random.nextInt(LANES));
  }

  private void runLanes() {
    for (int lane = 0; lane < LANES; lane++) {
      runLane(lane);
    }
  }

  /// Whether nothing waits here, as it was when it looked last.
  boolean isQuiet() {
    return heard.isEmpty()
        && rounds.isEmpty()
        && heldMs == 0
        && cursor == store.newest()
        && tasks.stream().allMatch(Queue::isEmpty);
  }

  /// Its wires break first: nobody hears of what its lanes still had.
  void die() {
    registry.forEach(each -> ((SimLink) each.transport()).drop());
    runLanes();
    repair.close();
    order.close();
  }

  /// What it had heard goes on at the one that comes after it.
  void haunt(SimNode next) {
    successor = next;
  }
}
