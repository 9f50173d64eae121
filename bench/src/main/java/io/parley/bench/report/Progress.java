package io.parley.bench.report;

import java.io.Console;
import java.util.Locale;
import java.util.Optional;

/// Progress of one step on stderr: a line that rewrites itself on a terminal, otherwise a line of
/// percentage and time left every few seconds. One thread at a time.
public final class Progress implements AutoCloseable {
  private static final long TERMINAL_NANOS = 200_000_000L;
  private static final long LINE_NANOS = 5_000_000_000L;

  private final String what;
  private final long total;
  private final boolean terminal =
      Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  private final long start = System.nanoTime();
  private long shown = start - LINE_NANOS + 1_000_000_000L;
  private long at;

  /// `total` is in whatever unit [#at(long)] will speak.
  public Progress(String what, long total) {
    this.what = what;
    this.total = Math.max(1, total);
  }

  /// `done` of the total are done.
  public void at(long done) {
    at(done, "");
  }

  /// The same, with a remark such as the current rate.
  public void at(long done, String remark) {
    at = done;
    long now = System.nanoTime();
    if (now - shown >= (terminal ? TERMINAL_NANOS : LINE_NANOS)) {
      shown = now;
      show(remark);
    }
  }

  private void show(String remark) {
    double seconds = (System.nanoTime() - start) / 1e9;
    double left = at == 0 ? 0 : seconds * (total - at) / at;
    String eta = at == 0 ? "" : String.format(Locale.ROOT, ", %.0f s left", Math.max(0, left));
    String line =
        String.format(Locale.ROOT, "bench: %s %d%%%s %s", what, 100 * at / total, eta, remark);
    System.err.print(terminal ? "\r\033[K" + line : line.stripTrailing() + "\n");
    System.err.flush();
  }

  /// Ends the line.
  @Override
  public void close() {
    double seconds = (System.nanoTime() - start) / 1e9;
    String line = String.format(Locale.ROOT, "bench: %s took %.1f s", what, seconds);
    System.err.println(terminal ? "\r\033[K" + line : line);
  }
}
