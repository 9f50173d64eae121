package io.parley.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `parley bench SCENARIO`. Exit codes: 0 clean, 1 something was lost, duplicated or reordered, 2
/// wrong usage, 3 the run could not be made.
@Command(
    name = "parley bench",
    mixinStandardHelpOptions = true,
    description = "Measures a Parley server and checks its promises while doing so.",
    subcommands = {
      SendScenario.class,
      FanoutScenario.class,
      IdleScenario.class,
      FeedScenario.class,
      StartupScenario.class,
      EntryScenario.class,
      HostileScenario.class,
      ClusterScenario.class,
      CapacityScenario.class
    })
public final class Main implements Runnable {
  private static final int WRONG_USAGE = 2;
  private static final int FAILED = 3;

  @Spec
  private @SuppressWarnings("NullAway.Init") CommandSpec spec;

  private Main() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which scenario?");
  }

  /// Runs one scenario and exits.
  public static void main(String[] args) {
    // The parser checks every bound itself before it reads; Netty's own checks would be paid twice.
    System.setProperty("io.netty.buffer.checkBounds", "false");
    System.setProperty("io.netty.buffer.checkAccessible", "false");
    System.setProperty("io.netty.leakDetection.level", "disabled");
    CommandLine commands =
        new CommandLine(new Main())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                  System.err.println("bench: " + failure.getMessage());
                  if (System.getenv("PARLEY_BENCH_TRACE") != null) {
                    failure.printStackTrace();
                  }
                  return failure instanceof IllegalArgumentException ? WRONG_USAGE : FAILED;
                });
    System.exit(commands.execute(args));
  }
}
