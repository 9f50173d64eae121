package io.parley.bench;

import io.parley.bench.cluster.Cluster;
import io.parley.bench.cluster.Node;
import io.parley.bench.load.Audit;
import io.parley.bench.load.Endpoint;
import io.parley.bench.load.LoadRun;
import io.parley.bench.load.Outcome;
import io.parley.bench.load.Pace;
import io.parley.bench.load.Plan;
import io.parley.bench.pace.DeliveryGate;
import io.parley.bench.report.Report;
import io.parley.bench.socket.ClientSocket;
import io.parley.bench.socket.Lanes;
import io.parley.bench.socket.Opening;
import io.parley.bench.socket.SocketListener;
import io.parley.bench.subject.AccountApi;
import io.parley.bench.subject.BenchAccount;
import io.parley.bench.subject.Crowd;
import io.parley.bench.wire.Form;
import io.parley.bench.wire.SendTemplate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/// Loads on nodes of which nothing fails. Neighbours in a conversation are at different nodes.
final class SteadyRun {
  static final List<String> COLUMNS =
      List.of(
          "sends/s",
          "deliveries/s",
          "ack p50 ms",
          "ack p99 ms",
          "push p50 ms",
          "push p99 ms",
          "nodes' cores",
          "database's",
          "bus's",
          "generator's",
          "lost",
          "reordered",
          "refused");
  private static final int SENDERS = 32;
  private static final int MEMBERS = 1000;
  private static final int TALKERS = 4;
  private static final int LAG = 64;
  private static final int WINDOW = 32;
  private static final int SIZE = 64;
  private static final double OPENINGS_PER_SECOND = 500;
  private static final Duration WARMUP = Duration.ofSeconds(5);
  private static final Duration DRAIN = Duration.ofSeconds(20);

  /// What is tried on nodes that are there.
  private enum Load {
    ON_TIME("pairs on a timetable"),
    PAIRS("pairs, window " + WINDOW),
    GROUP("a group of " + MEMBERS),
    ONE_GROUP(SENDERS + " in one group, all send");

    private final String text;

    Load(String text) {
      this.text = text;
    }

    private Pace pace(double rate) {
      return switch (this) {
        case ON_TIME -> new Pace.Timed(rate);
        case PAIRS -> new Pace.Windowed(WINDOW);
        case GROUP -> new Pace.Gated(WINDOW, new DeliveryGate(MEMBERS - 1, LAG));
        case ONE_GROUP -> new Pace.Gated(WINDOW, new DeliveryGate(SENDERS - 1, LAG));
      };
    }

    private int receivers() {
      return switch (this) {
        case ON_TIME, PAIRS -> 1;
        case GROUP -> MEMBERS - 1;
        case ONE_GROUP -> SENDERS - 1;
      };
    }
  }

  private final Cluster cluster;
  private final List<Node> nodes;
  private final double rate;
  private final int seconds;

  /// `nodes`: those of `cluster` that run. `rate`: sends a second of the timetable.
  SteadyRun(Cluster cluster, List<Node> nodes, double rate, int seconds) {
    this.cluster = cluster;
    this.nodes = nodes;
    this.rate = rate;
    this.seconds = seconds;
  }

  /// Runs all loads, adds a row for each, gives the worst exit code.
  int measure(String name, Report report) {
    int code = 0;
    for (Load load : Load.values()) {
      try (Lanes lanes = new Lanes(nodes.getFirst().url(), 1)) {
        code = Math.max(code, measure(lanes, load, name + ": " + load.text, report));
      }
    }
    return code;
  }

