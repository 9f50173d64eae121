package io.parley.realtime;

import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.Limits;
import io.parley.base.Node;
import io.parley.base.SessionId;
import io.parley.bus.Audience;
import io.parley.bus.Event;
import io.parley.bus.GroupChange;
import io.parley.harness.TestLimits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;

/// A world in one thread: accounts with devices, groups, a bus, lanes whose tasks run when the seed
/// says so.
final class Simulation {
  static final int OUTBOX_BYTES_MAX = 400;
  private static final int STEPS = 400;
  private static final int ACCOUNTS = 5;
  private static final int DEVICES = 2;
  private static final int GROUPS = 2;
  private static final int LANES = 3;
  private static final int PARCELS_MAX = 4;
  private static final List<WireForm> FORMS = List.of(WireForm.values());

  /// What a test may replace by something broken.
  interface Parts {
    default Delivery delivery(
        Registry registry, MemberSource members, PushEncoder encoder, Limits limits) {
      return new Delivery(registry, members, encoder, limits);
    }

    default MemberSource members(MemberSource real) {
      return real;
    }

    default Limits limits() {
      return Simulation.limits(OUTBOX_BYTES_MAX);
    }
  }

  private final Random random;
  private final List<Queue<Runnable>> tasks = new ArrayList<>();
  private final List<Lane> lanes = new ArrayList<>();
  private final SimEncoder encoder = new SimEncoder();
  private final Map<Long, Set<Long>> members = new HashMap<>();
  private final Map<Long, Long> lastSeq = new HashMap<>();
  private final Map<String, SimVerdict.Posted> posted = new HashMap<>();
  private final Queue<Event> bus = new ArrayDeque<>();
  private final List<SimLink> links = new ArrayList<>();
  private final Map<Long, Long> sessionOf = new HashMap<>();
  private final Registry registry;
  private final Delivery delivery;
  private long nextSession = 1;

  Simulation(long seed, Parts parts) {
    random = new Random(seed);
    for (int i = 0; i < LANES; i++) {
      Queue<Runnable> queue = new ArrayDeque<>();
      tasks.add(queue);
      lanes.add(new Lane(queue::add, PARCELS_MAX));
    }
    for (long group = 1; group <= GROUPS; group++) {
      members.put(group, new HashSet<>());
      for (long account = 1; account <= ACCOUNTS; account++) {
        if (random.nextInt(3) > 0) {
          required(members, group).add(account);
        }
      }
    }
    for (long account = 1; account <= ACCOUNTS; account++) {
      sessionOf.put(account, nextSession++);
    }
    registry =
        new Registry(
            new Node(0, 0), parts.limits(), true, encoder, new SimEntropy(random), Runnable::run);
    MemberSource now =
        (group, since) ->
            required(members, group.value()).stream().mapToLong(Long::longValue).toArray();
    delivery = parts.delivery(registry, parts.members(now), encoder, parts.limits());
  }

  static Limits limits(int outboxBytesMax) {
    return TestLimits.with(Map.of("limits.outbox_bytes_max", Integer.toString(outboxBytesMax)));
  }

  static <K, V> V required(Map<K, V> map, K key) {
    V value = map.get(key);
    if (value == null) {
      throw new IllegalStateException("no " + key);
    }
    return value;
  }

  /// Runs the schedule, then lets everything settle and looks at the whole. Throws AssertionError.
  void run() {
    for (int step = 0; step < STEPS; step++) {
      step();
    }
    settle();
    new SimVerdict(posted, sessionOf).check(links, registry, encoder);
  }

  long cuts() {
    return links.stream().filter(SimLink::wasCut).count();
  }

  long pushes() {
    return links.stream().mapToLong(link -> link.received.size()).sum();
  }

  private void step() {
    switch (random.nextInt(20)) {
      case 0, 1 -> connect();
      case 2 -> disconnect();
      case 3 -> endSession();
      case 4 -> changeMembership();
      case 5, 6, 7, 8, 9 -> post();
      case 10, 11, 12 -> deliverNext();
      case 13, 14, 15 -> runLane(random.nextInt(LANES));
      default -> read();
    }
  }

