package io.parley.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.Clock;
import io.parley.base.Ids;
import io.parley.base.Node;
import io.parley.bus.Loss;
import io.parley.harness.TestBus;
import io.parley.harness.TestLimits;
import io.parley.harness.Waiting;
import io.parley.store.Db;
import io.parley.store.StoreSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedBusTest {
  @TempDir Path dir;

  /// Who makes up for it pushes, and must know by then whose session has ended.
  @Test
  void lossWhileTheStoreCannotBeRead_isToldOnceItIsKnownWhoLoggedOut() throws Exception {
    Db db = Db.open(StoreSettings.sqlite(), dir, TestLimits.defaults());
    Node self = new Node(0, 1);
    TestBus inner = new TestBus();
    SharedBus bus = new SharedBus(inner, db, new Ids(Clock.SYSTEM, 0), self);
    List<Loss> told = new CopyOnWriteArrayList<>();
    bus.onLoss(told::add);
    bus.follow(new Nodes(db), null, () -> Figures.NONE);
    inner.lose();
    assertEquals(1, told.size());
    db.close();
    Waiting.until(() -> !bus.isCurrent());
    Thread teller = Thread.ofPlatform().start(inner::lose);
    Waiting.until(() -> teller.getState() == Thread.State.TIMED_WAITING || !teller.isAlive());
    assertTrue(teller.isAlive());
    assertEquals(1, told.size());
    bus.unfollow();
    teller.join();
    assertEquals(2, told.size());
  }
}
