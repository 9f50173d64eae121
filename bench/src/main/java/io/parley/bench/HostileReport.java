package io.parley.bench;

import io.parley.bench.attack.Tally;
import io.parley.bench.load.Audit;
import io.parley.bench.load.Outcome;
import io.parley.bench.load.Slice;
import io.parley.bench.report.Report;
import java.util.List;
import org.HdrHistogram.Histogram;

/// The table of the hostile scenario: a row for what callers noticed before, during each attack and
/// after.
final class HostileReport {
  private static final List<String> COLUMNS =
      List.of(
          "acks",
          "ack p50 ms",
          "ack p99 ms",
          "ack max ms",
          "push p50 ms",
          "push p99 ms",
          "push max ms",
          "refused",
          "lost",
          "strikes");

  private HostileReport() {}

  static Report of(Outcome outcome, Audit audit, List<Tally> tallies) {
    Report report = new Report("hostile", COLUMNS);
    List<Slice> slices = outcome.slices();
    row(report, "before", slices.getFirst(), 0);
    for (int i = 0; i < tallies.size(); i++) {
      row(report, tallies.get(i).name(), slices.get(i + 1), tallies.get(i).strikes());
    }
    row(report, "after", slices.getLast(), 0);
    LoadReport.figures(report, outcome);
    LoadReport.checks(report, outcome, audit);
    tallies.forEach(each -> report.remark(each.name() + " came to: " + each));
    audit.remarks().forEach(report::remark);
    return report;
  }

  /// Lost is what was due then, was acknowledged and never pushed: each message has one receiver.
  private static void row(Report report, String name, Slice slice, long strikes) {
    Histogram acks = slice.ackNanos();
    Histogram pushes = slice.deliveryNanos();
    report.row(
        name,
        acks.getTotalCount(),
        acks.getValueAtPercentile(50) / 1e6,
        acks.getValueAtPercentile(99) / 1e6,
        acks.getMaxValue() / 1e6,
        pushes.getValueAtPercentile(50) / 1e6,
        pushes.getValueAtPercentile(99) / 1e6,
        pushes.getMaxValue() / 1e6,
        slice.refused().sum(),
        Math.max(0, acks.getTotalCount() - pushes.getTotalCount()),
        strikes);
  }
}
