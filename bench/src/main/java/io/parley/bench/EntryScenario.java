package io.parley.bench;

import io.parley.bench.http.Dialog;
import io.parley.bench.http.HttpResult;
import io.parley.bench.http.HttpRun;
import io.parley.bench.report.Report;
import io.parley.bench.subject.CpuShare;
import io.parley.bench.subject.ProcessFigures;
import io.parley.bench.subject.Seeding;
import io.parley.bench.subject.ServerProcess;
import io.parley.bench.subject.WorkFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The performance statement of the entry contracts: logins and profile reads over HTTP with many
/// accounts, 200 and 2,000 connections, 200 fixed users and random ones.
@Command(
    name = "entry",
    mixinStandardHelpOptions = true,
    description = "Logins and profile reads over entry-http; the answers' content is checked.")
final class EntryScenario implements Callable<Integer> {
  private static final int FIXED = 200;

  /// The hash that a server has by default, whatever the other scenarios use.
  private static final String[] REAL_HASH = {
    "security.argon2.memory_kib=19456", "security.argon2.iterations=2"
  };

  @Mixin private final TargetOptions target = new TargetOptions();

  @Option(
      names = "--accounts",
      defaultValue = "1000000",
      description = "Accounts that are imported first (${DEFAULT-VALUE}).")
  private int accounts;

  @Option(
      names = "--seconds",
      defaultValue = "10",
      description = "Measured time of each case (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--warmup",
      defaultValue = "5",
      description = "Seconds of traffic before each (${DEFAULT-VALUE}).")
  private int warmup;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Keep the accounts there and use those that are there from the last time.")
  private Path data = Path.of("");

  private long errors;

  @Override
  public Integer call() throws IOException {
    LoadOptions.require(accounts >= FIXED, "--accounts must be at least " + FIXED);
    LoadOptions.require(seconds > 0 && warmup >= 0, "--seconds must be above 0");
    Report report =
        new Report(
            "entry",
            List.of(
                "per second",
                "p50 ms",
                "p99 ms",
                "max ms",
                "server µs",
                "busy",
                "errors",
                "wanted"));
    try (WorkFolder folder = target.folder()) {
      Path records = data.toString().isEmpty() ? folder.data() : data.toAbsolutePath();
      seed(records, folder, report);
      try (ServerProcess server = ServerProcess.start(records, target.settings(REAL_HASH))) {
        var unused = server.awaitReady();
        CpuShare share = new CpuShare(new ProcessFigures(server.pid()));
        pair(server, report, 200, FIXED, 3000);
        pair(server, report, 200, 0, 1000);
        pair(server, report, 2000, FIXED, 1500);
        pair(server, report, 2000, 0, 800);
        share.stop();
        report
            .figure("server cores", share.server())
            .figure("generator cores", share.generator())
            .figure("other cores", share.others())
            .figure(
                "server RSS MiB", new ProcessFigures(server.pid()).rssBytes() / (double) (1 << 20))
            .check("server still runs", server.alive());
      }
      report
          .setting("accounts", accounts)
          .setting("warm-up s", warmup)
          .setting("measured s", seconds)
          .setting("data on", folder.fileSystem())
          .check("wrong answers", errors);
      target.publish(report);
    }
    return errors == 0 ? 0 : 1;
  }

  private void seed(Path records, WorkFolder folder, Report report) throws IOException {
    Path marker = records.resolveSibling(records.getFileName() + "." + accounts + "-accounts");
    if (Files.exists(marker)) {
      return;
    }
    Path file = folder.data().resolveSibling("users.csv");
    Seeding.write(file, EntryCrowd.HEADER, accounts, EntryCrowd::row);
    Duration took = Seeding.load(file, records);
    Files.delete(file);
    report
        .figure("import s", took.toMillis() / 1e3)
        .figure("imported rows/s", accounts / (took.toMillis() / 1e3));
    if (!data.toString().isEmpty()) {
      Files.createFile(marker);
    }
  }

  /// Logs in, then reads with the sessions that this opened.
  private void pair(
      ServerProcess server, Report report, int connections, int fixed, int wantedPerSecond) {
    EntryCrowd crowd = new EntryCrowd(accounts, fixed, server.url().getAuthority());
    String of =
        connections + " connections, " + (fixed > 0 ? fixed + " fixed" : "random") + " users";
    try (HttpRun run = new HttpRun(server.url())) {
      run.connect(connections);
      Asking asking = new Asking(run, new ProcessFigures(server.pid()), wantedPerSecond);
      row(report, "logins, " + of, crowd.logins(), asking);
      if (crowd.sessions() > 0) {
        row(report, "profile reads, " + of, crowd.reads(), asking);
      }
    }
  }

  /// Connections, the server that they reach, and how many answers a second are wanted of it.
  private record Asking(HttpRun run, ProcessFigures server, int wanted) {}

  private void row(Report report, String measure, Dialog dialog, Asking asking) {
    System.err.println("bench: " + measure);
    long before = asking.server().cpu().toNanos();
    HttpResult result =
        asking.run().run(dialog, Duration.ofSeconds(warmup), Duration.ofSeconds(seconds));
    long used = asking.server().cpu().toNanos() - before;
    errors += result.errors();
    report.row(
        measure,
        result.perSecond(),
        result.millis(50),
        result.millis(99),
        result.millis(100),
        used / 1e3 / Math.max(1, result.right()),
        result.busy(),
        result.errors(),
        asking.wanted());
    if (result.errors() > 0) {
      report.remark(measure + ": " + result.describeErrors());
    }
  }
}
