package io.parley.bench.chaos;

import io.parley.bench.cluster.Databases;
import io.parley.bench.cluster.Node;
import io.parley.bench.net.Link;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// All disasters that are tried.
final class Disasters {
  /// Longer than a node may be silent before the others count it as gone.
  private static final Duration BEYOND_LEASE = Duration.ofSeconds(25);
  private static final Duration SETTLED = Duration.ofSeconds(3);
  private static final Duration SLOW = Duration.ofMillis(20);

  /// As if it were on another continent.
  private static final Duration FAR = Duration.ofMillis(100);

  private static final String CLOCK_OFF = "300s";

  /// What measures spans of time is left alone, as on a machine whose date is wrong.
  private static final Map<String, String> TIMERS_LEFT_ALONE =
      Map.of("FAKETIME_DONT_FAKE_MONOTONIC", "1", "FAKETIME_FORCE_MONOTONIC_FIX", "0");

  private Disasters() {}

  /// Those named, in the order in which they are made; `all` is all.
  static List<Disaster> named(String names) {
    Map<String, Disaster> known = new LinkedHashMap<>();
    all().forEach(each -> known.put(each.name(), each));
    if (names.equals("all")) {
      return List.copyOf(known.values());
    }
    List<Disaster> some = new ArrayList<>();
    for (String name : names.isEmpty() ? new String[0] : names.split(",", -1)) {
      Disaster one = known.get(name.strip());
      if (one == null) {
        throw new IllegalArgumentException(
            "no fault is called " + name + "; there are " + String.join(", ", known.keySet()));
      }
      some.add(one);
    }
    return some;
  }

  private static List<Disaster> all() {
    return List.of(
        new Disaster(
            "kill-node",
            "SIGKILL of a node",
            Disaster.Logout.NOT_VICTIM,
            Disasters::needsTwoNodes,
            Disasters::killNode),
        new Disaster(
            "pause-node",
            "SIGSTOP of a node beyond its lease",
            Disaster.Logout.NOT_VICTIM,
            Disasters::needsTwoNodes,
            Disasters::pauseNode),
        new Disaster(
            "kill-bus",
            "SIGKILL of the bus",
            Disaster.Logout.EVERYWHERE,
            Disasters::needsBus,
            Disasters::killBus),
        new Disaster(
            "restart-database",
            "restart of PostgreSQL",
            Disaster.Logout.NONE,
            Disasters::needsNothing,
            stage -> stage.cluster().databases().restartPrimary()),
        new Disaster(
            "kill-primary",
            "crash of the primary, the standby promoted",
            Disaster.Logout.EVERYWHERE,
            Disasters::needsStandby,
            Disasters::killPrimary),
        new Disaster(
            "cut-database",
            "a node cut off from PostgreSQL",
            Disaster.Logout.VICTIM_REFUSES,
            Disasters::needsTwoNodes,
            stage -> cut(stage, true, false)),
        new Disaster(
            "cut-bus",
            "a node cut off from the bus",
            Disaster.Logout.EVERYWHERE,
            Disasters::needsBusAndTwoNodes,
            stage -> cut(stage, false, true)),
        new Disaster(
            "cut-both",
            "a node cut off from both",
            Disaster.Logout.VICTIM_REFUSES,
            Disasters::needsBusAndTwoNodes,
            stage -> cut(stage, true, true)),
        new Disaster(
            "slow-database",
            "PostgreSQL " + SLOW.toMillis() + " ms away from all nodes",
            Disaster.Logout.EVERYWHERE,
            Disasters::needsNothing,
            stage -> slowDatabase(stage, SLOW)),
        new Disaster(
            "far-database",
            "PostgreSQL "
                + FAR.toMillis()
                + " ms away from all nodes, where a logout takes seconds",
            Disaster.Logout.NONE,
            Disasters::needsNothing,
            stage -> slowDatabase(stage, FAR)),
        new Disaster(
            "clock",
            "a node whose clock is 5 minutes fast, then slow",
            Disaster.Logout.EVERYWHERE,
            Disasters::needsFaketime,
            Disasters::wrongClock));
  }

  private static String needsNothing(Stage ignored) {
    return "";
  }

  private static String needsTwoNodes(Stage stage) {
    return stage.cluster().nodes().size() > 1 ? "" : "needs two nodes";
  }

  private static String needsBus(Stage stage) {
    return stage.cluster().layout().bus() ? "" : "there is no bus";
  }

  private static String needsBusAndTwoNodes(Stage stage) {
    return needsBus(stage).isEmpty() ? needsTwoNodes(stage) : needsBus(stage);
  }

  private static String needsStandby(Stage stage) {
    return stage.cluster().layout().standby() ? "" : "there is no standby";
  }

  private static String needsFaketime(Stage stage) {
    return stage.cluster().hasProgram("faketime") ? needsTwoNodes(stage) : "needs faketime";
  }

  private static void killNode(Stage stage) {
    stage.victim().kill();
    stage.hold();
    stage.victim().start();
    stage.victim().awaitReady();
  }

  private static void pauseNode(Stage stage) {
    Node victim = stage.victim();
    long start = System.nanoTime();
    victim.pause();
    stage.hold();
    Stage.pause(BEYOND_LEASE.minusNanos(System.nanoTime() - start));
    victim.resume();
    Stage.pause(SETTLED);
    if (!victim.alive()) {
      // A node that lost its number may end rather than go on.
      victim.start();
    }
    victim.awaitReady();
  }

  private static void killBus(Stage stage) {
    stage.cluster().killBus();
    stage.hold();
    stage.cluster().startBus();
  }

  private static void killPrimary(Stage stage) {
    Databases databases = stage.cluster().databases();
    databases.crashPrimary();
    databases.promoteStandby();
    stage.hold();
    databases.restoreStandby();
  }

  /// First nothing arrives and nobody is told, then connections are closed and refused.
  private static void cut(Stage stage, boolean database, boolean bus) {
    change(stage, database, bus, Link::silence);
    stage.hold();
    change(stage, database, bus, Link::cut);
    Stage.pause(SETTLED);
    stage.victimsCables().heal();
  }

  private static void change(Stage stage, boolean database, boolean bus, Consumer<Link> how) {
    if (database) {
      stage.victimsCables().database(how);
    }
    if (bus) {
      stage.victimsCables().bus(how);
    }
  }

  private static void slowDatabase(Stage stage, Duration roundTrip) {
    stage.everybodysCables().forEach(cables -> cables.databaseDelay(roundTrip));
    stage.hold();
    stage.everybodysCables().forEach(Cables::heal);
  }

  private static void wrongClock(Stage stage) {
    Node victim = stage.victim();
    for (String off : List.of("+" + CLOCK_OFF, "-" + CLOCK_OFF)) {
      victim.kill();
      victim.start(List.of("faketime", "-f", off), TIMERS_LEFT_ALONE);
      victim.awaitReady();
      stage.hold();
    }
    victim.kill();
    victim.start();
    victim.awaitReady();
  }
}
