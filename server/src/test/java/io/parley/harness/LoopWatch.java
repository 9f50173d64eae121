package io.parley.harness;

import io.parley.store.Db;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// Looks at the server's event loops again and again, and remembers where one of them waited in our
/// code, or read or wrote the store. A loop that has nothing to do is in a native call; one that
/// waits for a future or a queue may wait for itself.
///
/// One look in some milliseconds: what it finds is true, what waits for less may go unseen.
public final class LoopWatch implements AutoCloseable {
  private static final int PAUSE_MS = 25;
  private static final int REFRESH = 20;
  private static final Set<String> WAITS = Set.of("park", "wait", "wait0", "sleep", "sleepNanos0");

  /// Of [Db]; the others return at once.
  private static final Set<String> BLOCKS = Set.of("read", "write");

  private final Set<String> found = ConcurrentHashMap.newKeySet();
  private final Predicate<Thread> loop;
  private final Thread watching;
  private volatile boolean stopped;

  /// Of the servers of this process.
  public LoopWatch() {
    this(thread -> thread.getName().startsWith("armeria-"));
  }

  public LoopWatch(Predicate<Thread> loop) {
    this.loop = loop;
    watching = Thread.ofPlatform().daemon().name("loop-watch").start(this::watch);
  }

  private void watch() {
    List<Thread> loops = List.of();
    for (int round = 0; !stopped; round++) {
      if (round % REFRESH == 0) {
        loops = threads().stream().filter(loop).toList();
      }
      loops.forEach(this::look);
      try {
        Thread.sleep(PAUSE_MS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static List<Thread> threads() {
    ThreadGroup all = Thread.currentThread().getThreadGroup();
    while (all.getParent() != null) {
      all = all.getParent();
    }
    Thread[] threads = new Thread[all.activeCount() + 64];
    return Arrays.asList(threads).subList(0, all.enumerate(threads, true));
  }

  private void look(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    if (stack.length > 0 && (waits(stack) || readsOrWrites(stack))) {
      found.add(thread.getName() + " waits:\n  " + String.join("\n  ", lines(stack)));
    }
  }

  private static boolean waits(StackTraceElement[] stack) {
    return WAITS.contains(stack[0].getMethodName())
        && Arrays.stream(stack).anyMatch(frame -> frame.getClassName().startsWith("io.parley."))
        && Arrays.stream(stack).noneMatch(LoopWatch::isLock);
  }

  /// The framework guards its queues with locks that are held for an instant.
  private static boolean isLock(StackTraceElement frame) {
    return frame.getClassName().startsWith("java.util.concurrent.locks.ReentrantLock");
  }

  private static boolean readsOrWrites(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .anyMatch(
            frame ->
                frame.getClassName().equals(Db.class.getName())
                    && BLOCKS.contains(frame.getMethodName()));
  }

  private static List<String> lines(StackTraceElement[] stack) {
    return Arrays.stream(stack).map(StackTraceElement::toString).toList();
  }

  /// The stacks that were seen waiting.
  public Set<String> found() {
    return found;
  }

  @Override
  public void close() {
    stopped = true;
    watching.interrupt();
  }
}
