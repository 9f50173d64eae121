package io.parley.account;

import io.parley.base.AccountId;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.store.Db;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Replaces the fast hashes of imported passwords by slow ones, in the background, as their owners
/// log in.
///
/// It takes a tenth of one core, so that a crowd that logs in for the first time is not slowed
/// down. At most 10,000 wait; who does not fit in is taken at the next login.
final class Upgrades implements AutoCloseable {
  private record Due(
      AccountId account, Scheme scheme, String verifier, Supplier<String> slowVerifier) {}

  private static final int WAITING_MAX = 10_000;
  private static final int IDLE_PARTS = 9;

  private final Db db;
  private final Clock clock;
  private final AccountStore store;
  private final BlockingQueue<Due> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
  private @Nullable Thread worker;

  Upgrades(Db db, Clock clock, AccountStore store) {
    this.db = db;
    this.clock = clock;
    this.store = store;
  }

  /// `verifier` is replaced if it is still the account's when its turn comes.
  void offer(AccountId account, Scheme scheme, String verifier, Supplier<String> slowVerifier) {
    if (waiting.offer(new Due(account, scheme, verifier, slowVerifier))) {
      start();
    }
  }

  private synchronized void start() {
    if (worker == null) {
      worker = Thread.ofPlatform().daemon().name("parley-upgrades").start(this::run);
    }
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Due due = waiting.take();
        long began = clock.nanos();
        String slow = due.slowVerifier().get();
        long took = clock.nanos() - began;
        db.change(
            tx ->
                store.replaceVerifier(
                    tx, due.account(), due.scheme().name(), due.verifier(), slow));
        clock.sleep(Duration.ofNanos(IDLE_PARTS * took));
      }
    } catch (InterruptedException | Fault e) {
      // The server stops, or the store is in trouble: the next login offers it again.
    } finally {
      ended();
    }
  }

  private synchronized void ended() {
    worker = null;
  }

  @Override
  public void close() {
    Thread running;
    synchronized (this) {
      running = worker;
    }
    if (running != null) {
      running.interrupt();
    }
  }
}
