package io.parley.command;

import io.parley.control.Order;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `parley node …`: the servers that share a database.
@Command(
    name = "node",
    description = "The servers that share a database.",
    mixinStandardHelpOptions = true,
    subcommands = {NodeCommands.Listing.class})
final class NodeCommands {
  private NodeCommands() {}

  @Command(
      name = "list",
      description =
          "List the servers, alive or silent: number, address, version, since when, figures.",
      mixinStandardHelpOptions = true)
  static final class Listing implements Callable<Integer> {
    @Mixin private Cli.Settings settings = new Cli.Settings();

    @Override
    public Integer call() {
      return Ordering.give(settings, Order.of(Order.Kind.NODE_LIST));
    }
  }
}
