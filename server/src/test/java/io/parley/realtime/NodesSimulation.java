package io.parley.realtime;

import io.netty.buffer.ByteBuf;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Node;
import io.parley.base.SessionId;
import io.parley.bus.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A world of several nodes over one store, in one thread: they hear of each other over a bus that
/// cannot be relied on, or from the store alone; they die and come back; devices connect to any of
/// them. Its time moves with its steps, and whoever waits has others take theirs meanwhile.
final class NodesSimulation {
  private static final int PARTS = 5;
  private static final int STEPS = 60;
  private static final int SETTLING_MAX = 3000;
  private static final int ACCOUNTS = 3;
  private static final int DEVICES = 2;
  private static final int GROUPS = 3;
  private static final long MS = 1_000_000;
  private static final long START_MS = 1_800_000_000_000L;
  private static final int SKEW_MS = 3_000;
  private static final List<WireForm> FORMS = List.of(WireForm.values());

  private final Random random;
  private final NodeParts parts;
  private final boolean live;
  private final int size;
  private final SimStore store = new SimStore(ACCOUNTS, GROUPS);
  private final SimEncoder encoder = new SimEncoder();
  private final SimBus bus;
  private final Map<Integer, SimNode> nodes = new TreeMap<>();
  private final Map<Integer, Long> followNs = new TreeMap<>();
  private final List<Clock> clocks = new ArrayList<>();
  private final List<SimNode> ghosts = new ArrayList<>();
  private final List<SimDevice> devices = new ArrayList<>();
  private long nowNs;
  private long epoch;
  private @Nullable AssertionError broken;
  private int left;
  private int pulls;
  private int deaths;

  NodesSimulation(long seed, NodeParts parts) {
    random = new Random(seed);
    this.parts = parts;
    live = random.nextInt(3) > 0;
    size = 2 + random.nextInt(3);
    bus = new SimBus(random, parts.tellsLosses());
    for (int number = 0; number < size; number++) {
      clocks.add(new Skewed(random.nextInt(2 * SKEW_MS) - SKEW_MS));
      start(number);
    }
    for (long account = 1; account <= ACCOUNTS; account++) {
      for (int i = 0; i < DEVICES; i++) {
        devices.add(new SimDevice(account, "device-" + i, store, random.nextInt(5) == 0));
      }
      for (long group = 1; group <= GROUPS; group++) {
        if (random.nextInt(4) > 0) {
          store.changeMember(any().ids, group, account);
        }
      }
    }
  }

  /// The world's time, as a node sees it whose clock is wrong.
  private final class Skewed implements Clock {
    private final long byMs;

    private Skewed(long byMs) {
      this.byMs = byMs;
    }

    @Override
    public long millis() {
      return START_MS + byMs + nowNs / MS;
    }

    @Override
    public long nanos() {
      return nowNs;
    }

    @Override
    public void sleep(Duration duration) {
      long untilNs = nowNs + duration.toNanos();
      try {
        while (nowNs < untilNs && broken == null) {
          step();
        }
      } catch (AssertionError e) {
        // Whoever sleeps would go on.
        broken = e;
      }
    }
  }

  /// Runs the schedule, and several times lets everything settle and looks at the whole. Throws
  /// AssertionError.
  void run() {
    for (int part = 0; part < PARTS; part++) {
      left = STEPS;
      while (left > 0) {
        goOn();
      }
      settle();
      check();
    }
    devices.forEach(SimDevice::drop);
    for (ByteBuf frame : encoder.made) {
      Simulation.require(frame.refCnt() == 0, "a frame was not given back");
    }
  }

  private void goOn() {
    step();
    if (broken != null) {
      throw broken;
    }
  }

  private void settle() {
    for (int number = 0; number < size; number++) {
      store.undo(number);
    }
    for (int number = 0; number < size; number++) {
      if (random.nextBoolean() || bus.isOwing(number)) {
        start(number);
      }
    }
    int quiet = 0;
    for (int i = 0; quiet < 3 && i < SETTLING_MAX; i++) {
      goOn();
      quiet = isQuiet() ? quiet + 1 : 0;
    }
  }

  int pulls() {
    return pulls;
  }

  int deaths() {
    return deaths;
  }

  int losses() {
    return bus.losses();
  }

  int pushes() {
    return encoder.made.size();
  }

  private boolean isQuiet() {
    return bus.isQuiet()
        && nodes.values().stream().allMatch(SimNode::isQuiet)
        && devices.stream().noneMatch(each -> each.wantsToPull() || each.hasToRead());
  }

  private SimNode any() {
    return List.copyOf(nodes.values()).get(random.nextInt(nodes.size()));
  }

  private void step() {
    if (left > 0) {
      left--;
      act();
    }
    nowNs += (1 + random.nextInt(20)) * MS;
    bus.bring(nowNs);
    for (int number = 0; number < size; number++) {
      SimNode node = nodes.get(number);
      if (node != null) {
        work(node);
      }
    }
    ghosts.forEach(
        ghost -> {
          ghost.look();
          ghost.hearNext();
        });
    devices.forEach(this::work);
  }

  private void act() {
    switch (random.nextInt(24)) {
      case 0, 1 -> connect();
      case 2 -> rarely(8, () -> connect(device()));
      case 3 -> rarely(3, () -> device().drop());
      case 4 -> rarely(3, this::endSession);
      case 5 -> rarely(2, this::changeMember);
      case 6 -> rarely(6, this::die);
      case 7 -> start(random.nextInt(size));
      case 8 -> rarely(3, () -> breakDown(any(), any()));
      case 9 -> rarely(3, this::cutOff);
      case 10, 11, 12, 13, 14, 15, 16, 17 -> post();
      case 18, 19 -> begin();
      default -> {}
    }
  }

