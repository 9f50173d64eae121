package io.parley.bench;

import io.parley.bench.load.Audit;
import io.parley.bench.load.Endpoint;
import io.parley.bench.load.LoadRun;
import io.parley.bench.load.Outcome;
import io.parley.bench.load.Pace;
import io.parley.bench.load.Plan;
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

/// Pairs of accounts: one sends, the other receives.
@Command(
    name = "send",
    mixinStandardHelpOptions = true,
    description = "Durable 1:1 sends: rate, latency of acknowledgement and delivery, nothing lost.")
final class SendScenario implements Callable<Integer> {
  private static final int WINDOW = 32;

  @Mixin private final TargetOptions target = new TargetOptions();
  @Mixin private final LoadOptions load = new LoadOptions();

  @Option(
      names = "--pairs",
      defaultValue = "32",
      description = "Senders with a receiver each (${DEFAULT-VALUE}).")
  private int pairs;

  @Override
  public Integer call() {
    load.check();
    LoadOptions.require(pairs > 0, "--pairs must be above 0");
    Pace pace = load.rate > 0 ? new Pace.Timed(load.rate) : new Pace.Windowed(load.window(WINDOW));
    Plan plan = load.plan(pace, 1);
    try (Target server = target.open();
        Lanes lanes = new Lanes(server.url(), load.threads, load.form)) {
      RunKey key = RunKey.fresh();
      List<BenchAccount> accounts = accounts(server, key);
      List<ClientSocket> sockets = Sockets.ofEach(lanes, accounts);
      LoadRun run = new LoadRun(lanes, plan, server.process());
      List<List<Endpoint>> conversations = new ArrayList<>();
      for (int i = 0; i < pairs; i++) {
        SendTemplate template =
            SendTemplate.toUser(
                load.form, accounts.get(pairs + i).id(), key.messages(i), i, load.size);
        Endpoint sender = run.talk(sockets.get(i), template, i);
        Endpoint receiver = run.hear(sockets.get(pairs + i));
        conversations.add(List.of(sender, receiver));
      }
      Outcome outcome = run.run();
      Audit audit = new Audit(outcome);
      for (int i = 0; i < pairs; i++) {
        audit.conversation(conversations.get(i), i < load.histories);
      }
      target.publish(report(server, outcome, audit));
      return LoadReport.exitCode(outcome, audit);
    }
  }

  private List<BenchAccount> accounts(Target server, RunKey key) {
    try (AccountApi api = new AccountApi(server.url())) {
      return Crowd.each("accounts", 2 * pairs, i -> api.register(key.nickname(i)));
    }
  }

  private Report report(Target server, Outcome outcome, Audit audit) {
    Report report = LoadReport.of("send", outcome, audit);
    report.setting("pairs", pairs);
    return load.describe(report, WINDOW).setting("data on", server.dataOn());
  }
}
