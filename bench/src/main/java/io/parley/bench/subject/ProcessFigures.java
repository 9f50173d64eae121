package io.parley.bench.subject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// What the kernel and `jcmd` tell about a process.
///
/// @param pid the process
public record ProcessFigures(long pid) {
  private static final long JCMD_S = 60;

  /// `garbage-first heap   total reserved 6172672K, committed 180224K, used 50153K`, `def new
  /// generation   total 9216K, used 412K`; not the metaspace, which has no total.
  private static final Pattern HEAP_USED = Pattern.compile(" total [^\\n]*used (\\d+)K");

  /// Resident memory in bytes: VmRSS.
  public long rssBytes() {
    return kilobytes("status", "VmRSS:") * 1024;
  }

  /// The resident memory that is not backed by files, in bytes: heap, stacks, native buffers.
  public long anonymousBytes() {
    return kilobytes("smaps_rollup", "Anonymous:") * 1024;
  }

  /// Processor time used so far.
  public Duration cpu() {
    return ProcessHandle.of(pid)
        .flatMap(handle -> handle.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }

  /// Makes the JVM collect all garbage, twice: what the first pass only queued is gone after the
  /// second.
  public void collectGarbage() {
    jcmd("GC.run");
    jcmd("GC.run");
  }

  /// Bytes of the Java heap in use: after [#collectGarbage()], what lives.
  public long heapBytes() {
    return HEAP_USED
        .matcher(jcmd("GC.heap_info"))
        .results()
        .mapToLong(result -> Long.parseLong(result.group(1)) * 1024)
        .sum();
  }

  private String jcmd(String command) {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    try {
      Process process =
          new ProcessBuilder(List.of(jcmd, Long.toString(pid), command))
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(JCMD_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException("jcmd " + pid + " " + command + " failed: " + said);
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private long kilobytes(String file, String key) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), file)).stream()
          .filter(line -> line.startsWith(key))
          .map(line -> line.replaceAll("\\D+", ""))
          .mapToLong(Long::parseLong)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new IllegalStateException("process " + pid + " cannot be read: " + e.getMessage(), e);
    }
  }
}
