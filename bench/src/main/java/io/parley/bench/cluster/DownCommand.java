package io.parley.bench.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Stops a cluster, whatever of it still runs.
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Stops it: the nodes drain, then the rest ends. What is stored stays.")
final class DownCommand implements Callable<Integer> {
  @Option(
      names = "--dir",
      defaultValue = ClusterCommand.DIR,
      description = "Its folder (${DEFAULT-VALUE}).")
  private Path dir = Path.of(ClusterCommand.DIR);

  @Option(names = "--delete", description = "Remove the folder, too, with all that is stored.")
  private boolean delete;

  @Override
  public Integer call() {
    Path folder = dir.toAbsolutePath().normalize();
    if (!Files.exists(folder)) {
      System.err.println("parley: there is no " + dir);
      return 0;
    }
    Cluster cluster = Cluster.find(folder);
    if (cluster != null) {
      cluster.down();
    }
    // Also what a lost cluster.json no longer tells of.
    List<Long> strays = Strays.of(folder);
    if (!strays.isEmpty()) {
      Strays.end(strays);
    } else if (cluster == null) {
      if (delete) {
        // It may be anybody's folder.
        System.err.println("parley: " + dir + " holds no cluster, and is left alone");
        return ClusterCommand.FAILED;
      }
      System.err.println("parley: " + dir + " holds no cluster");
      return 0;
    }
    if (delete) {
      Folders.delete(folder);
    }
    System.err.println("parley: " + dir + (delete ? " is stopped and removed" : " is stopped"));
    return 0;
  }
}