  private int measure(Lanes lanes, Load load, String measure, Report report) {
    RunKey key = RunKey.fresh();
    Plan plan =
        new Plan(WARMUP, Duration.ofSeconds(seconds), DRAIN, load.pace(rate), load.receivers());
    LoadRun run = new LoadRun(lanes, plan, null);
    List<List<Endpoint>> conversations =
        switch (load) {
          case ON_TIME, PAIRS -> pairs(lanes, key, run);
          case GROUP -> group(lanes, key, run, MEMBERS, TALKERS);
          case ONE_GROUP -> group(lanes, key, run, SENDERS, SENDERS);
        };
    Shares shares = new Shares();
    Outcome outcome = run.run();
    shares.stop();
    Audit audit = new Audit(outcome);
    conversations.forEach(members -> audit.conversation(members, false));
    report.row(
        measure,
        outcome.acksPerSecond(),
        outcome.deliveriesPerSecond(),
        outcome.ackNanos().getValueAtPercentile(50) / 1e6,
        outcome.ackNanos().getValueAtPercentile(99) / 1e6,
        outcome.deliveryNanos().getValueAtPercentile(50) / 1e6,
        outcome.deliveryNanos().getValueAtPercentile(99) / 1e6,
        shares.cores("node-"),
        shares.cores("postgres-"),
        shares.cores("bus"),
        outcome.cpu().generator(),
        audit.faults().lost(),
        audit.faults().reordered(),
        outcome.unanswered() + outcome.unsent());
    audit.remarks().forEach(remark -> report.remark(measure + ": " + remark));
    return LoadReport.exitCode(outcome, audit);
  }

  private List<List<Endpoint>> pairs(Lanes lanes, RunKey key, LoadRun run) {
    List<BenchAccount> accounts = accounts(key, 2 * SENDERS);
    // A receiver is one node further than its sender.
    List<ClientSocket> sockets = sockets(lanes, accounts, i -> i < SENDERS ? i : i - SENDERS + 1);
    List<List<Endpoint>> pairs = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      SendTemplate template =
          SendTemplate.toUser(
              Form.BINARY, accounts.get(SENDERS + i).id(), key.messages(i), i, SIZE);
      pairs.add(List.of(run.talk(sockets.get(i), template, i), run.hear(sockets.get(SENDERS + i))));
    }
    return pairs;
  }

  private List<List<Endpoint>> group(
      Lanes lanes, RunKey key, LoadRun run, int members, int talkers) {
    List<BenchAccount> accounts = accounts(key, members);
    long group;
    try (AccountApi api = new AccountApi(nodes.getFirst().url())) {
      group = api.groupOf("bench-" + key.value(), accounts);
    }
    List<ClientSocket> sockets = sockets(lanes, accounts, i -> i);
    List<Endpoint> all = new ArrayList<>();
    for (int i = 0; i < members; i++) {
      ClientSocket socket = sockets.get(i);
      all.add(
          i < talkers
              ? run.talk(
                  socket, SendTemplate.toGroup(Form.BINARY, group, key.messages(i), i, SIZE), i)
              : run.hear(socket));
    }
    return List.of(all);
  }

  private List<BenchAccount> accounts(RunKey key, int count) {
    try (AccountApi api = new AccountApi(nodes.getFirst().url())) {
      return Crowd.each("accounts", count, i -> api.register(key.nickname(i)));
    }
  }

  /// `place`: at which node, counted round and round, account i is.
  private List<ClientSocket> sockets(
      Lanes lanes, List<BenchAccount> accounts, IntUnaryOperator place) {
    return Opening.open(
        accounts.size(),
        OPENINGS_PER_SECOND,
        i ->
            lanes.connect(
                nodes.get(place.applyAsInt(i) % nodes.size()).url(),
                accounts.get(i).token(),
                "bench",
                SocketListener.SILENT),
        i -> {});
  }

  /// Processor time of the cluster's parts while it runs, warm-up included.
  private final class Shares {
    private static final List<String> PARTS = List.of("node-", "postgres-", "bus");

    private final Map<String, Duration> before = new LinkedHashMap<>();
    private final Map<String, Double> cores = new LinkedHashMap<>();
    private final long begun = System.nanoTime();

    Shares() {
      PARTS.forEach(part -> before.put(part, cluster.cpu(part)));
    }

    void stop() {
      double nanos = System.nanoTime() - begun;
      before.forEach(
          (part, then) -> cores.put(part, cluster.cpu(part).minus(then).toNanos() / nanos));
    }

    double cores(String part) {
      return cores.getOrDefault(part, 0.0);
    }
  }
}
