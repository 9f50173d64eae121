package io.parley;

import io.parley.account.Account;
import io.parley.account.Accounts;
import io.parley.account.AliasKind;
import io.parley.account.Gender;
import io.parley.base.Clock;
import io.parley.base.Entropy;
import io.parley.base.Right;
import java.io.Console;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `parley account …`: what operators do to accounts while the server does not run. A password that
/// is not given as an option is asked for, or read from standard input where there is no terminal.
@Command(
    name = "account",
    description =
        "Create accounts and change them. The server must not be running on the same data.",
    mixinStandardHelpOptions = true,
    subcommands = {
      AccountCommands.Create.class,
      AccountCommands.Passwd.class,
      AccountCommands.Disable.class,
      AccountCommands.Grant.class
    })
final class AccountCommands {
  private AccountCommands() {}

  private static Core core(Cli.Settings settings) {
    return new Core(settings.config(), Clock.SYSTEM, Entropy.SYSTEM);
  }

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
      Map<AliasKind, String> aliases = new EnumMap<>(AliasKind.class);
      put(aliases, AliasKind.USERNAME, username);
      put(aliases, AliasKind.PHONE, phone);
      put(aliases, AliasKind.EMAIL, email);
      if (aliases.isEmpty()) {
        aliases.put(AliasKind.NICKNAME, nickname);
      }
      try (Core core = core(settings)) {
        Account account =
            core.accounts.register(
                new Accounts.Registration(
                    aliases, nickname, Gender.UNKNOWN, "", password(password)));
        System.out.println("created account " + account.id());
      }
      return Cli.OK;
    }

    private static void put(
        Map<AliasKind, String> aliases, AliasKind kind, @Nullable String value) {
      if (value != null) {
        aliases.put(kind, value);
      }
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

    @Override
    public Integer call() {
      try (Core core = core(settings)) {
        core.sessions.resetPassword(core.accounts.requireByAlias(name).id(), password(password));
      }
      System.out.println("password of " + name + " set; its sessions are ended");
      return Cli.OK;
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

    @Option(names = "--undo", description = "allow it again")
    private boolean undo;

    @Override
    public Integer call() {
      try (Core core = core(settings)) {
        core.sessions.setDisabled(core.accounts.requireByAlias(name).id(), !undo);
      }
      System.out.println(name + (undo ? " may log in again" : " is disabled"));
      return Cli.OK;
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
    private List<String> names = List.of();

    @Override
    public Integer call() {
      Set<Right> rights = EnumSet.noneOf(Right.class);
      names.forEach(right -> rights.add(Right.of(right)));
      try (Core core = core(settings)) {
        core.sessions.setRights(core.accounts.requireByAlias(name).id(), rights);
      }
      System.out.println(name + " now has the rights " + rights);
      return Cli.OK;
    }
  }
}
