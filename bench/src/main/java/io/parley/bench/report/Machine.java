package io.parley.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Where the figures were taken. A figure without this is hearsay.
public record Machine(int cores, String cpu, String memory, String kernel, String jdk) {
  /// The machine the generator runs on.
  public static Machine here() {
    String kilobytes = field("/proc/meminfo", "MemTotal").replaceAll("\\D", "");
    String memory =
        kilobytes.isEmpty()
            ? "unknown"
            : String.format(Locale.ROOT, "%.1f GiB", Long.parseLong(kilobytes) / 1048576.0);
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        field("/proc/cpuinfo", "model name"),
        memory,
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vendor") + " " + Runtime.version());
  }

  private static String field(String file, String key) {
    try {
      List<String> lines = Files.readAllLines(Path.of(file));
      return lines.stream()
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public String toString() {
    return cores + " cores, " + cpu + ", " + memory + ", " + kernel;
  }
}
