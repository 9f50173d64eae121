package io.parley.harness;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LoopWatchTest {
  @Test
  void loopThatWaitsInOurCode_isFound() throws Exception {
    CompletableFuture<String> never = new CompletableFuture<>();
    Thread ours = Thread.ofPlatform().name("wild-loop-1").start(() -> never.join());
    try (LoopWatch watch = new LoopWatch(thread -> thread.getName().startsWith("wild-loop-"))) {
      while (watch.found().isEmpty()) {
        Thread.onSpinWait();
      }
      String stack = watch.found().iterator().next();
      assertTrue(stack.startsWith("wild-loop-1 waits"), stack);
      assertTrue(stack.contains("LoopWatchTest"), stack);
    }
    never.complete("");
    ours.join();
  }
}
