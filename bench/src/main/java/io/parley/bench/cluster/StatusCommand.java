package io.parley.bench.cluster;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Says how every part of a cluster is.
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Says how every part is. Exit 0: all as it should be.")
final class StatusCommand implements Callable<Integer> {
  @Option(
      names = "--dir",
      defaultValue = ClusterCommand.DIR,
      description = "Its folder (${DEFAULT-VALUE}).")
  private Path dir = Path.of(ClusterCommand.DIR);

  @Override
  public Integer call() {
    Cluster cluster = Cluster.find(dir);
    if (cluster == null) {
      System.err.println("parley: " + dir + " holds no cluster: ./parley cluster up makes one");
      return ClusterCommand.FAILED;
    }
    return ClusterCommand.print(cluster);
  }
}
