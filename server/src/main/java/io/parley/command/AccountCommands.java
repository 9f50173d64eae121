package io.parley.command;

import io.parley.control.Order;
import java.io.Console;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `parley account …`: what operators do to accounts, whether the server runs or not. A password
/// that is not given as an option is asked for, or read from standard input where there is no
/// terminal.
@Command(
    name = "account",
    description = "Create accounts and change them, while the server runs or not.",
    mixinStandardHelpOptions = true,
    subcommands = {
      AccountCommands.Create.class,
      AccountCommands.Passwd.class,
      AccountCommands.Disable.class,
      AccountCommands.Enable.class,
      AccountCommands.TotpOff.class,
      AccountCommands.Grant.class
    })
final class AccountCommands {
  private AccountCommands() {}

  private static String password(@Nullable String given) {
    if (given != null) {
      return given;
    }
    @SuppressWarnings("SystemConsoleNull") // null where the JDK was built without a console
    Console console = System.console();
    if (console != null && console.isTerminal()) {
      char[] typed = console.readPassword("password: ");
      return typed == null ? "" : new String(typed);
    }
    String line =
        new java.util.Scanner(System.in, java.nio.charset.StandardCharsets.UTF_8).nextLine();
    return line.strip();
  }

  /// Which account, and why, as the audit log tells it.
  static final class Named {
    @Parameters(paramLabel = "NAME", description = "any login name")
    private String name = "";

    @Option(names = "--reason", defaultValue = "", description = "for the log")
    private String reason = "";

    private Order order(Order.Kind kind) {
      return Order.of(kind).with("name", name).with("reason", reason);
    }
  }

  @Command(name = "create", description = "Create an account.", mixinStandardHelpOptions = true)
  static final class Create implements Callable<Integer> {
    @Mixin private Cli.Settings settings = new Cli.Settings();

    @Option(names = "--username")
    private @Nullable String username;

    @Option(names = "--phone")
    private @Nullable String phone;

    @Option(names = "--email")
    private @Nullable String email;

    @Option(
        names = "--nickname",
        required = true,
        description = "display name; a login name if no other is given")
    private String nickname = "";

    @Option(names = "--password")
    private @Nullable String password;

    @Override
    public Integer call() {
      return Ordering.give(
          settings,
          Order.of(Order.Kind.ACCOUNT_CREATE)
              .with("username", username)
              .with("phone", phone)
              .with("email", email)
              .with("nickname", nickname)
              .with("password", password(password)));
    }
  }

  @Command(
      name = "passwd",
      description = "Set an account's password and end all its sessions.",
      mixinStandardHelpOptions = true)
  static final class Passwd implements Callable<Integer> {
    @Mixin private Cli.Settings settings = new Cli.Settings();

    @Parameters(paramLabel = "NAME", description = "any login name")
    private String name = "";

    @Option(names = "--password")
    private @Nullable String password;

    @Option(
        names = "--keep",
        description = "the owner chose it: it need not be changed at the next login")
    private boolean keep;

    @Override
    public Integer call() {
      return Ordering.give(
          settings,
          Order.of(Order.Kind.ACCOUNT_PASSWD)
              .with("name", name)
              .with("password", password(password))
              .with("keep", keep ? "true" : null));
    }
  }

  @Command(
      name = "disable",
      description = "Forbid an account to log in and end all its sessions.",
      mixinStandardHelpOptions = true)
  static final class Disable implements Callable<Integer> {
    @Mixin private Cli.Settings settings = new Cli.Settings();

    @Parameters(paramLabel = "NAME", description = "any login name")
    private String name = "";

    @Option(names = "--reason", defaultValue = "by the command line", description = "for the log")
    private String reason = "";

    @Option(names = "--undo", description = "allow it again, as enable does")
    private boolean undo;

    @Override
    public Integer call() {
      return Ordering.give(
          settings,
          Order.of(undo ? Order.Kind.ACCOUNT_ENABLE : Order.Kind.ACCOUNT_DISABLE)
              .with("name", name)
              .with("reason", reason));
    }
  }

  @Command(
      name = "enable",
      description = "Allow a disabled account to log in again.",
      mixinStandardHelpOptions = true)
  static final class Enable implements Callable<Integer> {
    @Mixin private Cli.Settings settings = new Cli.Settings();

    @Mixin private Named account = new Named();

    @Override
    public Integer call() {
      return Ordering.give(settings, account.order(Order.Kind.ACCOUNT_ENABLE));
    }
  }

  @Command(
      name = "totp-off",
      description = "Take an account's second factor away, for somebody who lost it.",
      mixinStandardHelpOptions = true)
  static final class TotpOff implements Callable<Integer> {
    @Mixin private Cli.Settings settings = new Cli.Settings();

    @Mixin private Named account = new Named();

    @Override
    public Integer call() {
      return Ordering.give(settings, account.order(Order.Kind.ACCOUNT_TOTP_OFF));
    }
  }

  @Command(
      name = "grant",
      description = "Set an account's rights; none given takes all away.",
      mixinStandardHelpOptions = true)
  static final class Grant implements Callable<Integer> {
    @Mixin private Cli.Settings settings = new Cli.Settings();

    @Parameters(index = "0", paramLabel = "NAME", description = "any login name")
    private String name = "";

    @Parameters(index = "1..*", paramLabel = "RIGHT", description = "admin, gateway, mail, entry")
    private List<String> rights = List.of();

    @Override
    public Integer call() {
      return Ordering.give(
          settings, Order.of(Order.Kind.ACCOUNT_GRANT).with("name", name).withAll("right", rights));
    }
  }
}
