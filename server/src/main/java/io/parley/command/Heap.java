package io.parley.command;

import io.parley.base.Clock;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Keeps the process as small as what is alive in it. The serial collector looks for garbage among
/// old objects only when the heap has reached its maximum, half of the machine's memory: under load
/// it would grow there with next to nothing alive. So a whole collection is asked for once there
/// are [#FACTOR] times as many old bytes as the last one left, and at least [#SLACK_BYTES] more.
final class Heap {
  static final int FACTOR = 3;
  static final long SLACK_BYTES = 512L << 20;
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  private Heap() {}

  /// Watches in the background as long as the process runs; does nothing under collectors that see
  /// to it themselves.
  static void watch(Clock clock) {
    MemoryPoolMXBean old = old();
    if (old != null) {
      Thread.ofVirtual().name("heap").start(() -> watch(old, clock));
    }
  }

  private static void watch(MemoryPoolMXBean old, Clock clock) {
    while (true) {
      clock.sleep(LOOK_EVERY);
      if (grown(old.getUsage().getUsed(), old.getCollectionUsage())) {
        System.gc();
      }
    }
  }

  /// @param collected what the last whole collection left
  static boolean grown(long used, MemoryUsage collected) {
    return used > Math.max(FACTOR * collected.getUsed(), collected.getUsed() + SLACK_BYTES);
  }

  private static @Nullable MemoryPoolMXBean old() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().equals("Tenured Gen"))
        .findFirst()
        .orElse(null);
  }
}
