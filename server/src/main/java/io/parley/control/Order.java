package io.parley.control;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A command of the operator's, whoever carries it out: this process, or the server that has the
/// data folder.
///
/// @param command e.g. `account.grant`
/// @param options values by name
public record Order(String command, Map<String, List<String>> options) {
  public static Order of(String command) {
    return new Order(command, new LinkedHashMap<>());
  }

  /// The same with an option; null leaves it out.
  public Order with(String name, @Nullable String value) {
    return value == null ? this : withAll(name, List.of(value));
  }

  /// The same with an option that may have several values.
  public Order withAll(String name, List<String> values) {
    Map<String, List<String>> more = new LinkedHashMap<>(options);
    more.put(name, List.copyOf(values));
    return new Order(command, more);
  }

  public List<String> all(String name) {
    return options.getOrDefault(name, List.of());
  }

  /// Empty if it is not there.
  public String one(String name) {
    List<String> values = all(name);
    return values.isEmpty() ? "" : values.getFirst();
  }

  public boolean has(String name) {
    return options.containsKey(name);
  }

  /// Without the options: there may be a password among them.
  @Override
  public String toString() {
    return "Order[" + command + "]";
  }
}
