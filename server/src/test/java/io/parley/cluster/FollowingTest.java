package io.parley.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.base.Clock;
import io.parley.base.Ids;
import io.parley.base.Node;
import io.parley.base.SessionId;
import io.parley.bus.Event;
import io.parley.bus.EventWire;
import io.parley.bus.Loss;
import io.parley.harness.TestBus;
import io.parley.harness.TestLimits;
import io.parley.harness.Waiting;
import io.parley.store.Db;
import io.parley.store.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a server makes of events that others wrote into the store they share.
class FollowingTest {
  private static final Event ENDED = new Event.SessionEnded(new AccountId(7), new SessionId(70));
  private static final Event FIRST = new Event.AccountChanged(new AccountId(1));
  private static final Event SECOND = new Event.AccountChanged(new AccountId(2));

  @TempDir Path dir;
  private final Later clock = new Later();
  private final Ids ids = new Ids(Clock.SYSTEM, 0);
  private final List<Event> heard = new CopyOnWriteArrayList<>();
  private final List<Loss> losses = new CopyOnWriteArrayList<>();
  private Db db;
  private SharedBus bus;

  /// The machine's clock, moved on by so much; its waits really pass.
  private static final class Later implements Clock {
    private volatile long byNs;

    @Override
    public long millis() {
      return SYSTEM.millis() + byNs / 1_000_000;
    }

    @Override
    public long nanos() {
      return SYSTEM.nanos() + byNs;
    }

    @Override
    public void sleep(Duration duration) {
      SYSTEM.sleep(duration);
    }
  }

  @BeforeEach
  void open() {
    db = Db.open(StoreSettings.sqlite(), dir, TestLimits.defaults());
    bus = new SharedBus(new TestBus(), db, ids, new Node(0, 1), clock);
    bus.onLoss(losses::add);
  }

  @AfterEach
  void close() {
    bus.close();
    db.close();
  }

  /// As a server on PostgreSQL does, whose commits say which id they end with.
  private void otherWrites(Event... events) {
    EventStore store = new EventStore();
    db.change(
        tx -> {
          long id = tx.settled();
          for (Event event : events) {
            id++;
            store.add(tx, id, EventWire.encode(event));
          }
          tx.update("UPDATE store_state SET value = ? WHERE name = 'ids'", id);
        });
  }

  /// Else what was said before the logout would still be pushed to whom it ended.
  @Test
  void eventsReadTogether_endsOfSessionsAreHeardFirst_theOthersInTheirOrder() {
    bus.subscribe(heard::add);
    bus.follow(new Nodes(db), null, () -> Figures.NONE);
    otherWrites(FIRST, SECOND, ENDED);
    Waiting.until(() -> heard.size() == 3);
    assertEquals(List.of(ENDED, FIRST, SECOND), heard);
  }

  @Test
  void eventOnWhichASubscriberFails_comesAgain_andWithItWhatIsBehindIt() {
    List<Event> tried = new CopyOnWriteArrayList<>();
    bus.subscribe(
        event -> {
          tried.add(event);
          if (event.equals(FIRST) && tried.size() < 3) {
            throw new IllegalStateException("not now");
          }
          heard.add(event);
        });
    bus.follow(new Nodes(db), null, () -> Figures.NONE);
    otherWrites(FIRST, SECOND);
    Waiting.until(() -> heard.size() == 2);
    assertEquals(List.of(FIRST, FIRST, FIRST, SECOND), tried);
  }

  @Test
  void serverThatReadNothingForMinutes_isToldOnce_andGoesOnFromNow() {
    bus.subscribe(heard::add);
    bus.follow(new Nodes(db), null, () -> Figures.NONE);
    otherWrites(FIRST);
    Waiting.until(() -> heard.size() == 1);
    assertEquals(List.of(), losses);
    long beforeMs = Clock.SYSTEM.millis();
    clock.byNs = Duration.ofMinutes(6).toNanos();
    Waiting.until(() -> !losses.isEmpty());
    Loss loss = losses.getFirst();
    assertEquals(Loss.FORGOTTEN, loss.node());
    assertTrue(Math.abs(loss.sinceMs() - beforeMs) < 60_000, () -> loss + " and not " + beforeMs);
    otherWrites(SECOND);
    Waiting.until(() -> heard.size() == 2);
    assertEquals(List.of(FIRST, SECOND), heard);
    assertEquals(1, losses.size());
  }
}
