package io.parley.bench.cluster;

import io.parley.bench.report.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `./parley cluster up|down|status`. Exit codes: 0 as asked, 1 something is not as it should be, 2
/// wrong usage.
@Command(
    name = "parley cluster",
    mixinStandardHelpOptions = true,
    description = {
      "A whole cluster on this machine, in one folder: PostgreSQL with a synchronous standby,",
      "Valkey or Redis, an S3 server, nodes, and a balancer before them, all on 127.0.0.1.",
      "For a laptop and for tests: it is one machine, and its loss is the loss of all."
    },
    subcommands = {UpCommand.class, DownCommand.class, StatusCommand.class, PartCommand.class})
public final class ClusterCommand implements Runnable {
  static final int FAILED = 1;
  static final String DIR = "data/cluster";
  private static final int WRONG_USAGE = 2;
  private static final List<String> HEADS = List.of("what", "pid", "is", "address", "log");

  @Spec
  private @SuppressWarnings("NullAway.Init") CommandSpec spec;

  private ClusterCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "up, down or status?");
  }

  /// Runs one command and exits.
  public static void main(String[] args) {
    CommandLine commands =
        new CommandLine(new ClusterCommand())
            .setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                  System.err.println("parley: " + failure.getMessage());
                  if (System.getenv("PARLEY_BENCH_TRACE") != null) {
                    failure.printStackTrace();
                  }
                  return failure instanceof IllegalArgumentException ? WRONG_USAGE : FAILED;
                });
    System.exit(commands.execute(args));
  }

  /// Prints every part; the exit code says whether all are well.
  static int print(Cluster cluster) {
    List<Cluster.Part> parts = cluster.parts();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Cluster.Part part : parts) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("what", part.name());
      row.put("pid", part.pid() == 0 ? "" : Long.toString(part.pid()));
      row.put("is", part.condition());
      row.put("address", part.address());
      row.put("log", part.log());
      rows.add(row);
    }
    System.out.print(TextTable.of(HEADS, rows));
    System.out.flush();
    return parts.stream().allMatch(Cluster.Part::well) ? 0 : FAILED;
  }
}
