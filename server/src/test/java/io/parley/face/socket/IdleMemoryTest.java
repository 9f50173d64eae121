package io.parley.face.socket;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.parley.harness.TestLimits;
import io.parley.harness.Waiting;
import java.lang.management.ManagementFactory;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What an idle authenticated socket keeps. The promise is 4 KB of the process for each; the heap
/// has most of it.
class IdleMemoryTest {
  private static final int SOCKETS = 2000;
  private static final int BYTES_MAX = 4096;

  @Test
  void idleSocket_keepsLittle_clientSideIncluded() throws Exception {
    try (TestServer server = new TestServer(TestLimits.defaults())) {
      // Classes, pools and caches first.
      for (SocketChannel warm : SocketMeasure.connect(server.port(), 200)) {
        warm.close();
      }
      Waiting.until(() -> server.face.openSockets() == 0);
      long before = used();
      List<SocketChannel> open = SocketMeasure.connect(server.port(), SOCKETS);
      Waiting.until(() -> server.registry.size() == SOCKETS);
      long each = (used() - before) / SOCKETS;
      for (SocketChannel channel : open) {
        channel.close();
      }
      assertTrue(each < BYTES_MAX, each + " bytes for each socket");
    }
  }

  private static long used() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    long direct =
        ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider provider
            ? provider.metric().usedDirectMemory()
            : 0;
    return least + direct;
  }
}
