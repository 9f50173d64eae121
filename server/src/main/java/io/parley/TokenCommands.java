package io.parley;

import io.parley.base.Entropy;
import io.parley.base.Right;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `parley token …`: tokens for programs that the operator trusts.
@Command(
    name = "token",
    description = "Make tokens for trusted programs.",
    mixinStandardHelpOptions = true,
    subcommands = TokenCommands.Create.class)
final class TokenCommands {
  private static final int TOKEN_BYTES = 32;

  private TokenCommands() {}

  @Command(
      name = "create",
      description = "Print a fresh token and the line that makes it known. Nothing is stored.",
      mixinStandardHelpOptions = true)
  static final class Create implements Callable<Integer> {
    @Option(
        names = "--rights",
        required = true,
        split = ",",
        paramLabel = "RIGHT",
        description = "admin, gateway, mail, entry; separated by commas")
    private List<String> rights = List.of();

    @Option(names = "--name", description = "what the token is called in parley.yaml")
    private String name = "service-1";

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
      String token = HexFormat.of().formatHex(Entropy.SYSTEM.bytes(TOKEN_BYTES));
      System.out.println(token);
      System.out.println("parley.yaml, under security.service_tokens:");
      System.out.println(
          "    - { name: %s, token: \"%s\", rights: [%s] }"
              .formatted(name, token, String.join(", ", names())));
      return Cli.OK;
    }

    private List<String> names() {
      try {
        return rights.stream().map(name -> Right.of(name).name().toLowerCase(Locale.ROOT)).toList();
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), "--rights: " + e.getMessage());
      }
    }
  }
}
