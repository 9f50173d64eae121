package io.parley.command;

import io.parley.control.Order;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `parley token …`: tokens for programs that the operator trusts, beside those of parley.yaml.
@Command(
    name = "token",
    description = "Tokens for trusted programs, while the server runs or not.",
    mixinStandardHelpOptions = true,
    subcommands = {
      TokenCommands.Create.class,
      TokenCommands.Listing.class,
      TokenCommands.Revoke.class
    })
final class TokenCommands {
  private TokenCommands() {}

  @Command(
      name = "create",
      description = "Make a token and print it. It works at once and is not shown again.",
      mixinStandardHelpOptions = true)
  static final class Create implements Callable<Integer> {
    @Mixin private Cli.Settings settings = new Cli.Settings();

    @Option(
        names = "--rights",
        required = true,
        split = ",",
        paramLabel = "RIGHT",
        description = "admin, gateway, mail, entry; separated by commas")
    private List<String> rights = List.of();

    @Option(
        names = "--name",
        required = true,
        description = "what it is called, e.g. gw-1; letters, digits, dots, dashes")
    private String name = "";

    @Override
    public Integer call() {
      return Ordering.give(
          settings, Order.of(Order.Kind.TOKEN_CREATE).with("name", name).withAll("right", rights));
    }
  }

  @Command(
      name = "list",
      description = "List the tokens, without their secrets; revoked ones too.",
      mixinStandardHelpOptions = true)
  static final class Listing implements Callable<Integer> {
    @Mixin private Cli.Settings settings = new Cli.Settings();

    @Override
    public Integer call() {
      return Ordering.give(settings, Order.of(Order.Kind.TOKEN_LIST));
    }
  }

  @Command(
      name = "revoke",
      description = "Revoke a token: it is refused everywhere at once.",
      mixinStandardHelpOptions = true)
  static final class Revoke implements Callable<Integer> {
    @Mixin private Cli.Settings settings = new Cli.Settings();

    @Parameters(paramLabel = "NAME")
    private String name = "";

    @Override
    public Integer call() {
      return Ordering.give(settings, Order.of(Order.Kind.TOKEN_REVOKE).with("name", name));
    }
  }
}
