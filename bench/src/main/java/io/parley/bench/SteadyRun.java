package io.parley.bench;

import io.parley.bench.cluster.Node;
import io.parley.bench.load.Audit;
import io.parley.bench.load.Endpoint;
import io.parley.bench.load.LoadRun;
import io.parley.bench.load.Outcome;
import io.parley.bench.load.Pace;
import io.parley.bench.load.Plan;
import io.parley.bench.report.Report;
import io.parley.bench.socket.ClientSocket;
import io.parley.bench.socket.Lanes;
import io.parley.bench.socket.Opening;
import io.parley.bench.socket.SocketListener;
import io.parley.bench.subject.AccountApi;
import io.parley.bench.subject.BenchAccount;
import io.parley.bench.subject.Crowd;
import io.parley.bench.wire.SendTemplate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Pairs of accounts on a timetable, over nodes of which nothing fails: a sender's receiver is at
/// the next node.
final class SteadyRun {
  static final List<String> COLUMNS =
      List.of(
          "sends/s",
          "ack p50 ms",
          "ack p99 ms",
          "push p50 ms",
          "push p99 ms",
          "lost",
          "reordered",
          "refused");
  private static final int PAIRS = 32;
  private static final int SIZE = 64;
  private static final double OPENINGS_PER_SECOND = 200;
  private static final Duration WARMUP = Duration.ofSeconds(5);
  private static final Duration DRAIN = Duration.ofSeconds(20);

  private final List<Node> nodes;

  SteadyRun(List<Node> nodes) {
    this.nodes = nodes;
  }

  /// Runs it and adds a row; gives the exit code.
  int measure(String measure, double rate, int seconds, Report report) {
    try (Lanes lanes = new Lanes(nodes.getFirst().url(), 1)) {
      return measure(lanes, new Named(measure, report), rate, seconds);
    }
  }

  private record Named(String measure, Report report) {}

  private int measure(Lanes lanes, Named named, double rate, int seconds) {
    String measure = named.measure();
    Report report = named.report();
    RunKey key = RunKey.fresh();
    List<BenchAccount> accounts;
    try (AccountApi api = new AccountApi(nodes.getFirst().url())) {
      accounts = Crowd.each("accounts", 2 * PAIRS, i -> api.register(key.nickname(i)));
    }
    List<ClientSocket> sockets =
        Opening.open(
            2 * PAIRS,
            OPENINGS_PER_SECOND,
            i ->
                lanes.connect(
                    node(i).url(), accounts.get(i).token(), "bench", SocketListener.SILENT),
            i -> {});
    Plan plan = new Plan(WARMUP, Duration.ofSeconds(seconds), DRAIN, new Pace.Timed(rate), 1);
    LoadRun run = new LoadRun(lanes, plan, null);
    List<List<Endpoint>> pairs = new ArrayList<>();
    for (int i : IntStream.range(0, PAIRS).toArray()) {
      SendTemplate template =
          SendTemplate.toUser(accounts.get(PAIRS + i).id(), key.messages(i), i, SIZE);
      pairs.add(List.of(run.talk(sockets.get(i), template, i), run.hear(sockets.get(PAIRS + i))));
    }
    Outcome outcome = run.run();
    Audit audit = new Audit(outcome);
    pairs.forEach(pair -> audit.conversation(pair, false));
    report.row(
        measure,
        outcome.acksPerSecond(),
        outcome.ackNanos().getValueAtPercentile(50) / 1e6,
        outcome.ackNanos().getValueAtPercentile(99) / 1e6,
        outcome.deliveryNanos().getValueAtPercentile(50) / 1e6,
        outcome.deliveryNanos().getValueAtPercentile(99) / 1e6,
        audit.faults().lost(),
        audit.faults().reordered(),
        outcome.unanswered() + outcome.unsent());
    audit.remarks().forEach(remark -> report.remark(measure + ": " + remark));
    report.figure(measure + ": longest generator stall ms", outcome.stallMillis());
    return LoadReport.exitCode(outcome, audit);
  }

  /// Where account `i` connects: a receiver one node further than its sender.
  private Node node(int i) {
    int place = i < PAIRS ? i : i - PAIRS + 1;
    return nodes.get(place % nodes.size());
  }
}
