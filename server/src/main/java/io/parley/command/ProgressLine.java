package io.parley.command;

import io.parley.base.Clock;
import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;

/// How far long work has got: a bar on a terminal, a line for each tenth elsewhere.
final class ProgressLine {
  private static final long EVERY_NS = Duration.ofMillis(200).toNanos();
  private static final int BAR = 30;

  private final Clock clock;
  private final PrintStream out;
  private final String unit;
  private final boolean terminal;
  private final long begun;
  private long shownAt;
  private int shownTenth;

  /// @param unit of what is counted, in the plural
  ProgressLine(Clock clock, PrintStream out, String unit) {
    this.clock = clock;
    this.out = out;
    this.unit = unit;
    @SuppressWarnings("SystemConsoleNull") // null where the JDK was built without a console
    Console console = System.console();
    terminal = console != null && console.isTerminal();
    begun = clock.nanos();
  }

  /// @param part of the whole, 0 … 1
  /// @param count done in this run
  void at(double part, long count) {
    long now = clock.nanos();
    int tenth = (int) (part * 10);
    if (terminal ? now - shownAt < EVERY_NS && part < 1 : tenth <= shownTenth) {
      return;
    }
    shownAt = now;
    shownTenth = tenth;
    double seconds = Math.max(1, now - begun) / 1e9;
    String text =
        "%3d %%  %,d %s  %,.0f %s/s  %s left"
            .formatted((int) (part * 100), count, unit, count / seconds, unit, left(part, seconds));
    if (terminal) {
      int filled = (int) (part * BAR);
      out.print("\r[" + "#".repeat(filled) + ".".repeat(BAR - filled) + "] " + text + "   ");
      out.flush();
    } else {
      out.println("parley: " + text);
    }
  }

  private static String left(double part, double seconds) {
    long rest = part <= 0 ? 0 : Math.round(seconds * (1 - part) / part);
    return "%d:%02d".formatted(rest / 60, rest % 60);
  }

  void end() {
    if (terminal) {
      out.println();
    }
  }
}
