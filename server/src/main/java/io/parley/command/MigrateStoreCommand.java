package io.parley.command;

import io.parley.DataDir;
import io.parley.base.Clock;
import io.parley.config.Config;
import io.parley.store.Move;
import io.parley.store.StoreException;
import io.parley.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `parley migrate-store`: moves the records to another engine.
@Command(
    name = "migrate-store",
    description = {
      "Copy the records from where store.url says to another, empty database, and compare every"
          + " row.",
      "The server must not be running. What was interrupted goes on with the same command."
    },
    mixinStandardHelpOptions = true)
final class MigrateStoreCommand implements Callable<Integer> {
  /// A page of rows may be many megabytes.
  private static final Duration STATEMENT = Duration.ofMinutes(10);

  @Mixin private Cli.Settings settings = new Cli.Settings();

  @Option(
      names = "--to",
      required = true,
      paramLabel = "URL",
      description = "jdbc:postgresql://host:port/database, or sqlite: the file in data.dir")
  private String to = "";

  @Option(names = "--to-user", paramLabel = "NAME", description = "whom PostgreSQL knows")
  private String user = "";

  @Option(
      names = "--to-password-file",
      paramLabel = "FILE",
      description = "a file with that user's password")
  private @Nullable Path passwordFile;

  @Override
  public Integer call() throws IOException {
    Config config = settings.config();
    ProgressLine line = new ProgressLine(Clock.SYSTEM, System.err, "rows");
    Move.Result result;
    try (DataDir held = DataDir.open(config.data().path())) {
      result = Move.run(patient(config.store().settings()), target(config), held.path(), line::at);
    } catch (StoreException e) {
      line.end();
      System.err.println("parley: " + e.getMessage());
      return Cli.FAILED;
    }
    line.end();
    System.out.printf(
        "parley: %,d rows of %d tables are there and the same (SHA-256 %s)%n",
        result.rows(), result.tables(), result.checksum());
    System.out.println("parley: set store.url to " + to + " and start the server");
    return Cli.OK;
  }

  private StoreSettings target(Config config) throws IOException {
    if (!to.equals(StoreSettings.SQLITE) && !to.startsWith(StoreSettings.POSTGRESQL)) {
      throw new Config.Invalid("--to must be sqlite or jdbc:postgresql://host/database");
    }
    String password = passwordFile == null ? "" : Files.readString(passwordFile).strip();
    StoreSettings as = config.store().settings();
    return patient(
        new StoreSettings(
            to,
            user,
            password,
            as.connections(),
            as.connectTimeout(),
            as.statementTimeout(),
            as.lockTimeout()));
  }

  private static StoreSettings patient(StoreSettings as) {
    return new StoreSettings(
        as.url(),
        as.user(),
        as.password(),
        as.connections(),
        as.connectTimeout(),
        STATEMENT,
        as.lockTimeout());
  }
}
