package io.parley.bench;

import io.parley.bench.chaos.CableBox;
import io.parley.bench.chaos.FaultRun;
import io.parley.bench.chaos.Judgement;
import io.parley.bench.chaos.Row;
import io.parley.bench.cluster.Cluster;
import io.parley.bench.cluster.Layout;
import io.parley.bench.cluster.Node;
import io.parley.bench.report.Report;
import io.parley.bench.socket.Lanes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// A cluster of its own under load: measured whole, then judged after each of its parts failed.
@Command(
    name = "cluster",
    mixinStandardHelpOptions = true,
    description = {
      "A cluster on this machine under load: figures while nothing fails, then faults one after"
          + " the",
      "other, each followed by a look at what was acknowledged, stored, pushed and found by Sync."
    })
final class ClusterScenario implements Callable<Integer> {
  private static final List<String> SETTINGS =
      List.of(
          "security.throttle=off", "security.argon2.memory_kib=64", "security.argon2.iterations=1");
  private static final List<String> COLUMNS =
      List.of(
          "silent s",
          "wait s",
          "acknowledged",
          "lost",
          "doubled",
          "gaps",
          "reordered",
          "Sync skips",
          "undelivered",
          "late pushes",
          "wrong answers",
          "logout ms");
  private static final Duration FAR = Duration.ofMillis(1);

  @Option(
      names = "--seconds",
      defaultValue = "10",
      description = "How long each fault lasts, and each measurement (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--faults",
      defaultValue = "all",
      paramLabel = "NAMES",
      description =
          "all, none, or some of kill-node, pause-node, kill-bus, restart-database, kill-primary,"
              + " cut-database, cut-bus, cut-both, slow-database, far-database, clock"
              + " (${DEFAULT-VALUE}).")
  private String faults = "all";

  @Option(
      names = "--steady",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Measure while nothing fails, first.")
  private boolean steady;

  @Option(names = "--nodes", defaultValue = "3", description = "Nodes (${DEFAULT-VALUE}).")
  private int nodes;

  @Option(
      names = "--rate",
      defaultValue = "150",
      description = "Sends a second while parts fail (${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--steady-rate",
      defaultValue = "2000",
      description = "Sends a second that are measured (${DEFAULT-VALUE}).")
  private double steadyRate;

  @Option(names = "--no-standby", description = "PostgreSQL without a standby.")
  private boolean noStandby;

  @Option(names = "--no-bus", description = "No Valkey or Redis.")
  private boolean noBus;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of every node; repeatable.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--dir",
      defaultValue = "",
      description = "The cluster's folder, which must not exist. Default: a temporary one.")
  private String dir = "";

  @Option(names = "--keep", description = "Leave the folder behind, with all logs.")
  private boolean keep;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      defaultValue = "",
      description = "Write the faults as JSON, and the figures as FILE.steady.")
  private String json = "";

  @Override
  public Integer call() {
    LoadOptions.require(seconds > 0, "--seconds must be above 0");
    LoadOptions.require(rate > 0 && steadyRate > 0, "rates must be above 0");
    String key = RunKey.fresh().value();
    Path folder =
        dir.isEmpty()
            ? Path.of(System.getProperty("java.io.tmpdir"), "parley-cluster-" + key)
            : Path.of(dir);
    LoadOptions.require(!Files.exists(folder), folder + " exists");
    List<String> all = new ArrayList<>(SETTINGS);
    all.addAll(settings);
    Layout layout = Layout.of(new Layout.Wish(nodes, !noStandby, !noBus, false, all, 0));
    try (CableBox cables = new CableBox(layout)) {
      Cluster cluster = Cluster.make(folder, layout, cables);
      Thread end = new Thread(() -> end(cluster));
      Runtime.getRuntime().addShutdownHook(end);
      cables.plugged(!steady);
      var unused = cluster.up();
      int code = steady ? measure(cluster, cables) : 0;
      return faults.equals("none") ? code : Math.max(code, fail(cluster, cables, key));
    }
  }

  /// At the end of the process, however it comes.
  private void end(Cluster cluster) {
    cluster.down();
    if (keep) {
      System.err.println("bench: the cluster's folder is " + cluster.folder());
    } else {
      cluster.delete();
    }
  }

  private int measure(Cluster cluster, CableBox cables) {
    Report report = new Report("cluster, nothing fails", SteadyRun.COLUMNS);
    settings(report).setting("rate/s", steadyRate).setting("measured s", seconds);
    List<Node> all = cluster.nodes();
    int code = 0;
    if (nodes > 1) {
      List<Node> others = all.subList(1, nodes);
      stop(others);
      SteadyRun one = new SteadyRun(cluster, all.subList(0, 1), steadyRate, seconds);
      code = Math.max(code, one.measure("1 node", report));
      start(others);
    }
    SteadyRun whole = new SteadyRun(cluster, all, steadyRate, seconds);
    String name = nodes + (nodes == 1 ? " node" : " nodes");
    code = Math.max(code, whole.measure(name, report));
    cables.plugged(true);
    stop(all);
    start(all);
    cables.databaseDelay(FAR);
    String far = name + ", PostgreSQL " + FAR.toMillis() + " ms away";
    code = Math.max(code, whole.measure(far, report));
    cables.databaseDelay(Duration.ZERO);
    report.publish(json.isEmpty() ? "" : json + ".steady");
    return code;
  }

  private static void stop(List<Node> some) {
    some.forEach(Node::terminate);
    some.forEach(Node::awaitEnd);
  }

  private static void start(List<Node> some) {
    some.forEach(Node::start);
    some.forEach(Node::awaitReady);
  }

  private int fail(Cluster cluster, CableBox cables, String key) {
    Report report = new Report("cluster, parts of it fail", COLUMNS);
    settings(report).setting("rate/s", rate).setting("a fault lasts s", seconds);
    List<Row> rows;
    FaultRun.Plan plan = new FaultRun.Plan(Duration.ofSeconds(seconds), rate, key);
    try (Lanes lanes = new Lanes(cluster.url(), 1);
        FaultRun run = new FaultRun(cluster, cables, lanes, plan)) {
      rows = run.run(faults, line -> System.err.println("bench: " + line));
    }
    rows.forEach(row -> add(report, row));
    report.publish(json);
    return rows.stream().allMatch(Row::clean) ? 0 : 1;
  }

  private static void add(Report report, Row row) {
    if (!row.notRun().isEmpty()) {
      report.row(row.name(), "not run").remark(row.name() + " was not run: " + row.notRun());
      return;
    }
    if (!row.failed().isEmpty()) {
      report.row(row.name(), "FAILED").remark(row.name() + " could not be judged: " + row.failed());
      return;
    }
    Judgement found = row.judgement();
    report.row(
        row.name(),
        row.silentSeconds(),
        row.waitSeconds(),
        row.acknowledged(),
        found.lost(),
        found.doubled(),
        found.gaps(),
        found.reordered(),
        row.skips(),
        row.undelivered(),
        row.late(),
        row.wrong(),
        row.logoutMs());
    if (row.twice() > 0) {
      report.remark(row.name() + ": " + row.twice() + " pushes came again on one connection");
    }
    row.refusals()
        .forEach((what, count) -> report.remark(row.name() + ": " + count + " × " + what));
  }

  private Report settings(Report report) {
    return report
        .setting("nodes", nodes)
        .setting("standby", noStandby ? "none" : "synchronous")
        .setting("bus", noBus ? "none" : "yes");
  }
}
