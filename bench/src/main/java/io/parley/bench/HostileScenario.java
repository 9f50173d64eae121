package io.parley.bench;

import io.parley.bench.attack.Attackers;
import io.parley.bench.attack.Tally;
import io.parley.bench.attack.Victim;
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
import io.parley.bench.subject.Target;
import io.parley.bench.wire.Form;
import io.parley.bench.wire.SendTemplate;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The load of `send` at a fixed rate on a server with the smallest heap, while strangers attack it
/// in one way after the other.
///
/// The measured time has equal parts: before, one for each attack, after. An attack strikes in the
/// first nine tenths of its part.
@Command(
    name = "hostile",
    mixinStandardHelpOptions = true,
    description = "What callers notice of attacks on a server with the smallest documented heap.")
final class HostileScenario implements Callable<Integer> {
  private static final Duration WARMUP = Duration.ofSeconds(5);
  private static final Duration DRAIN = Duration.ofSeconds(60);
  private static final int TEXT_CHARS = 64;
  private static final int SOCKETS_PER_S = 1_000;
  private static final int ATTACKERS = 2;
  private static final double STRIKING = 0.9;

  @Mixin private final TargetOptions target = new TargetOptions();

  @Option(
      names = "--minutes",
      defaultValue = "10",
      description = "Measured time, all parts together (${DEFAULT-VALUE}).")
  private double minutes;

  @Option(
      names = "--pairs",
      defaultValue = "8",
      description = "Senders with a receiver each (${DEFAULT-VALUE}).")
  private int pairs;

  @Option(
      names = "--rate",
      defaultValue = "200",
      description = "Sends a second over all senders, on a timetable (${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--heap",
      defaultValue = "256m",
      description = "Heap of the server that is started (${DEFAULT-VALUE}).")
  private String heap = "";

  @Option(
      names = "--histories",
      defaultValue = "8",
      description = "Conversations read back from the server at the end (${DEFAULT-VALUE}).")
  private int histories;

  @Override
  public Integer call() throws IOException, InterruptedException {
    LoadOptions.require(
        minutes > 0 && pairs > 0 && rate > 0, "--minutes, --pairs, --rate must be above 0");
    try (Target server = target.openAsRun("-Xmx" + heap);
        Lanes lanes = new Lanes(server.url(), 1)) {
      RunKey key = RunKey.fresh();
      List<BenchAccount> accounts = accounts(server, key);
      List<BenchAccount> bad = accounts.subList(2 * pairs, accounts.size());
      List<String> tokens = bad.stream().map(BenchAccount::token).toList();
      List<String> names = new ArrayList<>();
      for (int i = 0; i < 2 * pairs; i++) {
        names.add(key.nickname(i));
      }
      try (Attackers attackers =
          new Attackers(Victim.of(server.url(), names, tokens, key.value()))) {
        int armed = attackers.arm(bad.getLast().id());
        return run(server, lanes, key, accounts, attackers, armed);
      }
    }
  }

  private List<BenchAccount> accounts(Target server, RunKey key) {
    try (AccountApi api = new AccountApi(server.url())) {
      return Crowd.each("accounts", 2 * pairs + ATTACKERS, i -> api.register(key.nickname(i)));
    }
  }

  private int run(
      Target server,
      Lanes lanes,
      RunKey key,
      List<BenchAccount> accounts,
      Attackers attackers,
      int armed)
      throws InterruptedException {
    int parts = attackers.attacks().size() + 2;
    Duration measured = Duration.ofNanos(Math.round(minutes * 60e9));
    Plan plan = new Plan(WARMUP, measured, DRAIN, new Pace.Timed(rate), 1);
    LoadRun load = new LoadRun(lanes, plan, server.process(), parts);
    List<ClientSocket> sockets =
        Opening.open(
            2 * pairs,
            SOCKETS_PER_S,
            i -> lanes.connect(accounts.get(i).token(), "bench", SocketListener.SILENT),
            done -> {});
    List<List<Endpoint>> conversations = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      SendTemplate template =
          SendTemplate.toUser(
              Form.BINARY, accounts.get(pairs + i).id(), key.messages(i), i, TEXT_CHARS);
      conversations.add(
          List.of(load.talk(sockets.get(i), template, i), load.hear(sockets.get(pairs + i))));
    }
    long from = System.nanoTime() + WARMUP.toNanos();
    CompletableFuture<List<Tally>> struck =
        elsewhere(() -> strikeInTurn(attackers, from, measured.toNanos() / parts));
    Outcome outcome = load.run();
    List<Tally> tallies = struck.join();
    boolean answers = attackers.answers();
    Audit audit = new Audit(outcome);
    for (int i = 0; i < pairs; i++) {
      audit.conversation(conversations.get(i), i < histories);
    }
    Report report =
        HostileReport.of(outcome, audit, tallies)
            .setting("minutes", minutes)
            .setting("pairs", pairs)
            .setting("rate/s", rate)
            .setting("heap", heap)
            .setting("messages to search", armed)
            .setting("data on", server.dataOn())
            .check("answers at the end", answers);
    target.publish(report);
    return answers ? LoadReport.exitCode(outcome, audit) : 1;
  }

  /// The part before the first attack and the one after the last are left in peace.
  private static List<Tally> strikeInTurn(Attackers attackers, long from, long partNanos) {
    List<Tally> tallies = new ArrayList<>();
    for (int i = 0; i < attackers.attacks().size(); i++) {
      long begin = from + (i + 1) * partNanos;
      for (long left = begin - System.nanoTime(); left > 0; left = begin - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      long end = begin + Math.round(partNanos * STRIKING);
      tallies.add(attackers.strike(attackers.attacks().get(i), end));
      System.err.println("bench: " + tallies.getLast().name() + ": " + tallies.getLast());
    }
    return tallies;
  }

  private static <T> CompletableFuture<T> elsewhere(Supplier<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("attackers")
        .start(
            () -> {
              try {
                result.complete(work.get());
              } catch (RuntimeException e) {
                result.completeExceptionally(e);
              }
            });
    return result;
  }
}
