package io.parley.bench.chaos;

import io.parley.bench.cluster.Cluster;
import io.parley.bench.cluster.Node;
import io.parley.bench.socket.CallFailed;
import io.parley.bench.socket.Lanes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/// Lets disasters happen to a cluster under load, one after the other, and judges after each.
public final class FaultRun implements AutoCloseable {
  private static final Duration WHOLE_WITHIN = Duration.ofMinutes(2);
  private static final Duration AFTERMATH = Duration.ofSeconds(3);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration HOME = Duration.ofSeconds(2);
  private static final long REST_MS = 90_000;
  private static final Duration DELIVERED_WITHIN = Duration.ofSeconds(20);
  private static final int TRIES = 5;

  /// How big and how long.
  ///
  /// @param hold how long a disaster lasts
  /// @param rate messages a second
  /// @param key which no earlier run has
  public record Plan(Duration hold, double rate, String key) {}

  private final Cluster cluster;
  private final Map<Integer, Cables> cables;
  private final Lanes lanes;
  private final Town town;
  private final Plan plan;
  private long lateBefore;
  private long twiceBefore;
  private int probes;

  /// Makes people and conversations on a cluster that is whole, and lets them begin.
  public FaultRun(Cluster cluster, CableBox cables, Lanes lanes, Plan plan) {
    this.cluster = cluster;
    this.cables = cables.all();
    this.lanes = lanes;
    this.plan = plan;
    town = Town.found(cluster, lanes, new Town.Size(6, 3, 4, plan.rate()), plan.key());
    town.begin();
  }

  /// All disasters of that list, after a time without any. `told` hears what goes on.
  public List<Row> run(String names, Consumer<String> told) {
    List<Row> rows = new ArrayList<>();
    List<Disaster> all = new ArrayList<>();
    all.add(
        new Disaster(
            "none", "nothing happens", Disaster.Logout.EVERYWHERE, stage -> "", Stage::hold));
    all.addAll(Disasters.named(names));
    for (Disaster disaster : all) {
      Row row;
      try {
        row = one(disaster, told);
      } catch (RuntimeException e) {
        row = Row.failed(disaster.name(), firstLine(e));
      }
      told.accept(row.summary());
      rows.add(row);
      if (!row.failed().isEmpty() && !repaired(told)) {
        break;
      }
    }
    return rows;
  }

  private Row one(Disaster disaster, Consumer<String> told) {
    AtomicLong logoutMs = new AtomicLong();
    List<Runnable> looks = new ArrayList<>();
    Stage stage = new Stage(cluster, cables, plan.hold(), () -> look(looks));
    String unable = disaster.unable().apply(stage);
    if (!unable.isEmpty()) {
      return Row.notRun(disaster.name(), unable);
    }
    told.accept(disaster.name() + ": " + disaster.what());
    List<LogoutProbe> ready = prepare(disaster.logout(), stage, looks, logoutMs);
    List<Walker.Mark> marks = town.walkers.stream().map(Walker::mark).toList();
    town.pulse.begin();
    try {
      disaster.work().accept(stage);
    } finally {
      ready.forEach(LogoutProbe::close);
    }
    long began = System.nanoTime();
    while (!cluster.whole()) {
      if (System.nanoTime() - began > WHOLE_WITHIN.toNanos()) {
        throw new IllegalStateException("not whole after " + WHOLE_WITHIN.toSeconds() + " s");
      }
      Stage.pause(LOOK);
    }
    Stage.pause(AFTERMATH);
    town.pulse.end();
    long acknowledged = town.pulse.count();
    rest();
    Row row = judge(disaster.name(), marks, acknowledged, logoutMs);
    town.goHome();
    town.gate.open();
    Stage.pause(HOME);
    return row;
  }

  /// Once: a session ends only once, however often a disaster comes.
  private static void look(List<Runnable> looks) {
    looks.forEach(Runnable::run);
    looks.clear();
  }

  /// Sessions whose end is looked at in the middle of the disaster: made before it, since nobody
  /// can log in at a node that is not there.
  private List<LogoutProbe> prepare(
      Disaster.Logout kind, Stage stage, List<Runnable> looks, AtomicLong worst) {
    List<LogoutProbe> probes = new ArrayList<>();
    if (kind == Disaster.Logout.NONE) {
      return probes;
    }
    Node first = cluster.nodes().getFirst();
    for (Node to : cluster.nodes()) {
      boolean victim = to.equals(stage.victim()) && cluster.nodes().size() > 1;
      if (victim && kind == Disaster.Logout.NOT_VICTIM) {
        continue;
      }
      LogoutProbe probe = probe(first, to);
      probes.add(probe);
      boolean closes = !(victim && kind == Disaster.Logout.VICTIM_REFUSES);
      looks.add(() -> worst.accumulateAndGet(probe.fire(closes), Math::max));
    }
    return probes;
  }

