package io.parley.bench.cluster;

import io.parley.bench.net.Balancer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Is one of the parts that are programs of this module; `up` starts them.
@Command(name = "part", hidden = true)
final class PartCommand implements Callable<Integer> {
  private static final Duration LOOK = Duration.ofMillis(500);

  @Parameters(index = "0")
  private String name = "";

  @Option(names = "--dir", required = true)
  private Path dir = Path.of("");

  @Override
  public Integer call() throws Exception {
    Cluster cluster = Cluster.find(dir);
    if (cluster == null) {
      throw new IllegalArgumentException(dir + " holds no cluster");
    }
    switch (name) {
      case Layout.S3 -> S3Server.serve(dir, cluster.layout());
      case Layout.BALANCER -> {
        try (Balancer balancer =
            new Balancer(cluster.layout().port(name), cluster.backends(), LOOK)) {
          System.err.println("parley: the balancer serves at port " + balancer.port());
          Thread.currentThread().join();
        }
      }
      default -> throw new IllegalArgumentException("no part is called " + name);
    }
    return 0;
  }
}
