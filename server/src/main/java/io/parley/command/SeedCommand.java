package io.parley.command;

import io.parley.Core;
import io.parley.account.Account;
import io.parley.account.Accounts;
import io.parley.account.AliasKind;
import io.parley.account.Gender;
import io.parley.account.Source;
import io.parley.base.Clock;
import io.parley.base.Entropy;
import io.parley.config.Config;
import io.parley.feed.Seeding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `parley seed`: fills a new data folder with a large feed, for load tests. Readers are called
/// `reader-0`, `reader-1` … and have the password that is given.
@Command(
    name = "seed",
    hidden = true,
    description = "Fill a new data folder for load tests. The server must not be running on it.",
    mixinStandardHelpOptions = true)
final class SeedCommand implements Callable<Integer> {
  private static final int STEPS = 20;

  @Mixin private Cli.Settings settings = new Cli.Settings();

  @Option(names = "--readers", defaultValue = "200")
  private int readers;

  @Option(names = "--password", required = true)
  private String password = "";

  @Option(names = "--accounts", defaultValue = "100000")
  private int accounts;

  @Option(names = "--posts", defaultValue = "1000000")
  private int posts;

  @Option(names = "--follows", defaultValue = "50")
  private int follows;

  @Option(names = "--likes", defaultValue = "1000000")
  private int likes;

  private long shown;

  @Override
  public Integer call() {
    Config config = settings.config();
    try (Core core = new Core(config, Clock.SYSTEM, Entropy.SYSTEM)) {
      List<Long> ids = new ArrayList<>();
      for (int i = 0; i < readers; i++) {
        ids.add(register(core, "reader-" + i).id().value());
      }
      Seeding.Plan plan = new Seeding.Plan(ids, accounts, posts, follows, likes);
      Seeding seeding =
          new Seeding(core.db, plan, Clock.SYSTEM.millis(), done -> show(done, plan.rows()));
      seeding.run();
      seeding.pull(config.limits().feedFanoutFollowersMax());
      return Cli.OK;
    }
  }

  private Account register(Core core, String name) {
    return core.accounts.register(
        new Accounts.Registration(
            Map.of(AliasKind.NICKNAME, name), name, Gender.UNKNOWN, "", password),
        Source.OPERATOR);
  }

  private void show(long done, long rows) {
    long step = done * STEPS / rows;
    if (step > shown) {
      shown = step;
      System.err.println("parley: seeding " + 100 * step / STEPS + "%");
    }
  }
}
