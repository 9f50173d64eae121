package io.parley.command;

import io.parley.control.Order;
import io.parley.partner.PartnerApp;
import java.util.ArrayList;
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
    description = "Partner apps of signed-http, while the server runs or not.",
    mixinStandardHelpOptions = true,
    subcommands = {AppCommands.Add.class, AppCommands.Listing.class, AppCommands.Remove.class})
final class AppCommands {
  private AppCommands() {}

  @Command(name = "add", description = "Add an app.", mixinStandardHelpOptions = true)
  static final class Add implements Callable<Integer> {
    @Mixin private Cli.Settings settings = new Cli.Settings();

    @Option(names = "--id", required = true, description = "app_id")
    private String id = "";

    @Option(names = "--code", description = "security code; default: a random one, printed")
    private @Nullable String code;

    @Option(
        names = "--salt",
        defaultValue = PartnerApp.SALT_DEFAULT,
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
      return Ordering.give(
          settings,
          Order.of(Order.Kind.APP_ADD)
              .with("id", id)
              .with("code", code)
              .with("salt", salt)
              .withAll("service", services)
              .withAll("allow-ip", allow)
              .withAll("deny-ip", deny)
              .with("unsigned", unsigned ? "" : null));
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
      return Ordering.give(settings, Order.of(Order.Kind.APP_LIST));
    }
  }

  @Command(name = "remove", description = "Remove a stored app.", mixinStandardHelpOptions = true)
  static final class Remove implements Callable<Integer> {
    @Mixin private Cli.Settings settings = new Cli.Settings();

    @Parameters(paramLabel = "ID", description = "app_id")
    private String id = "";

    @Override
    public Integer call() {
      return Ordering.give(settings, Order.of(Order.Kind.APP_REMOVE).with("id", id));
    }
  }
}
