package io.parley.command;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The settings on a plain `serve` command line, read by hand.
final class ServeFlags {
  /// The entry that holds what `--config` says.
  static final String FILE = "--config";

  private static final Map<String, String> KEYS =
      Map.of(
          "--config", FILE,
          "--data", "data.dir",
          "--host", "server.host",
          "--port", "server.port",
          "--management-port", "server.management_port");

  private ServeFlags() {}

  /// Dotted key → value. Null if there is anything else on the line, help and mistakes included:
  /// that is for the command line library to answer.
  static @Nullable Map<String, String> read(List<String> args) {
    Map<String, String> flags = new HashMap<>();
    Iterator<String> rest = args.iterator();
    while (rest.hasNext()) {
      String flag = rest.next();
      String value;
      int equals = flag.indexOf('=');
      if (equals > 0) {
        value = flag.substring(equals + 1);
        flag = flag.substring(0, equals);
      } else if (rest.hasNext()) {
        value = rest.next();
      } else {
        return null;
      }
      int keyEnd = value.indexOf('=');
      if (flag.equals("--set") && keyEnd > 0) {
        flags.put(value.substring(0, keyEnd), value.substring(keyEnd + 1));
      } else if (KEYS.containsKey(flag) && !value.startsWith("--")) {
        flags.put(KEYS.getOrDefault(flag, flag), value);
      } else {
        return null;
      }
    }
    return flags;
  }
}
