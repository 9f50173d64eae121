package io.parley.bench;

import io.parley.bench.report.Progress;
import io.parley.bench.report.Report;
import io.parley.bench.subject.FirstAnswer;
import io.parley.bench.subject.ProcessFigures;
import io.parley.bench.subject.ServerProcess;
import io.parley.bench.subject.WorkFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How long a start takes, and what a server weighs that does nothing.
@Command(
    name = "startup",
    mixinStandardHelpOptions = true,
    description = "Time from exec to the first answer; memory of an idle server.")
final class StartupScenario implements Callable<Integer> {
  private static final double MIB = 1 << 20;

  @Mixin private final TargetOptions target = new TargetOptions();

  @Option(
      names = "--runs",
      defaultValue = "6",
      description = "Starts on the same data (${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--idle",
      defaultValue = "5",
      description = "Seconds from ready until memory is read (${DEFAULT-VALUE}).")
  private int idleS;

  @Override
  public Integer call() throws InterruptedException {
    LoadOptions.require(runs > 0 && idleS >= 0, "--runs must be above 0");
    List<Start> starts = new ArrayList<>();
    String fileSystem;
    try (WorkFolder folder = target.folder();
        Progress progress = new Progress("starts", runs)) {
      fileSystem = folder.fileSystem();
      for (int i = 0; i < runs; i++) {
        starts.add(start(folder));
        progress.at(i + 1);
      }
    }
    Report report =
        new Report("startup", List.of("first start", "later min", "later median", "later max"))
            .setting("starts", runs)
            .setting("idle s", idleS)
            .setting("data on", fileSystem);
    row(report, "exec to first HTTP answer, ms", starts, Start::answerMs);
    row(report, "exec to `parley ready`, ms", starts, Start::readyMs);
    row(report, "processor time until then, ms", starts, Start::cpuMs);
    row(report, "RSS when idle, MiB", starts, Start::rssMib);
    row(report, "anonymous when idle, MiB", starts, Start::anonymousMib);
    target.publish(report);
    return 0;
  }

  private Start start(WorkFolder folder) throws InterruptedException {
    try (ServerProcess server = ServerProcess.start(folder.data(), target.settings())) {
      double answerMs = FirstAnswer.await(server).toNanos() / 1e6;
      double readyMs = server.awaitReady().toNanos() / 1e6;
      ProcessFigures process = new ProcessFigures(server.pid());
      double cpuMs = process.cpu().toNanos() / 1e6;
      TimeUnit.SECONDS.sleep(idleS);
      return new Start(
          answerMs, readyMs, cpuMs, process.rssBytes() / MIB, process.anonymousBytes() / MIB);
    }
  }

  private static void row(
      Report report, String measure, List<Start> starts, ToDoubleFunction<Start> figure) {
    double first = figure.applyAsDouble(starts.getFirst());
    double[] later = starts.stream().skip(1).mapToDouble(figure).sorted().toArray();
    if (later.length == 0) {
      report.row(measure, first);
    } else {
      report.row(measure, first, later[0], later[later.length / 2], later[later.length - 1]);
    }
  }

  private record Start(
      double answerMs, double readyMs, double cpuMs, double rssMib, double anonymousMib) {}
}
