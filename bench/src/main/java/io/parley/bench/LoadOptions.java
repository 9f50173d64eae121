package io.parley.bench;

import io.parley.bench.load.Pace;
import io.parley.bench.load.Plan;
import io.parley.bench.pace.InFlight;
import io.parley.bench.report.Report;
import io.parley.bench.wire.Form;
import io.parley.bench.wire.Stamp;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What every scenario with traffic takes.
final class LoadOptions {
  @Option(
      names = "--seconds",
      defaultValue = "10",
      description = "Measured time (${DEFAULT-VALUE}).")
  int seconds;

  @Option(
      names = "--warmup",
      defaultValue = "5",
      description = "Seconds of traffic before (${DEFAULT-VALUE}).")
  int warmup;

  @Option(
      names = "--drain",
      defaultValue = "20",
      description = "Seconds at most for what is under way at the end (${DEFAULT-VALUE}).")
  int drain;

  @Option(
      names = "--rate",
      defaultValue = "0",
      description =
          "Sends a second over all senders, on a timetable; 0 = as fast as the window allows.")
  double rate;

  @Option(
      names = "--size",
      defaultValue = "64",
      description = "Characters of a message's text, at least 32 (${DEFAULT-VALUE}).")
  int size;

  @Option(names = "--threads", defaultValue = "1", description = "Event loops (${DEFAULT-VALUE}).")
  int threads;

  @Option(
      names = "--form",
      defaultValue = "binary",
      description = "What sockets speak: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  Form form = Form.BINARY;

  @Option(
      names = "--histories",
      defaultValue = "4",
      description = "Conversations read back from the server at the end (${DEFAULT-VALUE}).")
  int histories;

  @Option(
      names = "--window",
      description =
          "Unanswered sends per sender, at most 64; not used with --rate. Default: 32 in send, 16"
              + " in fanout.")
  private @Nullable Integer window;

  /// Refuses what cannot be run, before a server is started for it.
  void check() {
    require(seconds > 0 && warmup >= 0 && drain >= 0, "--seconds must be above 0");
    require(rate >= 0, "--rate must not be negative");
    require(size >= Stamp.CHARS, "--size must be at least " + Stamp.CHARS);
    require(threads > 0, "--threads must be above 0");
    require(
        window == null || (window > 0 && window <= InFlight.MAX),
        "--window must be 1 to " + InFlight.MAX);
  }

  /// Unanswered sends per sender, where no rate is set.
  ///
  /// @param usual what the scenario has unless it is told
  int window(int usual) {
    return window == null ? usual : window;
  }

  /// Adds these settings to a report.
  Report describe(Report report, int usualWindow) {
    if (rate > 0) {
      report.setting("rate/s", rate);
    } else {
      report.setting("window", window(usualWindow));
    }
    return report
        .setting("form", form.name().toLowerCase(Locale.ROOT))
        .setting("text characters", size)
        .setting("warm-up s", warmup)
        .setting("measured s", seconds)
        .setting("generator threads", threads);
  }

  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /// The plan of a run in which each message goes to so many devices.
  Plan plan(Pace pace, int deliveriesPerMessage) {
    return new Plan(
        Duration.ofSeconds(warmup),
        Duration.ofSeconds(seconds),
        Duration.ofSeconds(drain),
        pace,
        deliveriesPerMessage);
  }
}
