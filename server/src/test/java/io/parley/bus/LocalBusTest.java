package io.parley.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LocalBusTest {
  private static final Duration ANY = Duration.ofDays(1);

  @Test
  void subscriberThatThrowsAnError_keepsNothingFromOthersNorFromItself() {
    List<Long> first = new ArrayList<>();
    List<Long> second = new ArrayList<>();
    LocalBus bus = new LocalBus(100);
    bus.subscribe(
        event -> {
          first.add(account(event));
          if (account(event) == 1) {
            throw new StackOverflowError();
          }
          throw new IllegalStateException();
        });
    bus.subscribe(event -> second.add(account(event)));
    for (long id = 1; id <= 3; id++) {
      bus.publish(new Event.AccountChanged(new AccountId(id)));
    }
    bus.close();
    assertEquals(List.of(1L, 2L, 3L), first);
    assertEquals(List.of(1L, 2L, 3L), second);
  }

  @Test
  void heartbeat_tellsWorkingFromResting_andEndsWithTheThread() throws Exception {
    LocalBus bus = new LocalBus(100);
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    bus.subscribe(
        event -> {
          busy.countDown();
          try {
            gate.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    assertTrue(bus.heartbeat().beats(Duration.ofNanos(-1)), "an idle thread is never too slow");
    bus.publish(new Event.TrustChanged());
    busy.await();
    assertTrue(bus.heartbeat().beats(ANY));
    assertFalse(bus.heartbeat().beats(Duration.ofNanos(-1)));
    gate.countDown();
    bus.close();
    assertFalse(bus.heartbeat().beats(ANY));
  }

  private static long account(Event event) {
    return ((Event.AccountChanged) event).account().value();
  }
}
