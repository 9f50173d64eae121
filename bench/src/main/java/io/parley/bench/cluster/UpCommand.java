package io.parley.bench.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Makes a cluster and starts it, or starts what of it does not run.
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Makes it and starts it, or starts what of it does not run.")
final class UpCommand implements Callable<Integer> {
  @Option(names = "--nodes", defaultValue = "3", description = "Nodes (${DEFAULT-VALUE}).")
  private int nodes;

  @Option(
      names = "--dir",
      defaultValue = ClusterCommand.DIR,
      description = "Its folder (${DEFAULT-VALUE}).")
  private Path dir = Path.of(ClusterCommand.DIR);

  @Option(
      names = "--port",
      defaultValue = "0",
      description = "Of the balancer; 0 = any that is free (${DEFAULT-VALUE}).")
  private int port;

  @Option(names = "--no-standby", description = "PostgreSQL without a standby.")
  private boolean noStandby;

  @Option(
      names = "--no-bus",
      description = "No Valkey or Redis: nodes hear of each other by reading the database.")
  private boolean noBus;

  @Option(names = "--no-s3", description = "No S3 server: each node keeps its own uploads.")
  private boolean noS3;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of every node; repeatable.")
  private List<String> settings = new ArrayList<>();

  @Override
  public Integer call() {
    Cluster cluster = Cluster.find(dir);
    if (cluster == null) {
      Layout.Wish wish = new Layout.Wish(nodes, !noStandby, !noBus, !noS3, settings, port);
      cluster = Cluster.make(dir, Layout.of(wish), Routes.STRAIGHT);
    } else {
      System.err.println(
          "parley: "
              + dir
              + " has a cluster already, which stays what it was made as (nodes: "
              + cluster.layout().nodes()
              + ")");
    }
    if (cluster.up() == 0) {
      System.err.println("parley: all of it runs");
    }
    int code = ClusterCommand.print(cluster);
    System.out.println(cluster.url());
    return code;
  }
}
