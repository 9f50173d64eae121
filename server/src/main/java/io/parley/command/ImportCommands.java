package io.parley.command;

import io.parley.Core;
import io.parley.account.Imports;
import io.parley.base.Clock;
import io.parley.base.Entropy;
import io.parley.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `parley import …`: brings records of other systems in.
@Command(
    name = "import",
    description = "Bring in records of other systems.",
    mixinStandardHelpOptions = true,
    subcommands = ImportCommands.Users.class)
final class ImportCommands {
  private ImportCommands() {}

  @Command(
      name = "users",
      description = {
        "Make accounts of FILE: CSV with a line of column names, or a JSON object a line.",
        "Columns: username, phone, email, nickname, gender, password or password_md5.",
        "A row that is an account already is skipped; one that cannot be goes to FILE.rejected.",
        "It may be interrupted and started again. The server must not be running on the same data."
      },
      mixinStandardHelpOptions = true)
  static final class Users implements Callable<Integer> {
    @Mixin private Cli.Settings settings = new Cli.Settings();

    @Parameters(paramLabel = "FILE")
    private Path file = Path.of("");

    @Option(
        names = "--dry-run",
        description = "change nothing: import into a copy of the records that is thrown away")
    private boolean dry;

    @Override
    public Integer call() throws IOException {
      if (!Files.isRegularFile(file)) {
        throw new Config.Invalid(file + " is no file");
      }
      AtomicBoolean stopping = new AtomicBoolean();
      CountDownLatch ended = new CountDownLatch(1);
      Thread stop = Thread.ofPlatform().unstarted(() -> stop(stopping, ended));
      Runtime.getRuntime().addShutdownHook(stop);
      try {
        return dry ? rehearse(stopping) : report(run(settings.config(), stopping));
      } finally {
        ended.countDown();
        if (!stopping.get()) {
          Runtime.getRuntime().removeShutdownHook(stop);
        }
      }
    }

    private UserImport.Outcome run(Config config, AtomicBoolean stopping) throws IOException {
      try (Core core = new Core(config, Clock.SYSTEM, Entropy.SYSTEM)) {
        return new UserImport(core.imports, file, Clock.SYSTEM, stopping::get).run();
      }
    }

    /// The whole import, into a copy: what it says is what the import would say, names that are
    /// taken and rows that clash with each other included.
    private int rehearse(AtomicBoolean stopping) throws IOException {
      try (Rehearsal copy = Rehearsal.of(settings.config())) {
        int code = report(run(settings.with("data.dir", copy.dir()), stopping));
        System.out.println("parley: nothing was changed (--dry-run)");
        return code;
      }
    }

    /// Lets the batch that is under way be finished before the process ends.
    private static void stop(AtomicBoolean stopping, CountDownLatch ended) {
      stopping.set(true);
      try {
        ended.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private int report(UserImport.Outcome outcome) {
      Imports.Progress done = outcome.progress();
      System.out.printf(
          "parley: %,d accounts imported, %,d were there already, %,d rejected%n",
          done.imported(), done.skipped(), done.rejected());
      if (done.rejected() > 0) {
        System.out.println("parley: see " + file + ".rejected");
      }
      if (!outcome.whole()) {
        System.out.println(
            "parley: stopped after line " + done.line() + "; the same command goes on from there");
        return Cli.FAILED;
      }
      return done.rejected() > 0 ? Cli.FAILED : Cli.OK;
    }
  }
}
