package io.parley.bench.subject;

import io.parley.bench.report.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.function.IntFunction;

/// Does a set-up step many times over, a few at once, with progress.
public final class Crowd {
  private static final int AT_ONCE = 16;

  private Crowd() {}

  /// Runs `step` for 0 … count-1 and returns the results in that order. Fails when one fails.
  public static <T> List<T> each(String what, int count, IntFunction<T> step) {
    ThreadFactory virtual = Thread.ofVirtual().factory();
    try (ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE, virtual);
        Progress progress = new Progress(what, count)) {
      List<Future<T>> futures = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        int index = i;
        futures.add(pool.submit(() -> step.apply(index)));
      }
      List<T> results = new ArrayList<>(count);
      for (Future<T> future : futures) {
        results.add(future.get());
        progress.at(results.size());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(what + ": " + e.getCause(), e);
    }
  }
}
