package io.parley.valkey;

import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the server can be spoken to and heard. Says so in the log once when it becomes worse,
/// and once when all is well again.
final class Condition {
  private static final Logger log = LoggerFactory.getLogger(Condition.class);

  /// What can fail.
  enum Way {
    SENDING,
    HEARING,
    /// What is kept together can be reached.
    SHARING
  }

  private final Set<Way> failing = EnumSet.noneOf(Way.class);

  synchronized void fails(Way way, Throwable why) {
    if (failing.isEmpty()) {
      log.warn(
          "bus.url: other nodes are out of reach ({}); until they are back, messages of other nodes"
              + " are read from the store each second, what else happens there shows late, and"
              + " failed logins are counted here alone",
          root(why));
    }
    failing.add(way);
  }

  synchronized void works(Way way) {
    if (failing.remove(way) && failing.isEmpty()) {
      log.info("bus.url: other nodes are in reach again");
    }
  }

  synchronized boolean isGood() {
    return failing.isEmpty();
  }

  /// The text of the first cause: those around it name addresses that may hold what is secret.
  private static String root(Throwable why) {
    Throwable root = why;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