  private void connect() {
    long account = 1L + random.nextInt(ACCOUNTS);
    long session = required(sessionOf, account);
    long id = registry.nextId();
    Caller caller =
        new Caller(new AccountId(account), new SessionId(session), Set.of(), "sim", "", id);
    SimLink link = new SimLink(random.nextInt(4) == 0);
    String device = "device-" + random.nextInt(DEVICES);
    WireForm form = FORMS.get(random.nextInt(FORMS.size()));
    Connection fresh =
        new Connection(id, caller, device, form, lanes.get(random.nextInt(LANES)), link);
    link.connection = fresh;
    try {
      registry.admit(fresh, () -> caller);
      links.add(link);
    } catch (Fault e) {
      throw new AssertionError("refused: " + e.text());
    }
  }

  private void disconnect() {
    if (!links.isEmpty()) {
      SimLink link = links.get(random.nextInt(links.size()));
      link.drop();
      registry.remove(link.connection());
    }
  }

  private void endSession() {
    long account = 1L + random.nextInt(ACCOUNTS);
    long session = required(sessionOf, account);
    sessionOf.put(account, nextSession++);
    bus.add(new Event.SessionEnded(new AccountId(account), new SessionId(session)));
  }

  private void changeMembership() {
    long group = 1L + random.nextInt(GROUPS);
    long account = 1L + random.nextInt(ACCOUNTS);
    Set<Long> of = required(members, group);
    boolean joins = of.add(account);
    if (!joins) {
      of.remove(account);
    }
    bus.add(
        new Event.GroupChanged(
            new ConversationId(group),
            new AccountId(account),
            joins ? GroupChange.JOINED : GroupChange.LEFT,
            List.of()));
  }

  private void post() {
    long group = 1L + random.nextInt(GROUPS);
    long seq = lastSeq.merge(group, 1L, Long::sum);
    long origin = 0;
    if (!links.isEmpty() && random.nextBoolean()) {
      origin = links.get(random.nextInt(links.size())).connection().id();
    }
    posted.put(
        group + "/" + seq,
        new SimVerdict.Posted(group, seq, origin, new HashSet<>(required(members, group))));
    bus.add(
        new Event.MessagePosted(
            new ConversationId(group), seq, origin, new Audience.Members(), new byte[0]));
  }

  private void deliverNext() {
    // The real bus would wait for room; here the lanes run until there is some.
    for (int lane = 0; lane < LANES; lane++) {
      if (!lanes.get(lane).hasRoom()) {
        runLane(lane);
      }
    }
    Event event = bus.poll();
    if (event == null) {
      return;
    }
    if (event instanceof Event.MessagePosted message) {
      noteAudience(message);
    }
    delivery.accept(event);
    if (event instanceof Event.SessionEnded ended) {
      for (int lane = 0; lane < LANES; lane++) {
        runLane(lane);
      }
      for (SimLink link : links) {
        if (ended.session().equals(link.connection().caller().sessionId())) {
          link.mustBeSilent = true;
        }
      }
    }
  }

  /// Whoever is connected and a member now must get the message or be closed.
  private void noteAudience(Event.MessagePosted message) {
    Set<Long> now = required(members, message.conversation().value());
    String key = message.conversation().value() + "/" + message.seq();
    required(posted, key).mayGet().addAll(now);
    for (SimLink link : links) {
      Connection connection = link.connection();
      if (link.isUp() && now.contains(connection.account().value())) {
        if (connection.id() != message.origin()) {
          link.expected.add(key);
        }
      }
    }
  }

  private void runLane(int lane) {
    for (Runnable task = tasks.get(lane).poll(); task != null; task = tasks.get(lane).poll()) {
      task.run();
    }
  }

  private void read() {
    if (!links.isEmpty()) {
      SimLink link = links.get(random.nextInt(links.size()));
      if (!link.slow || random.nextInt(8) == 0) {
        link.read(1 + random.nextInt(20));
      }
    }
  }

  private void settle() {
    while (!bus.isEmpty()) {
      deliverNext();
    }
    for (int lane = 0; lane < LANES; lane++) {
      runLane(lane);
    }
    links.forEach(link -> link.read(Integer.MAX_VALUE));
  }

  static void require(boolean holds, String promise) {
    if (!holds) {
      throw new AssertionError(promise);
    }
  }
}
