package io.parley.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// An aligned table that is also Markdown: numbers to the right, thousands separated.
public final class TextTable {
  private TextTable() {}

  /// A line for each row, under the heads; what a row has not stays empty.
  public static String of(List<String> heads, List<Map<String, Object>> rows) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(heads);
    for (Map<String, Object> row : rows) {
      lines.add(heads.stream().map(head -> cell(row.getOrDefault(head, ""))).toList());
    }
    int[] widths = new int[heads.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    StringBuilder out = new StringBuilder();
    for (int n = 0; n < lines.size(); n++) {
      append(out, lines.get(n), widths);
      if (n == 0) {
        rule(out, widths);
      }
    }
    return out.toString();
  }

  private static void append(StringBuilder out, List<String> cells, int[] widths) {
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - cells.get(i).length());
      out.append("| ").append(i == 0 ? cells.get(i) + padding : padding + cells.get(i)).append(' ');
    }
    out.append("|\n");
  }

  private static void rule(StringBuilder out, int[] widths) {
    for (int i = 0; i < widths.length; i++) {
      out.append('|').append("-".repeat(widths[i] + 1)).append(i == 0 ? "-" : ":");
    }
    out.append("|\n");
  }

  static String cell(Object value) {
    return switch (value) {
      case Double d when Math.abs(d) >= 1000 -> String.format(Locale.ROOT, "%,.0f", d);
      case Double d when Math.abs(d) >= 100 -> String.format(Locale.ROOT, "%.0f", d);
      case Double d -> String.format(Locale.ROOT, "%.2f", d);
      case Long n -> String.format(Locale.ROOT, "%,d", n);
      case Integer n -> String.format(Locale.ROOT, "%,d", n);
      default -> value.toString();
    };
  }
}
