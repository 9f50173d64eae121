package io.parley.bench;

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
import io.parley.bench.subject.AccountApi;
import io.parley.bench.subject.BenchAccount;
import io.parley.bench.subject.Crowd;
import io.parley.bench.subject.Target;
import io.parley.bench.wire.SendTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// One group: some members send, all receive.
@Command(
    name = "fanout",
    mixinStandardHelpOptions = true,
    description = "Deliveries to a big group: rate, latency, nothing lost for any member.")
final class FanoutScenario implements Callable<Integer> {
  private static final int WINDOW = 16;

  @Mixin private final TargetOptions target = new TargetOptions();
  @Mixin private final LoadOptions load = new LoadOptions();

  @Option(
      names = "--members",
      defaultValue = "1000",
      description = "Members with a socket each (${DEFAULT-VALUE}).")
  private int members;

  @Option(
      names = "--senders",
      defaultValue = "4",
      description = "Members that also send (${DEFAULT-VALUE}).")
  private int senders;

  @Option(
      names = "--lag",
      defaultValue = "64",
      description =
          "Messages at most under way to a member on average before senders wait"
              + " (${DEFAULT-VALUE}); 0 = never wait: acknowledgements alone set the pace, and the"
              + " server may have to close slow sockets.")
  private int lag;

  @Override
  public Integer call() {
    load.check();
    LoadOptions.require(members > 1, "--members must be at least 2");
    LoadOptions.require(senders > 0 && senders <= members, "--senders must be 1 to --members");
    LoadOptions.require(lag >= 0, "--lag must not be negative");
    Plan plan = load.plan(pace(), members - 1);
    try (Target server = target.open();
        Lanes lanes = new Lanes(server.url(), load.threads, load.form)) {
      RunKey key = RunKey.fresh();
      List<BenchAccount> accounts = new ArrayList<>();
      long group = group(server, key, accounts);
      List<ClientSocket> sockets = Sockets.ofEach(lanes, accounts);
      LoadRun run = new LoadRun(lanes, plan, server.process());
      List<Endpoint> everyone = new ArrayList<>();
      for (int i = 0; i < members; i++) {
        ClientSocket socket = sockets.get(i);
        everyone.add(
            i < senders
                ? run.talk(
                    socket,
                    SendTemplate.toGroup(load.form, group, key.messages(i), i, load.size),
                    i)
                : run.hear(socket));
      }
      Outcome outcome = run.run();
      Audit audit = new Audit(outcome);
      audit.conversation(everyone, load.histories > 0);
      target.publish(report(server, outcome, audit));
      return LoadReport.exitCode(outcome, audit);
    }
  }

  private Pace pace() {
    if (load.rate > 0) {
      return new Pace.Timed(load.rate);
    }
    return lag == 0
        ? new Pace.Windowed(load.window(WINDOW))
        : new Pace.Gated(load.window(WINDOW), new DeliveryGate(members - 1, lag));
  }

  private long group(Target server, RunKey key, List<BenchAccount> accounts) {
    try (AccountApi api = new AccountApi(server.url())) {
      accounts.addAll(Crowd.each("accounts", members, i -> api.register(key.nickname(i))));
      return api.groupOf("bench-" + key.value(), accounts);
    }
  }

  private Report report(Target server, Outcome outcome, Audit audit) {
    Report report = LoadReport.of("fanout", outcome, audit);
    report.setting("members", members).setting("senders", senders);
    if (load.rate == 0) {
      report.setting("lag", lag == 0 ? "unbounded" : lag);
    }
    return load.describe(report, WINDOW).setting("data on", server.dataOn());
  }
}