  private LogoutProbe probe(Node from, Node to) {
    Person person = town.people.get(probes++ % town.people.size());
    return new LogoutProbe(lanes, from.url(), to.url(), person);
  }

  /// No more sends; those under way are repeated until they are answered.
  private void rest() {
    try {
      if (!town.gate.close(REST_MS)) {
        throw new IllegalStateException(
            "messages are still unanswered " + REST_MS / 1000 + " s after the cluster was whole");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private Row judge(String name, List<Walker.Mark> marks, long acknowledged, AtomicLong logoutMs) {
    Map<Chat, List<Stored>> histories = new HashMap<>();
    Judgement judgement = Judgement.CLEAN;
    for (int i = 0; i < town.chats.size(); i++) {
      Chat chat = town.chats.get(i);
      List<Stored> history = chat.conversation() == 0 ? List.of() : history(chat, i);
      histories.put(chat, history);
      judgement = judgement.plus(Judgement.of(chat.acks(), history));
    }
    long end = System.nanoTime() + DELIVERED_WITHIN.toNanos();
    while (undelivered(histories) > 0 && System.nanoTime() - end < 0) {
      Stage.pause(LOOK);
    }
    long skips = 0;
    for (int i = 0; i < marks.size(); i++) {
      Walker walker = town.walkers.get(i);
      Walker.Mark mark = marks.get(i);
      Map<Long, Integer> newest = newest(walker.person(), histories);
      skips += patiently(() -> walker.skips(mark, newest));
    }
    for (Node from : cluster.nodes()) {
      for (Node to : cluster.nodes()) {
        try (LogoutProbe probe = probe(from, to)) {
          logoutMs.accumulateAndGet(probe.fire(true), Math::max);
        }
      }
    }
    long late = total(Inbox::late);
    long twice = total(Inbox::twice);
    long wrong = town.refusals.wrong();
    Row row =
        new Row(
            name,
            town.pulse.silentSeconds(),
            town.pulse.waitSeconds(),
            acknowledged,
            judgement,
            skips,
            undelivered(histories) + total(Inbox::altered),
            late - lateBefore,
            twice - twiceBefore,
            wrong,
            logoutMs.get(),
            town.refusals.take(),
            "",
            "");
    lateBefore = late;
    twiceBefore = twice;
    return row;
  }

  private List<Stored> history(Chat chat, int node) {
    try (Line line = town.reader(chat, node)) {
      return patiently(() -> Pulls.history(line, chat.conversation(), 0));
    }
  }

  private static <T> T patiently(Supplier<T> work) {
    for (int tried = 1; ; tried++) {
      try {
        return work.get();
      } catch (CallFailed | Unanswered e) {
        if (tried == TRIES) {
          throw e;
        }
        Stage.pause(LOOK);
      }
    }
  }

  private long undelivered(Map<Chat, List<Stored>> histories) {
    long missing = 0;
    for (Receiver receiver : town.receivers) {
      for (Chat chat : town.chats) {
        if (chat.members().contains(receiver.person())) {
          missing +=
              receiver.inbox(chat.conversation()).missing(histories.getOrDefault(chat, List.of()));
        }
      }
    }
    return missing;
  }

  private Map<Long, Integer> newest(Person person, Map<Chat, List<Stored>> histories) {
    Map<Long, Integer> newest = new HashMap<>();
    histories.forEach(
        (chat, history) -> {
          if (chat.members().contains(person) && !history.isEmpty()) {
            newest.put(chat.conversation(), history.getLast().seq());
          }
        });
    return newest;
  }

  private long total(ToLongFunction<Inbox> figure) {
    return town.receivers.stream()
        .flatMap(receiver -> receiver.inboxes().stream())
        .mapToLong(figure)
        .sum();
  }

  /// After a disaster that could not be judged: everything back, as far as that is possible.
  private boolean repaired(Consumer<String> told) {
    cables.values().forEach(Cables::heal);
    cluster.nodes().forEach(Node::resume);
    try {
      var unused = cluster.up();
      town.gate.open();
      return true;
    } catch (RuntimeException e) {
      told.accept("the cluster cannot be repaired, which ends the run: " + firstLine(e));
      return false;
    }
  }

  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  @Override
  public void close() {
    town.close();
  }
}
