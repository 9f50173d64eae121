package io.parley.bench;

import io.parley.bench.capacity.Measured;
import io.parley.bench.capacity.Model;
import io.parley.bench.capacity.Need;
import io.parley.bench.capacity.Wish;
import io.parley.bench.report.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// What a wish needs, by arithmetic: nothing is run.
@Command(
    name = "capacity",
    mixinStandardHelpOptions = true,
    description = {
      "How many servers and databases a load needs, from what was measured of each part;",
      "docs/CAPACITY.md says where the figures come from and what is assumed. Runs nothing."
    })
final class CapacityScenario implements Callable<Integer> {
  private static final double GIB = 1L << 30;

  /// Steps from a team to the goal; each is carried with the same habits of people.
  private static final double[][] STEPS = {
    {10_000, 200}, {100_000, 2_000}, {1_000_000, 20_000}, {1_000_000, 100_000}, {10_000_000, 1e6},
  };

  @Option(
      names = "--connections",
      defaultValue = "0",
      description = "Open at once. 0: a table of steps up to ten million.")
  private double connections;

  @Option(names = "--sends", defaultValue = "0", description = "Messages a second.")
  private double sends;

  @Option(
      names = "--receivers",
      defaultValue = "3",
      description = "Connections that a message is pushed to (${DEFAULT-VALUE}).")
  private double receivers;

  @Option(
      names = "--session-hours",
      defaultValue = "4",
      description = "After which a connection logs in again (${DEFAULT-VALUE}).")
  private double sessionHours;

  @Option(
      names = "--ping-seconds",
      defaultValue = "30",
      description = "Between two heartbeats (${DEFAULT-VALUE}).")
  private double pingSeconds;

  @Option(
      names = "--kept-days",
      defaultValue = "365",
      description = "That messages are kept (${DEFAULT-VALUE}).")
  private double keptDays;

  @Option(names = "--cores", defaultValue = "8", description = "Of a server (${DEFAULT-VALUE}).")
  private double cores;

  @Option(
      names = "--memory-gib",
      defaultValue = "32",
      description = "Of a server (${DEFAULT-VALUE}).")
  private double memoryGib;

  @Option(
      names = "--busy",
      defaultValue = "0.5",
      description = "Part of a server's cores that may be in use (${DEFAULT-VALUE}).")
  private double busy;

  @Option(names = "--send-us", defaultValue = "33", description = MEASURED)
  private double sendUs;

  @Option(names = "--push-us", defaultValue = "1.5", description = MEASURED)
  private double pushUs;

  @Option(names = "--hear-us", defaultValue = "26", description = MEASURED)
  private double hearUs;

  @Option(names = "--login-us", defaultValue = "246", description = MEASURED)
  private double loginUs;

  @Option(names = "--ping-us", defaultValue = "5", description = MEASURED)
  private double pingUs;

  @Option(names = "--turn-sends", defaultValue = "12700", description = MEASURED)
  private double turnSends;

  @Option(names = "--bus-events", defaultValue = "100000", description = MEASURED)
  private double busEvents;

  @Option(names = "--socket-bytes", defaultValue = "4059", description = MEASURED)
  private double socketBytes;

  @Option(names = "--kernel-bytes", defaultValue = "4096", description = MEASURED)
  private double kernelBytes;

  @Option(names = "--server-bytes", defaultValue = "2e8", description = MEASURED)
  private double serverBytes;

  @Option(names = "--message-bytes", defaultValue = "400", description = MEASURED)
  private double messageBytes;

  private static final String MEASURED =
      "Measured, see docs/CAPACITY.md (${DEFAULT-VALUE}); give your own.";

  @Override
  public Integer call() {
    LoadOptions.require(
        busy > 0 && busy <= 1 && cores > 0 && memoryGib > 0.5, "--busy, --cores or --memory-gib");
    LoadOptions.require(
        sessionHours > 0 && pingSeconds > 0 && keptDays >= 0 && receivers >= 0,
        "times and receivers must be above 0");
    Measured measured =
        new Measured(
            sendUs,
            pushUs,
            hearUs,
            loginUs,
            pingUs,
            turnSends,
            busEvents,
            socketBytes,
            kernelBytes,
            serverBytes,
            messageBytes);
    List<Map<String, Object>> rows = new ArrayList<>();
    if (connections > 0 || sends > 0) {
      rows.add(row(measured, wish(connections, sends)));
    } else {
      for (double[] step : STEPS) {
        rows.add(row(measured, wish(step[0], step[1])));
      }
    }
    System.out.print(TextTable.of(List.copyOf(rows.getFirst().keySet()), rows));
    return 0;
  }

  private Wish wish(double open, double perSecond) {
    return new Wish(
        open,
        perSecond,
        receivers,
        sessionHours,
        pingSeconds,
        keptDays,
        cores,
        memoryGib * GIB,
        busy);
  }

  private static Map<String, Object> row(Measured measured, Wish wish) {
    Need need = Model.of(measured, wish);
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("connections", (long) wish.connections());
    row.put("sends/s", (long) wish.sends());
    row.put("installations", need.installations());
    row.put("servers each", need.serversEach());
    row.put("servers", (long) need.installations() * need.serversEach());
    row.put("turn used", need.turn());
    row.put("live way used", need.bus());
    row.put("hearing, part of cores", need.hearing());
    row.put("disk each, TiB", need.diskBytes() / GIB / 1024);
    row.put("limit", need.limit());
    return row;
  }
}
