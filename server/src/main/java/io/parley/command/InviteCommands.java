package io.parley.command;

import io.parley.control.Order;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `parley invite …`: links by which people may register, also where nobody else may.
@Command(
    name = "invite",
    description = "Make, list and take back invites, while the server runs or not.",
    mixinStandardHelpOptions = true,
    subcommands = {
      InviteCommands.Create.class,
      InviteCommands.Listing.class,
      InviteCommands.Revoke.class
    })
final class InviteCommands {
  private InviteCommands() {}

  @Command(
      name = "create",
      description = "Make an invite to the server and print the link to send.",
      mixinStandardHelpOptions = true)
  static final class Create implements Callable<Integer> {
    @Mixin private Cli.Settings settings = new Cli.Settings();

    @Option(
        names = "--server",
        required = true,
        description = "whoever has the link may register an account")
    private boolean server;

    @Option(
        names = "--uses",
        paramLabel = "N",
        description = "for so many accounts, 1 … 1000; else one")
    private @Nullable String uses;

    @Option(
        names = "--days",
        paramLabel = "N",
        description = "good for so many days, 1 … 30; else 7")
    private @Nullable String days;

    @Option(names = "--never-expires")
    private boolean never;

    @Override
    public Integer call() {
      return Ordering.give(
          settings,
          Order.of(Order.Kind.INVITE_CREATE)
              .with("server", server ? "true" : null)
              .with("uses", uses)
              .with("days", days)
              .with("never", never ? "true" : null));
    }
  }

  @Command(
      name = "list",
      description = "List the invites that can still be used, of everybody, without their links.",
      mixinStandardHelpOptions = true)
  static final class Listing implements Callable<Integer> {
    @Mixin private Cli.Settings settings = new Cli.Settings();

    @Override
    public Integer call() {
      return Ordering.give(settings, Order.of(Order.Kind.INVITE_LIST));
    }
  }

  @Command(name = "revoke", description = "Take an invite back.", mixinStandardHelpOptions = true)
  static final class Revoke implements Callable<Integer> {
    @Mixin private Cli.Settings settings = new Cli.Settings();

    @Parameters(paramLabel = "ID", description = "as the list has it")
    private String id = "";

    @Override
    public Integer call() {
      return Ordering.give(settings, Order.of(Order.Kind.INVITE_REVOKE).with("id", id));
    }
  }
}
