package io.parley.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ScansTest {
  private final Scans scans = new Scans();

  @Test
  void searchesForShortWords_runOneAtATime() throws Exception {
    AtomicInteger running = new AtomicInteger();
    List<Integer> together = eightTimes(() -> scans.run("天气", () -> countIn(running)));
    assertEquals(List.of(1, 1, 1, 1, 1, 1, 1, 1), together);
  }

  @Test
  void searchesThatTheIndexServes_runTogether() throws Exception {
    CyclicBarrier all = new CyclicBarrier(8);
    List<Integer> met = eightTimes(() -> scans.run("weather", () -> meet(all)));
    assertEquals(8, met.size());
  }

  /// How many are in here, this one included.
  private static int countIn(AtomicInteger running) {
    int present = running.incrementAndGet();
    Thread.onSpinWait();
    present = Math.max(present, running.get());
    running.decrementAndGet();
    return present;
  }

  private static int meet(CyclicBarrier all) {
    try {
      return all.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("they did not meet", e);
    }
  }

  /// Eight at once.
  private static List<Integer> eightTimes(Callable<Integer> search) throws Exception {
    List<Integer> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Integer> each : threads.invokeAll(java.util.Collections.nCopies(8, search))) {
        results.add(each.get());
      }
    }
    return results;
  }
}
