package io.parley.bench.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Who used the processors between construction and [#stop()], in cores: the server, this
/// generator, and everybody else on the machine. Figures taken while others were busy are figures
/// of a smaller machine.
public final class CpuShare {
  private static final double TICKS_PER_SECOND = 100;

  private final ProcessFigures self = new ProcessFigures(ProcessHandle.current().pid());
  private final @Nullable ProcessFigures server;
  private final long startNanos = System.nanoTime();
  private final double machineBefore = machineSeconds();
  private final Duration selfBefore = self.cpu();
  private final Duration serverBefore;

  private double serverCores = Double.NaN;
  private double generatorCores;
  private double otherCores;

  /// Begins to count. `server` may be unknown.
  public CpuShare(@Nullable ProcessFigures server) {
    this.server = server;
    serverBefore = server == null ? Duration.ZERO : server.cpu();
  }

  /// Ends the count.
  public void stop() {
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    generatorCores = self.cpu().minus(selfBefore).toNanos() / 1e9 / seconds;
    double known = generatorCores;
    Duration serverAfter = server == null ? Duration.ZERO : server.cpu();
    if (serverAfter.compareTo(serverBefore) > 0) {
      serverCores = serverAfter.minus(serverBefore).toNanos() / 1e9 / seconds;
      known += serverCores;
    }
    otherCores = Math.max(0, (machineSeconds() - machineBefore) / seconds - known);
  }

  /// Of the server; NaN when its pid is not known or it died, and then it counts among the others.
  public double server() {
    return serverCores;
  }

  public double generator() {
    return generatorCores;
  }

  public double others() {
    return otherCores;
  }

  /// Seconds that all processors were busy since boot: user, nice, system, irq, softirq and steal
  /// of /proc/stat.
  private static double machineSeconds() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
      String[] fields = lines.findFirst().orElse("").split(" +", -1);
      double ticks = 0;
      for (int i = 1; i < Math.min(fields.length, 9); i++) {
        boolean idle = i == 4 || i == 5;
        ticks += idle ? 0 : Long.parseLong(fields[i]);
      }
      return ticks / TICKS_PER_SECOND;
    } catch (IOException e) {
      return 0;
    }
  }
}
