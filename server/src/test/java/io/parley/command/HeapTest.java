package io.parley.command;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.MemoryUsage;
import org.junit.jupiter.api.Test;

class HeapTest {
  private static final long MIB = 1 << 20;

  @Test
  void littleAlive_mayGrowByTheSlack_beforeItIsCollected() {
    assertFalse(Heap.grown(60 * MIB + Heap.SLACK_BYTES, left(60 * MIB)));
    assertTrue(Heap.grown(61 * MIB + Heap.SLACK_BYTES, left(60 * MIB)));
  }

  @Test
  void muchAlive_mayGrowByTheFactor_beforeItIsCollected() {
    assertFalse(Heap.grown(3000 * MIB, left(1000 * MIB)));
    assertTrue(Heap.grown(3001 * MIB, left(1000 * MIB)));
  }

  private static MemoryUsage left(long bytes) {
    return new MemoryUsage(0, bytes, bytes, -1);
  }
}
