package io.parley.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.harness.Gate;
import io.parley.harness.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
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
  void events_areDeliveredOnce_inTheirOrder_howeverManyComeAtATime() throws Exception {
    LocalBus bus = new LocalBus(1_000);
    List<Long> heard = new ArrayList<>();
    Gate gate = new Gate();
    bus.subscribe(
        event -> {
          gate.hold();
          heard.add(account(event));
        });
    List<Long> told = new ArrayList<>();
    for (long id = 1; id <= 1_000; id++) {
      bus.publish(new Event.AccountChanged(new AccountId(id)));
      told.add(id);
    }
    gate.open();
    Waiting.until(() -> bus.waiting() == 0);
    // The thread rests between two batches, and beats again after each.
    Waiting.until(() -> bus.heartbeats().getFirst().beats(Duration.ofNanos(-1)));
    for (long id = 1_001; id <= 1_003; id++) {
      bus.publish(new Event.AccountChanged(new AccountId(id)));
      told.add(id);
    }
    bus.close();
    assertEquals(told, heard);
    bus.publish(new Event.AccountChanged(new AccountId(1_004)));
    bus.close();
    assertEquals(told, heard, "nothing is taken once it is closed");
    assertEquals(0, bus.waiting());
  }

  @Test
  void publishers_waitWhileTheQueueIsFull() throws Exception {
    LocalBus bus = new LocalBus(2);
    Gate gate = new Gate();
    List<Long> heard = new ArrayList<>();
    bus.subscribe(
        event -> {
          gate.hold();
          heard.add(account(event));
        });
    bus.publish(new Event.AccountChanged(new AccountId(1)));
    gate.awaitHeld();
    bus.publish(new Event.AccountChanged(new AccountId(2)));
    bus.publish(new Event.AccountChanged(new AccountId(3)));
    assertEquals(2, bus.waiting());
    Thread publisher =
        Thread.ofPlatform().start(() -> bus.publish(new Event.AccountChanged(new AccountId(4))));
    Waiting.until(() -> publisher.getState() == Thread.State.WAITING);
    gate.open();
    publisher.join();
    bus.close();
    assertEquals(List.of(1L, 2L, 3L, 4L), heard);
  }

  @Test
  void publisherThatIsInterrupted_staysSo() throws Exception {
    LocalBus bus = new LocalBus(1);
    Gate gate = new Gate();
    bus.subscribe(_ -> gate.hold());
    bus.publish(new Event.TrustChanged());
    gate.awaitHeld();
    bus.publish(new Event.TrustChanged());
    boolean[] interrupted = new boolean[1];
    Thread publisher =
        Thread.ofPlatform()
            .start(
                () -> {
                  bus.publish(new Event.TrustChanged());
                  interrupted[0] = Thread.currentThread().isInterrupted();
                });
    publisher.interrupt();
    publisher.join();
    assertTrue(interrupted[0]);
    gate.open();
    bus.close();
  }

  @Test
  void heartbeat_tellsWorkingFromResting_andEndsWithTheThread() throws Exception {
    LocalBus bus = new LocalBus(100);
    Gate gate = new Gate();
    bus.subscribe(_ -> gate.hold());
    assertTrue(
        bus.heartbeats().getFirst().beats(Duration.ofNanos(-1)),
        "an idle thread is never too slow");
    bus.publish(new Event.TrustChanged());
    gate.awaitHeld();
    assertTrue(bus.heartbeats().getFirst().beats(ANY));
    assertFalse(bus.heartbeats().getFirst().beats(Duration.ofNanos(-1)));
    gate.open();
    bus.close();
    assertFalse(bus.heartbeats().getFirst().beats(ANY));
  }

  private static long account(Event event) {
    return ((Event.AccountChanged) event).account().value();
  }
}
