package io.parley;

import io.parley.base.Clock;
import io.parley.base.Entropy;
import io.parley.partner.PartnerApp;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `parley app …`: who may call the partner API, beside the apps of parley.yaml.
@Command(
    name = "app",
    description =
        "Partner apps of signed-http. The server must not be running on the same data; it knows"
            + " them at its next start.",
    mixinStandardHelpOptions = true,
    subcommands = {AppCommands.Add.class, AppCommands.Listing.class, AppCommands.Remove.class})
final class AppCommands {
  private static final int CODE_BYTES = 24;

  private AppCommands() {}

  private static Core core(Cli.Settings settings) {
    return new Core(settings.config(), Clock.SYSTEM, Entropy.SYSTEM);
  }

  @Command(name = "add", description = "Add an app.", mixinStandardHelpOptions = true)
  static final class Add implements Callable<Integer> {
    @Mixin private Cli.Settings settings = new Cli.Settings();

    @Option(names = "--id", required = true, description = "app_id")
    private String id = "";

    @Option(names = "--code", description = "security code; default: a random one, printed")
    private @Nullable String code;

    @Option(
        names = "--salt",
        defaultValue = "@java110.com",
        description = "password salt; default ${DEFAULT-VALUE}")
    private String salt = "";

    @Option(names = "--service", description = "service code, may be repeated; default: all")
    private List<String> services = new ArrayList<>();

    @Option(names = "--allow-ip", paramLabel = "CIDR", description = "may be repeated")
    private List<String> allow = new ArrayList<>();

    @Option(names = "--deny-ip", paramLabel = "CIDR", description = "may be repeated")
    private List<String> deny = new ArrayList<>();

    @Option(names = "--unsigned", description = "the app has no code and signs nothing")
    private boolean unsigned;

    @Override
    public Integer call() {
      boolean random = code == null && !unsigned;
      String given = code == null ? "" : code;
      String used = random ? HexFormat.of().formatHex(Entropy.SYSTEM.bytes(CODE_BYTES)) : given;
      PartnerApp app =
          new PartnerApp(
              id,
              used,
              salt,
              services.isEmpty() ? List.of("*") : services,
              PartnerApp.blocks("allow_ips", allow),
              PartnerApp.blocks("deny_ips", deny),
              unsigned);
      try (Core core = core(settings)) {
        core.apps.add(app);
      }
      System.out.println("added app " + id + (random ? " with the security code " + used : ""));
      return Cli.OK;
    }
  }

  @Command(
      name = "list",
      description = "List the apps, without their security codes.",
      mixinStandardHelpOptions = true)
  static final class Listing implements Callable<Integer> {
    @Mixin private Cli.Settings settings = new Cli.Settings();

    @Override
    public Integer call() {
      try (Core core = core(settings)) {
        for (PartnerApp app : core.apps.list()) {
          System.out.printf(
              "%s  %s  salt %s  services %s%s%s%n",
              app.id(),
              core.apps.isConfigured(app.id()) ? "configured" : "stored",
              app.passwordSalt(),
              String.join(",", app.services()),
              app.unsigned() ? "  unsigned" : "",
              app.allow().isEmpty() && app.deny().isEmpty() ? "" : "  by address");
        }
      }
      return Cli.OK;
    }
  }

  @Command(name = "remove", description = "Remove a stored app.", mixinStandardHelpOptions = true)
  static final class Remove implements Callable<Integer> {
    @Mixin private Cli.Settings settings = new Cli.Settings();

    @Parameters(paramLabel = "ID", description = "app_id")
    private String id = "";

    @Override
    public Integer call() {
      try (Core core = core(settings)) {
        core.apps.remove(id);
      }
      System.out.println("removed app " + id);
      return Cli.OK;
    }
  }
}
