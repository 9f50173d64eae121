package io.parley.transcript;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What the transcripts of a contract must have exercised. A contract is listed once it is done.
///
/// An item is a name and a regular expression over the lines of [Exchanges]. gRPC methods come from
/// the descriptors; paths and codes are what the documents list.
final class Coverage {
  private Coverage() {}

  /// By contract, that is folder.
  static Map<String, Map<String, Pattern>> table() {
    return Map.of();
  }

  /// The names of what nothing in `exchanges` matches.
  static List<String> missing(Map<String, Pattern> items, Exchanges exchanges) {
    List<String> missing = new ArrayList<>();
    items.forEach(
        (name, pattern) -> {
          if (!exchanges.has(pattern)) {
            missing.add(name);
          }
        });
    return missing;
  }

  /// Every method of `services`, called with success.
  static Map<String, Pattern> methods(String... services) {
    Map<String, Pattern> items = new LinkedHashMap<>();
    for (String method : ApiMethods.all().keySet()) {
      if (List.of(services).contains(method.substring(0, method.indexOf('/')))) {
        items.put(method, Pattern.compile("^grpc " + Pattern.quote(method) + " -> OK"));
      }
    }
    return items;
  }
}
