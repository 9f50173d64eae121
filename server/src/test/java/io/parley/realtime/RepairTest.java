package io.parley.realtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.base.Clock;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Ids;
import io.parley.base.Node;
import io.parley.bus.Audience;
import io.parley.bus.Event;
import io.parley.bus.Loss;
import io.parley.harness.TestLimits;
import io.parley.harness.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ObjLongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Ann is connected to node 3; the store has messages to her, whose seq is their place in it.
class RepairTest {
  private static final ConversationId CHAT = new ConversationId(900);
  private static final Audience BOTH = new Audience.Pair(new AccountId(1), new AccountId(2));
  /// Of a round in which nobody is connected but Ann: after her, and at its end.
  private static final int PAUSES = 2;

  private static final long NOW = Ids.EPOCH_MS + 1_000_000;

  private final Crowd crowd = new Crowd(TestLimits.defaults(), true, 0, Runnable::run);
  private final Crowd.Peer ann = crowd.peer(1, "phone").admit();
  private final List<Long> asked = new ArrayList<>();
  private final AtomicInteger pauses = new AtomicInteger();
  private volatile CountDownLatch goOn = new CountDownLatch(0);
  private int node;
  private int stored;
  private boolean broken;
  private final Delivery delivery =
      new Delivery(crowd.registry, (group, since) -> new long[0], crowd, TestLimits.defaults());
  private final Repair repair =
      new Repair(
          new Node(3, 0),
          crowd.registry,
          delivery,
          delivery::accept,
          this::read,
          new Paused(),
          Duration.ofMillis(20),
          Thread::startVirtualThread);

  /// Counts the pauses, which last until `goOn`.
  private final class Paused implements Clock {
    @Override
    public long millis() {
      return NOW;
    }

    @Override
    public long nanos() {
      return 0;
    }

    @Override
    public void sleep(Duration duration) {
      pauses.incrementAndGet();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @AfterEach
  void close() {
    goOn.countDown();
    repair.close();
  }

  /// Two at a time; ids from 1 above what is asked for first.
  private long read(long above, int of, ObjLongConsumer<Event.MessagePosted> sink) {
    if (broken) {
      throw Fault.of(FaultCode.BUSY, "busy");
    }
    asked.add(above);
    node = of;
    long first = asked.getFirst();
    long last = Math.min(first + stored, above + 2);
    for (long id = above + 1; id <= last; id++) {
      sink.accept(posted(id - first), id);
    }
    return last;
  }

  @Test
  void messages_arePushedOnce_fromALittleBeforeTheLoss() {
    stored = 5;
    repair.hear(new Loss(7, NOW, false));
    assertEquals(5, ann.frames);
    assertEquals(7, node);
    assertEquals(Ids.before(NOW - 10_000), asked.getFirst());
    repair.hear(new Loss(7, NOW, false));
    assertEquals(5, ann.frames, "again");
  }

  @Test
  void whatTheBusDelivered_isNotPushedAgain() {
    stored = 3;
    repair.note(posted(2));
    repair.hear(new Loss(7, NOW, false));
    assertEquals(2, ann.frames);
  }

  @Test
  void lossOfAll_isOfAllOthers() {
    repair.hear(new Loss(Loss.ALL, NOW, false));
    assertEquals(-4, node);
  }

  @Test
  void lossOfWhatIsForgotten_sendsEverybodyAway_andPushesNothing() {
    stored = 5;
    repair.hear(new Loss(Loss.FORGOTTEN, NOW, true));
    assertEquals(0, ann.frames);
    assertTrue(ann.closed);
    assertEquals(List.of(), asked);
  }

  @Test
  void endlessMessages_endSomewhere() {
    stored = 1_000_000;
    repair.hear(new Loss(7, NOW, false));
    assertEquals(20_000, ann.frames);
  }

  @Test
  void storeThatCannotBeRead_isSaid() {
    broken = true;
    assertThrows(Fault.class, () -> repair.hear(new Loss(7, NOW, true)));
    assertEquals(0, crowd.syncs);
  }

  @Test
  void whileItLasts_nobodyIsAskedToPull_thenEverybodyOnce() {
    List<Crowd.Peer> peers = new ArrayList<>();
    for (int account = 10; account < 200; account++) {
      peers.add(crowd.peer(account, "phone").admit());
    }
    repair.hear(new Loss(7, NOW, false));
    assertEquals(0, crowd.syncs);
    repair.hear(new Loss(7, NOW, true));
    Waiting.until(() -> peers.stream().allMatch(peer -> peer.frames == 1));
    assertEquals(1, ann.frames);
  }

  @Test
  void manyLosses_areAFewRounds() {
    goOn = new CountDownLatch(1);
    repair.hear(new Loss(7, NOW, true));
    Waiting.until(() -> pauses.get() == 1);
    for (int i = 0; i < 100; i++) {
      repair.hear(new Loss(7, NOW, true));
    }
    assertEquals(1, ann.frames, "while the first one runs");
    goOn.countDown();
    Waiting.until(() -> pauses.get() == 2 * PAUSES);
    repair.hear(new Loss(7, NOW, true));
    Waiting.until(() -> pauses.get() >= 3 * PAUSES);
    assertEquals(3, ann.frames, "rounds: the first, one for a hundred, one for the last");
  }

  @Test
  void sessionThatEndedUnheard_isCut() {
    Crowd.Peer[] bob = new Crowd.Peer[1];
    boolean[] ended = {false};
    bob[0] = crowd.peer(2, "phone");
    bob[0].admit(
        () -> {
          if (ended[0]) {
            throw Fault.of(FaultCode.NOT_LOGGED_IN, "ended");
          }
          return bob[0].connection.caller();
        });
    ended[0] = true;
    repair.hear(new Loss(7, NOW, true));
    Waiting.until(() -> bob[0].closed);
  }

  private static Event.MessagePosted posted(long seq) {
    return new Event.MessagePosted(CHAT, seq, 0, BOTH, new byte[0]);
  }
}
