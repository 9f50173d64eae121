package io.parley.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Writes maps, lists, text, numbers and truth values as JSON (RFC 8259), indented by two.
public final class Json {
  private Json() {}

  /// The text of a value.
  public static String write(Object value) {
    StringBuilder out = new StringBuilder();
    append(out, value, "\n");
    return out.toString();
  }

  private static void append(StringBuilder out, Object value, String newline) {
    switch (value) {
      case Map<?, ?> map -> {
        String before = newline + "  ";
        out.append('{');
        int n = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          out.append(n++ == 0 ? "" : ",").append(before);
          quote(out, String.valueOf(entry.getKey()));
          out.append(": ");
          append(out, entry.getValue(), before);
        }
        out.append(n == 0 ? "" : newline).append('}');
      }
      case List<?> list -> {
        String before = newline + "  ";
        out.append('[');
        for (int n = 0; n < list.size(); n++) {
          out.append(n == 0 ? "" : ",").append(before);
          append(out, list.get(n), before);
        }
        out.append(list.isEmpty() ? "" : newline).append(']');
      }
      case Double d when !Double.isFinite(d) -> out.append("null");
      case Double d -> out.append(String.format(Locale.ROOT, "%.4f", d));
      case Number number -> out.append(number);
      case Boolean truth -> out.append(truth);
      default -> quote(out, value.toString());
    }
  }

  private static void quote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
