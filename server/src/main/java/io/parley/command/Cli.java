package io.parley.command;

import io.parley.App;
import io.parley.Framework;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.config.Config;
import io.parley.log.LogSettings;
import io.parley.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The command line.
@Command(
    name = "parley",
    description = "A self-hosted messaging and social back end.",
    mixinStandardHelpOptions = true,
    subcommands = {
      Cli.Serve.class,
      AccountCommands.class,
      NodeCommands.class,
      InviteCommands.class,
      TokenCommands.class,
      ImportCommands.class,
      AppCommands.class,
      ExportCommands.class,
      SeedCommand.class,
      MigrateStoreCommand.class,
      MigrateMediaCommand.class,
      ProtosCommand.class,
      Cli.Backup.class
    })
public final class Cli {
  public static final int OK = 0;
  public static final int FAILED = 1;
  public static final int WRONG_USE = 2;

  private Cli() {}

  /// Runs one command; the answer is the exit code.
  public static int run(String[] args) {
    if (args.length > 0 && args[0].equals("serve")) {
      Map<String, String> flags = ServeFlags.read(List.of(args).subList(1, args.length));
      if (flags != null) {
        return serve(flags);
      }
    }
    CommandLine line = new CommandLine(new Cli());
    line.setExecutionExceptionHandler(
        (exception, command, parsed) -> {
          command.getErr().println("parley: " + exception.getMessage());
          if (exception instanceof Config.Invalid) {
            return WRONG_USE;
          }
          if (!(exception instanceof Fault || exception instanceof StoreException)) {
            exception.printStackTrace(command.getErr());
          }
          return FAILED;
        });
    return line.execute(args);
  }

  /// What the `serve` command does, without the library that reads command lines: a server started
  /// with plain settings is up in four fifths of the time.
  private static int serve(Map<String, String> flags) {
    try {
      Framework.load();
      String file = flags.remove(ServeFlags.FILE);
      Config config = Config.load(file == null ? null : Path.of(file), System.getenv(), flags);
      return Serve.untilStopped(Serve.start(config));
    } catch (Config.Invalid e) {
      System.err.println("parley: " + e.getMessage());
      return WRONG_USE;
    } catch (InterruptedException e) {
      return FAILED;
    } catch (StoreException e) {
      // Whatever it is, the operator can do something about it, and not about our code.
      System.err.println("parley: " + e.getMessage());
      return FAILED;
    } catch (RuntimeException e) {
      System.err.println("parley: " + e.getMessage());
      e.printStackTrace();
      return FAILED;
    }
  }

  /// The settings that every command takes.
  static final class Settings {
    @Option(
        names = "--config",
        paramLabel = "FILE",
        description = "configuration; default parley.yaml")
    private @Nullable Path file;

    @Option(names = "--data", paramLabel = "DIR", description = "data.dir")
    private @Nullable String data;

    @Option(names = "--host", description = "server.host")
    private @Nullable String host;

    @Option(names = "--port", description = "server.port")
    private @Nullable String port;

    @Option(
        names = "--management-port",
        paramLabel = "PORT",
        description = "server.management_port")
    private @Nullable String managementPort;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "any key of parley.yaml")
    private Map<String, String> set = new LinkedHashMap<>();

    Config config() {
      return Config.load(file, System.getenv(), flags());
    }

    /// The same settings with another value for one key.
    Config with(String key, String value) {
      Map<String, String> flags = flags();
      flags.put(key, value);
      return Config.load(file, System.getenv(), flags);
    }

    private Map<String, String> flags() {
      Map<String, String> flags = new LinkedHashMap<>(set);
      put(flags, "data.dir", data);
      put(flags, "server.host", host);
      put(flags, "server.port", port);
      put(flags, "server.management_port", managementPort);
      return flags;
    }

    private static void put(Map<String, String> flags, String key, @Nullable String value) {
      if (value != null) {
        flags.put(key, value);
      }
    }
  }

  @Command(name = "serve", description = "Run the server.", mixinStandardHelpOptions = true)
  static final class Serve implements Callable<Integer> {
    @Mixin private Settings settings = new Settings();

    @Option(
        names = "--exit-after",
        hidden = true,
        description = "seconds; for making the start-up cache")
    private @Nullable Integer exitAfter;

    @Override
    public Integer call() throws InterruptedException {
      App app = start(settings.config());
      if (exitAfter != null) {
        WarmUp.run(app.publicUrl(), Duration.ofSeconds(exitAfter));
        app.close();
        return OK;
      }
      return untilStopped(app);
    }

    private static App start(Config config) {
      if (!config.security().throttled()) {
        System.err.println(
            "parley: WARNING: security.throttle is off;"
                + " this server does not resist guessing or floods");
      }
      App app = App.start(config);
      System.out.println(
          "parley ready " + app.publicUrl() + " (management " + app.managementUrl() + ")");
      Heap.watch(Clock.SYSTEM);
      if (!app.hasAdmin()) {
        System.err.println(
            "parley: no account has the admin right yet. Register one, then, on this machine:"
                + " ./parley account grant NAME admin; the console is at "
                + app.publicUrl()
                + "/admin");
      }
      return app;
    }

    private static int untilStopped(App app) throws InterruptedException {
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(app)));
      new CountDownLatch(1).await();
      return OK;
    }

    /// Ends the process with 0: a stop that was asked for is not a failure, whatever signal asked.
    private static void stop(App app) {
      int code = FAILED;
      try {
        app.close();
        code = OK;
      } finally {
        LogSettings.end();
        Runtime.getRuntime().halt(code);
      }
    }
  }

  @Command(
      name = "backup",
      description = "Write a consistent copy of the records to FILE, while the server runs or not.",
      mixinStandardHelpOptions = true)
  static final class Backup implements Callable<Integer> {
    @Mixin private Settings settings = new Settings();

    @CommandLine.Parameters(paramLabel = "FILE", description = "must not exist")
    private Path file = Path.of("");

    @Override
    public Integer call() {
      Config config = settings.config();
      io.parley.store.Db.copy(
          config.store().settings(), config.data().path(), file.toAbsolutePath());
      System.out.println("parley: records copied to " + file);
      return OK;
    }
  }
}
