package io.parley.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The outcome of one run: settings, one table, what was checked, remarks. Built once by the
/// scenario, then printed and written as JSON.
public final class Report {
  private final String scenario;
  private final Instant date = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final Machine machine = Machine.here();
  private final Map<String, Object> settings = new LinkedHashMap<>();
  private final List<String> columns;
  private final List<Map<String, Object>> rows = new ArrayList<>();
  private final Map<String, Object> figures = new LinkedHashMap<>();
  private final Map<String, Object> checks = new LinkedHashMap<>();
  private final List<String> remarks = new ArrayList<>();

  /// `columns` are the headings after the first, which names the measure.
  public Report(String scenario, List<String> columns) {
    this.scenario = scenario;
    this.columns = columns;
  }

  public Report setting(String name, Object value) {
    settings.put(name, value);
    return this;
  }

  /// One line of the table; `values` in the order of the columns, numbers or text. Missing ones at
  /// the end stay empty.
  public Report row(String measure, Object... values) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("measure", measure);
    for (int i = 0; i < values.length; i++) {
      row.put(columns.get(i), values[i]);
    }
    rows.add(row);
    return this;
  }

  /// A single number beside the table.
  public Report figure(String name, Object value) {
    figures.put(name, value);
    return this;
  }

  /// A count that ought to be zero, or a fact that ought to hold.
  public Report check(String name, Object value) {
    checks.put(name, value);
    return this;
  }

  public Report remark(String text) {
    remarks.add(text);
    return this;
  }

  /// Prints to stdout, and to `json` unless that is empty.
  public void publish(String json) {
    System.out.print(text());
    System.out.flush();
    if (!json.isEmpty()) {
      try {
        Files.writeString(Path.of(json), Json.write(tree()) + "\n");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("scenario", scenario);
    tree.put("date", date.toString());
    Map<String, Object> where = new LinkedHashMap<>();
    where.put("cores", machine.cores());
    where.put("cpu", machine.cpu());
    where.put("memory", machine.memory());
    where.put("kernel", machine.kernel());
    where.put("jdk", machine.jdk());
    tree.put("machine", where);
    tree.put("settings", settings);
    tree.put("rows", rows);
    tree.put("figures", figures);
    tree.put("checks", checks);
    tree.put("remarks", remarks);
    return tree;
  }

  String text() {
    StringBuilder out = new StringBuilder();
    out.append("parley bench ").append(scenario).append("  ").append(date).append('\n');
    out.append("machine   ").append(machine).append('\n');
    out.append("jdk       ").append(machine.jdk()).append('\n');
    out.append("settings  ").append(pairs(settings)).append("\n\n");
    List<String> heads = new ArrayList<>(List.of("measure"));
    heads.addAll(columns);
    out.append(TextTable.of(heads, rows)).append('\n');
    line(out, "figures   ", figures);
    line(out, "checks    ", checks);
    remarks.forEach(remark -> out.append("remark    ").append(remark).append('\n'));
    return out.toString();
  }

  private static void line(StringBuilder out, String label, Map<String, Object> map) {
    if (!map.isEmpty()) {
      out.append(label).append(pairs(map)).append('\n');
    }
  }

  private static String pairs(Map<String, Object> map) {
    List<String> parts = new ArrayList<>();
    map.forEach((name, value) -> parts.add(name + " " + TextTable.cell(value)));
    return String.join(", ", parts);
  }
}
