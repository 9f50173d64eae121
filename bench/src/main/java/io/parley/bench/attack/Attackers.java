package io.parley.bench.attack;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Strikes with one attack after the other.
public final class Attackers implements AutoCloseable {
  private static final int DEEP_MESSAGES = 200;
  private static final int DEEP_CHARS = 4_000;
  private static final long PAUSE_NANOS = 50_000_000;
  private static final long SETUP_NANOS = 60_000_000_000L;

  private final Victim victim;
  private final Http http;
  private final List<Attack> attacks;

  public Attackers(Victim victim) {
    this.victim = victim;
    http = new Http(victim);
    WireAttacks onTheWire = new WireAttacks(victim);
    HttpAttacks overHttp = new HttpAttacks(http, victim);
    attacks =
        List.of(
            onTheWire.malformed(),
            onTheWire.streams(),
            onTheWire.slowHeads(),
            onTheWire.slowUploads(),
            overHttp.bombPictures(),
            overHttp.searches(),
            overHttp.registrations(),
            overHttp.nameQueries(),
            overHttp.guesses());
  }

  /// All there are, in the order in which they are struck.
  public List<Attack> attacks() {
    return attacks;
  }

  /// Sends `receiver` what searches will read: messages of a sign that folding makes eighteen of.
  ///
  /// @return how many were taken
  public int arm(long receiver) throws IOException, InterruptedException {
    String body = "{\"text\":{\"content\":\"" + "\uFDFA".repeat(DEEP_CHARS) + "\"}}";
    String path = "/v1/users/" + Long.toUnsignedString(receiver) + "/messages/text";
    int taken = 0;
    for (int i = 0; i < DEEP_MESSAGES; i++) {
      String status =
          http.post(path, victim.token(0), Http.json(body), System.nanoTime() + SETUP_NANOS);
      taken += status.equals("200") ? 1 : 0;
    }
    return taken;
  }

  /// Strikes until `untilNanos` (System.nanoTime) and returns when the last has let go.
  public Tally strike(Attack attack, long untilNanos) {
    Tally tally = new Tally(attack.name());
    AtomicLong numbers = new AtomicLong();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < attack.atOnce(); i++) {
        pool.execute(() -> strikeOn(attack, numbers, untilNanos, tally));
      }
      long left = untilNanos - System.nanoTime();
      while (left > 0 && !Thread.currentThread().isInterrupted()) {
        LockSupport.parkNanos(left);
        left = untilNanos - System.nanoTime();
      }
      pool.shutdownNow();
    }
    return tally;
  }

  private static void strikeOn(Attack attack, AtomicLong numbers, long untilNanos, Tally tally) {
    while (System.nanoTime() - untilNanos < 0 && !Thread.currentThread().isInterrupted()) {
      try {
        tally.add(attack.strike().go(numbers.getAndIncrement(), untilNanos));
      } catch (IOException e) {
        // Whoever is pulled off at the end had been held until then.
        boolean over =
            Thread.currentThread().isInterrupted() || System.nanoTime() - untilNanos >= 0;
        tally.add(over ? "held" : "cut");
        LockSupport.parkNanos(PAUSE_NANOS);
      } catch (InterruptedException e) {
        tally.add("held");
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Whether the server answers a stranger's `ping` in time.
  public boolean answers() throws InterruptedException {
    try {
      return http.get("/v1/ping", "", System.nanoTime() + SETUP_NANOS).equals("200");
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
