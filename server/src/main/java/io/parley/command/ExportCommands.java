package io.parley.command;

import io.parley.admin.SignedLines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `parley export …`: what the admin console exported.
@Command(
    name = "export",
    description = "Check exports of the admin console.",
    mixinStandardHelpOptions = true,
    subcommands = ExportCommands.Verify.class)
final class ExportCommands {
  private ExportCommands() {}

  @Command(
      name = "verify",
      description = "Check that an export is whole and as it was signed.",
      mixinStandardHelpOptions = true)
  static final class Verify implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "compressed or not")
    private Path file = Path.of("");

    @Option(
        names = "--key",
        description =
            "the public key of the server that should have signed it; without one, anybody may"
                + " have")
    private @Nullable String key;

    @Override
    public Integer call() throws IOException {
      try (InputStream in = Files.newInputStream(file)) {
        SignedLines.Verified found = SignedLines.verify(in);
        if (key != null && !key.equals(found.publicKey())) {
          System.err.println("parley: signed by another key: " + found.publicKey());
          return Cli.FAILED;
        }
        System.out.println(
            "%s of %s: %d rows, whole, signed by %s%s"
                .formatted(
                    found.kind(),
                    found.exportedAt(),
                    found.rows(),
                    found.publicKey(),
                    key == null ? " (not compared: give --key)" : ""));
        return Cli.OK;
      } catch (SignedLines.Forged e) {
        System.err.println("parley: " + e.getMessage());
        return Cli.FAILED;
      }
    }
  }
}