  private void rarely(int in, Runnable action) {
    if (random.nextInt(in) == 0) {
      action.run();
    }
  }

  private SimDevice device() {
    return devices.get(random.nextInt(devices.size()));
  }

  private void work(SimNode node) {
    if (nowNs >= followNs.getOrDefault(node.number(), 0L)) {
      node.follow();
      followNs.put(node.number(), nowNs + (200 + random.nextInt(100)) * MS);
    }
    boolean more = random.nextInt(4) > 0;
    while (more) {
      more = node.hearNext();
    }
    node.look();
    if (random.nextInt(2) == 0) {
      node.runALane(random);
    }
    if (random.nextInt(4) == 0) {
      node.askNext();
    }
  }

  private void work(SimDevice device) {
    if (random.nextInt(device.isSlow() && left > 0 ? 24 : 3) == 0) {
      device.read(1 + random.nextInt(20));
    }
    SimNode at = device.node();
    if (device.wantsToPull() && at != null && !at.isCutOff() && random.nextInt(4) == 0) {
      pulls++;
      device.pull();
    }
  }

  private void start(int number) {
    if (nodes.containsKey(number)) {
      return;
    }
    SimNode fresh =
        new SimNode(
            new Node(number, ++epoch),
            clocks.get(number),
            new SimNode.World(store, encoder, parts, live, random));
    nodes.put(number, fresh);
    bus.cameBack(number, nowNs);
    ghosts.stream().filter(each -> each.number() == number).forEach(each -> each.haunt(fresh));
  }

  private void die() {
    if (nodes.size() == 1) {
      return;
    }
    SimNode dead = any();
    nodes.remove(dead.number());
    deaths++;
    dead.die();
    store.undo(dead.number());
    devices.stream().filter(each -> each.isAt(dead)).forEach(SimDevice::drop);
    if (live) {
      bus.died(dead, nodes.values(), nowNs);
    }
    if (parts.haunts()) {
      dead.haunt(any());
      ghosts.add(dead);
    }
  }

  private void breakDown(SimNode from, SimNode to) {
    if (live) {
      bus.breakDown(from == to ? null : from, to, nowNs);
    }
  }

  private void cutOff() {
    any().cutOff(nowNs + (100 + random.nextInt(2400)) * MS, random.nextInt(3) == 0);
  }

  private void endSession() {
    SimNode node = any();
    if (!node.isCutOff() && store.isFree()) {
      store.endSession(node.ids, device().account);
    }
  }

  private void changeMember() {
    SimNode node = any();
    if (!node.isCutOff() && store.isFree()) {
      store.changeMember(node.ids, 1L + random.nextInt(GROUPS), device().account);
    }
  }

  private void begin() {
    SimNode node = any();
    if (!node.isCutOff()) {
      store.begin(node.number(), node.ids);
    }
  }

  private void post() {
    SimNode node = any();
    if (node.isCutOff()) {
      return;
    }
    long group = 1L + random.nextInt(GROUPS);
    List<SimDevice> here =
        devices.stream()
            .filter(each -> each.isUp() && each.isAt(node))
            .filter(each -> store.members(group).contains(each.account))
            .toList();
    SimDevice sender =
        here.isEmpty() || random.nextInt(6) == 0 ? null : here.get(random.nextInt(here.size()));
    SimLink link = sender == null ? null : sender.link();
    // Without a live way nobody is told of a message that its event does not hold.
    boolean isTold = !live || random.nextInt(25) > 0;
    SimStore.Message message = store.post(node.number(), node.ids, group, isTold);
    Event event = store.event(message, link == null ? 0 : link.connection().id());
    if (sender != null) {
      sender.sent(message);
    }
    node.tell(event);
    if (live) {
      bus.send(node, event, nodes.values(), nowNs);
    }
  }

  private void connect() {
    SimDevice device = device();
    if (!device.isUp()) {
      connect(device);
    }
  }

  private void connect(SimDevice device) {
    SimNode node = any();
    SimLink before = device.link();
    SimNode at = device.node();
    device.drop();
    if (before != null && at != null && random.nextBoolean()) {
      at.registry.remove(before.connection());
    }
    SessionId session = store.session(device.account);
    long id = node.registry.nextId();
    Caller caller = new Caller(new AccountId(device.account), session, Set.of(), "sim", "", id);
    SimLink link = new SimLink(device.isSlow());
    WireForm form = FORMS.get(random.nextInt(FORMS.size()));
    Connection fresh = new Connection(id, caller, device.name, form, node.lane(random), link);
    link.connection = fresh;
    node.admitted(link, session);
    device.connected(link, node);
    node.registry.admit(fresh, () -> again(node, caller));
  }

  private Caller again(SimNode node, Caller caller) {
    node.requireStore();
    if (!store.session(caller.requireAccount().value()).equals(caller.sessionId())) {
      throw Fault.of(FaultCode.NOT_LOGGED_IN, "ended");
    }
    return caller;
  }

  private void check() {
    for (SimDevice each : devices) {
      each.requireUnbroken();
      SimLink link = each.link();
      if (link == null || !link.isUp()) {
        continue;
      }
      Connection connection = link.connection();
      Simulation.require(
          store.session(each.account).equals(connection.caller().sessionId()),
          "of an ended session: " + connection);
      Set<String> lacking = each.lacks();
      Simulation.require(
          lacking.isEmpty(), "lost, though still open: " + lacking + " " + connection);
    }
  }
}
