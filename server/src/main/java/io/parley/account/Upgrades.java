package io.parley.account;

import io.parley.base.AccountId;
import io.parley.base.Clock;
import io.parley.base.Fault;
import io.parley.store.Db;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Replaces the fast hashes of imported passwords by slow ones, in the background, as their owners
/// log in.
///
/// It takes a tenth of one core, so that a crowd that logs in for the first time is not slowed
/// down. At most 10,000 wait, each once; who does not fit in is taken at the next login. The login
/// that led to it stays remembered as [Passwords] remembers any: the next one is not the first that
/// a slow hash is made for.
final class Upgrades implements AutoCloseable {
  /// What a login showed, without its wire value.
  interface Shown {
    /// Takes long.
    String slowVerifier();

    /// The login is right for `verifier`, which was made of it, and need not be checked for `left`.
    void remember(String verifier, Duration left);
  }

  private record Place(AccountId account, String scheme) {}

  private record Due(Place place, String verifier, Shown shown, long sinceNs) {}

  private static final int WAITING_MAX = 10_000;
  private static final int IDLE_PARTS = 9;

  private final Db db;
  private final Clock clock;
  private final AccountStore store;
  private final BlockingQueue<Due> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
  private final Set<Place> places = ConcurrentHashMap.newKeySet();
  private @Nullable Thread worker;

  Upgrades(Db db, Clock clock, AccountStore store) {
    this.db = db;
    this.clock = clock;
    this.store = store;
  }

  /// `verifier` is replaced if it is still the account's when its turn comes.
  ///
  /// @param shown asked for if there is room
  void offer(AccountId account, Scheme scheme, String verifier, Supplier<Shown> shown) {
    Place place = new Place(account, scheme.name());
    if (places.contains(place) || waiting.remainingCapacity() == 0 || !places.add(place)) {
      return;
    }
    if (waiting.offer(new Due(place, verifier, shown.get(), clock.nanos()))) {
      start();
    } else {
      places.remove(place);
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
        try {
          replace(due);
        } finally {
          places.remove(due.place());
        }
        long took = clock.nanos() - began;
        clock.sleep(Duration.ofNanos(IDLE_PARTS * took));
      }
    } catch (InterruptedException | Fault e) {
      // The server stops, or the store is in trouble: the next login offers it again.
    } finally {
      ended();
    }
  }

  private void replace(Due due) {
    String slow = due.shown().slowVerifier();
    Place place = due.place();
    boolean replaced =
        db.write(
            tx -> store.replaceVerifier(tx, place.account(), place.scheme(), due.verifier(), slow));
    Duration left = Passwords.REMEMBER.minusNanos(clock.nanos() - due.sinceNs());
    if (replaced && left.isPositive()) {
      due.shown().remember(slow, left);
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
