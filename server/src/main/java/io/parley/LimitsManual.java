package io.parley;

import io.parley.admin.LimitInForce;
import io.parley.base.Limits;
import io.parley.config.ConfigLayers;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The limits in force next to what `parley.yaml` says of them.
final class LimitsManual {
  private static final Pattern LINE = Pattern.compile("  ([a-z_]+): (\\d+)(?: +# (.*))?");

  /// By the end of a key, the more particular one first.
  private static final List<Map.Entry<String, String>> UNITS =
      List.of(
          Map.entry("_bytes_max", "bytes"),
          Map.entry("_pixels_max", "pixels"),
          Map.entry("_code_points_max", "code points"),
          Map.entry("_chars_max", "characters"),
          Map.entry("_chars_min", "characters"),
          Map.entry("_days", "days"),
          Map.entry("_s", "seconds"));

  private LimitsManual() {}

  /// In the order of `parley.yaml`.
  static List<LimitInForce> of(Limits limits) {
    List<LimitInForce> all = new ArrayList<>();
    String manual = ConfigLayers.packed();
    Matcher line = LINE.matcher("");
    for (String each : manual.substring(manual.indexOf("\nlimits:")).split("\n")) {
      if (line.reset(each).matches()) {
        String key = line.group(1);
        String text = line.group(3);
        all.add(
            new LimitInForce(
                key,
                value(limits, key),
                Long.parseLong(line.group(2)),
                unit(key),
                text == null ? "" : text));
      }
    }
    return all;
  }

  private static long value(Limits limits, String key) {
    for (RecordComponent component : Limits.class.getRecordComponents()) {
      if (ConfigLayers.key(component).equals(key)
          && ConfigLayers.component(limits, component) instanceof Number number) {
        return number.longValue();
      }
    }
    throw new IllegalStateException("limits has no " + key);
  }

  private static String unit(String key) {
    for (Map.Entry<String, String> unit : UNITS) {
      if (key.endsWith(unit.getKey())) {
        return unit.getValue();
      }
    }
    return "count";
  }
}
