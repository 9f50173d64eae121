package io.parley.transcript;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Messages that came and were not yet looked at.
final class Inbox {
  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);

  private final List<String> messages = new ArrayList<>();

  synchronized void add(String message) {
    messages.add(message);
    notifyAll();
  }

  /// Takes the next message, which must be as `expected` says; `~` before it takes the first that
  /// is, and leaves others for later. The answer is the message.
  synchronized String expect(Scope scope, String expected) {
    boolean anywhere = expected.startsWith("~");
    String wanted = anywhere ? expected.substring(1).strip() : expected;
    long deadline = System.nanoTime() + PATIENCE_NS;
    while (true) {
      Iterator<String> each = messages.iterator();
      while (each.hasNext()) {
        String message = each.next();
        if (!anywhere) {
          check(scope, wanted, message);
        }
        if (!anywhere || fits(scope, wanted, message)) {
          each.remove();
          return message;
        }
      }
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new Mismatch(wanted, messages.isEmpty() ? "nothing came" : messages.toString());
      }
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Mismatch("interrupted");
      }
    }
  }

  private static boolean fits(Scope scope, String wanted, String message) {
    try {
      check(scope, wanted, message);
      return true;
    } catch (Mismatch e) {
      return false;
    }
  }

  private static void check(Scope scope, String wanted, String message) {
    if (JsonMatch.looksLikeJson(wanted)) {
      JsonMatch.check(scope, wanted, message);
    } else if (!scope.matches(wanted, message)) {
      throw new Mismatch(wanted, message);
    }
  }
}
