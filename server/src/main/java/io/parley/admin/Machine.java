package io.parley.admin;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What the process and its disk say of themselves.
public final class Machine {
  /// @param data bytes of the records: the database and its log
  /// @param total,free bytes of the disk that holds the data folder
  public record Disk(long data, long total, long free) {}

  private static final Path STATUS = Path.of("/proc/self/status");

  private Machine() {}

  /// Bytes of memory that the process occupies; 0 where the system does not tell.
  public static long rssBytes() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
    } catch (IOException e) {
      return 0; // Not Linux.
    }
    return 0;
  }

  /// The share of all processors that the process takes, 0 … 1, since it was last asked; negative
  /// where the system does not tell.
  public static double processorShare() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuLoad();
  }

  /// Milliseconds spent collecting garbage since the start.
  public static long gcMs() {
    long all = 0;
    for (GarbageCollectorMXBean each : ManagementFactory.getGarbageCollectorMXBeans()) {
      all += Math.max(0, each.getCollectionTime());
    }
    return all;
  }

  /// The disk of the data folder `dir`.
  public static Disk disk(Path dir) {
    try {
      FileStore disk = Files.getFileStore(dir);
      long data = 0;
      for (String name : List.of("parley.db", "parley.db-wal")) {
        Path file = dir.resolve(name);
        data += Files.exists(file) ? Files.size(file) : 0;
      }
      return new Disk(data, disk.getTotalSpace(), disk.getUsableSpace());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
