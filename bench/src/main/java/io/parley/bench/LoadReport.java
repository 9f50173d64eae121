package io.parley.bench;

import io.parley.bench.ledger.Faults;
import io.parley.bench.load.Audit;
import io.parley.bench.load.Outcome;
import io.parley.bench.report.Report;
import java.util.List;
import org.HdrHistogram.Histogram;

/// Turns an outcome and its audit into the report that the send and the fan-out scenario share.
final class LoadReport {
  private static final List<String> COLUMNS =
      List.of("per second", "count", "p50 ms", "p99 ms", "p99.9 ms", "max ms");

  private LoadReport() {}

  static Report of(String scenario, Outcome outcome, Audit audit) {
    Report report = new Report(scenario, COLUMNS);
    row(report, "sends acknowledged", outcome.acksPerSecond(), outcome.ackNanos(), outcome);
    row(report, "deliveries", outcome.deliveriesPerSecond(), outcome.deliveryNanos(), outcome);
    figures(report, outcome);
    checks(report, outcome, audit);
    audit.remarks().forEach(report::remark);
    return report;
  }

  static void figures(Report report, Outcome outcome) {
    report
        .figure("server cores", outcome.cpu().server())
        .figure("generator cores", outcome.cpu().generator())
        .figure("others' cores", outcome.cpu().others())
        .figure("longest generator stall ms", outcome.stallMillis())
        .figure("drain s", outcome.drainSeconds());
  }

  private static void row(
      Report report, String measure, double rate, Histogram nanos, Outcome outcome) {
    report.row(
        measure,
        rate,
        Math.round(rate * outcome.seconds()),
        nanos.getValueAtPercentile(50) / 1e6,
        nanos.getValueAtPercentile(99) / 1e6,
        nanos.getValueAtPercentile(99.9) / 1e6,
        nanos.getMaxValue() / 1e6);
  }

  static void checks(Report report, Outcome outcome, Audit audit) {
    Faults faults = audit.faults();
    report
        .check("lost", faults.lost())
        .check("duplicated", faults.duplicated())
        .check("reordered", faults.reordered())
        .check("seqs given twice", faults.seqsTwice())
        .check("seqs missing", faults.holes())
        .check("echoed to the sender", faults.echoed())
        .check("altered", faults.altered())
        .check("history differences", faults.history())
        .check("histories read", audit.histories())
        .check("closed as slow", audit.slow())
        .check("unanswered", outcome.unanswered())
        .check("never sent", outcome.unsent());
  }

  /// The exit code: 0 when every promise held.
  static int exitCode(Outcome outcome, Audit audit) {
    boolean nothing = outcome.acksPerSecond() == 0;
    if (nothing) {
      System.err.println("bench: not one send was acknowledged in the measured time");
    }
    return audit.faults().clean() && !nothing ? 0 : 1;
  }
}
