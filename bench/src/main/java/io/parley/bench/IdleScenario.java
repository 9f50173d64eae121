package io.parley.bench;

import com.sun.management.UnixOperatingSystemMXBean;
import io.parley.bench.report.Progress;
import io.parley.bench.report.Report;
import io.parley.bench.socket.ClientSocket;
import io.parley.bench.socket.Lanes;
import io.parley.bench.socket.Opening;
import io.parley.bench.socket.SocketListener;
import io.parley.bench.subject.AccountApi;
import io.parley.bench.subject.BenchAccount;
import io.parley.bench.subject.Crowd;
import io.parley.bench.subject.ProcessFigures;
import io.parley.bench.subject.Target;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Many authenticated sockets that do nothing: what does one cost?
@Command(
    name = "idle",
    mixinStandardHelpOptions = true,
    description = "Server memory per idle authenticated socket.")
final class IdleScenario implements Callable<Integer> {
  private static final List<String> COLUMNS =
      List.of(
          "RSS MiB", "anonymous MiB", "heap in use MiB", "RSS bytes/socket", "heap bytes/socket");
  private static final int OTHER_FILES = 200;
  private static final double MIB = 1 << 20;
  private static final int SETTLE_S = 3;

  @Mixin private final TargetOptions target = new TargetOptions();

  @Option(names = "--sockets", defaultValue = "15000", description = "Sockets (${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--accounts",
      defaultValue = "200",
      description = "Accounts they belong to (${DEFAULT-VALUE}).")
  private int accountCount;

  @Option(
      names = "--connect-rate",
      defaultValue = "2000",
      description = "Connections a second (${DEFAULT-VALUE}).")
  private double connectRate;

  @Option(
      names = "--hold",
      defaultValue = "5",
      description = "Seconds to hold them before looking (${DEFAULT-VALUE}).")
  private int holdS;

  @Override
  public Integer call() throws InterruptedException {
    LoadOptions.require(
        count > 0 && accountCount > 0 && connectRate > 0,
        "--sockets, --accounts, --connect-rate must be above 0");
    requireFiles();
    try (Target server = target.open("limits.sockets_max=" + (count + OTHER_FILES));
        Lanes lanes = new Lanes(server.url(), 1)) {
      ProcessFigures process = server.process();
      if (process == null) {
        throw new IllegalArgumentException(
            "with --url, --pid is needed to read the server's memory");
      }
      List<BenchAccount> accounts = accounts(server);
      Memory before = Memory.of(process);
      process.collectGarbage();
      Memory beforeClean = settled(process);
      long start = System.nanoTime();
      List<ClientSocket> sockets = connect(lanes, accounts);
      double connectS = (System.nanoTime() - start) / 1e9;
      TimeUnit.SECONDS.sleep(holdS);
      Memory after = Memory.of(process);
      process.collectGarbage();
      Memory afterClean = settled(process);
      long closed = sockets.stream().filter(socket -> !socket.open()).count();
      Report report =
          new Report("idle", COLUMNS)
              .setting("sockets", count)
              .setting("accounts", accountCount)
              .setting("connections/s", connectRate)
              .setting("held s", holdS);
      row(report, "before", before);
      row(report, "before, after full GC", beforeClean);
      row(report, "connected", after, before);
      row(report, "connected, after full GC", afterClean, beforeClean);
      report
          .figure("connect s", connectS)
          .figure("connected/s", count / connectS)
          .check("sockets lost while idle", closed);
      target.publish(report);
      return closed == 0 ? 0 : 1;
    }
  }

  private static void row(Report report, String measure, Memory now) {
    report.row(measure, now.rss / MIB, now.anonymous / MIB, now.heap / MIB);
  }

  private void row(Report report, String measure, Memory now, Memory then) {
    report.row(
        measure,
        now.rss / MIB,
        now.anonymous / MIB,
        now.heap / MIB,
        (now.rss - then.rss) / count,
        (now.heap - then.heap) / count);
  }

  private static Memory settled(ProcessFigures process) throws InterruptedException {
    TimeUnit.SECONDS.sleep(SETTLE_S);
    return Memory.of(process);
  }

  private List<BenchAccount> accounts(Target server) {
    RunKey key = RunKey.fresh();
    try (AccountApi api = new AccountApi(server.url())) {
      return Crowd.each("accounts", accountCount, i -> api.register(key.nickname(i)));
    }
  }

  private List<ClientSocket> connect(Lanes lanes, List<BenchAccount> accounts) {
    try (Progress progress = new Progress("sockets", count)) {
      return Opening.open(
          count,
          connectRate,
          i ->
              lanes.connect(
                  accounts.get(i % accountCount).token(), "bench-" + i, SocketListener.SILENT),
          progress::at);
    }
  }

  private void requireFiles() {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean os
        && count + OTHER_FILES > os.getMaxFileDescriptorCount()) {
      throw new IllegalArgumentException(
          count
              + " sockets need more than the "
              + os.getMaxFileDescriptorCount()
              + " files a process may open");
    }
  }

  private record Memory(long rss, long anonymous, long heap) {
    static Memory of(ProcessFigures process) {
      return new Memory(process.rssBytes(), process.anonymousBytes(), process.heapBytes());
    }
  }
}
