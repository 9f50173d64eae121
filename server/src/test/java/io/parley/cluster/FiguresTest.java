package io.parley.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.Clock;
import io.parley.base.Ids;
import io.parley.base.Node;
import io.parley.harness.TestBus;
import io.parley.harness.TestLimits;
import io.parley.harness.Waiting;
import io.parley.store.Db;
import io.parley.store.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a server says of itself with each beat.
class FiguresTest {
  private static final Figures ALL =
      new Figures(1L, 2L, 3.5, 4L, 5L, 6L, Long.MAX_VALUE, 0.25, 9L, true);
  private static final String HUGE = "{\"sockets\":7,\"more\":\"" + "x".repeat(4096) + "\"}";

  @TempDir Path dir;
  private Db db;
  private Nodes nodes;
  private Node self;
  private volatile long laterNs;

  @BeforeEach
  void join() {
    db = Db.open(StoreSettings.sqlite(), dir, TestLimits.defaults());
    nodes = new Nodes(db);
    self = nodes.join("one:80", "1.0");
  }

  @AfterEach
  void close() {
    db.close();
  }

  private Figures listed() {
    return nodes.list().getFirst().node().figures();
  }

  private void write(String figures) {
    db.change(tx -> new NodeStore().beat(tx, self, tx.clockMs(), figures));
  }

  @Test
  void serverThatJustJoined_hasNone() {
    assertEquals(Figures.NONE, listed());
  }

  @Test
  void beat_leavesThem_asTheyWere() {
    nodes.beat(self, ALL.encode());
    Waiting.until(() -> listed().equals(ALL));
    assertTrue(ALL.encode().length() < 300, ALL.encode());
  }

  @Test
  void figuresOfAnotherVersion_areReadAsFarAsTheyAreKnown() {
    write("{\"sockets\":7,\"moons\":{\"of\":[2]},\"processor\":\"half\",\"heap_bytes\":-1}");
    assertEquals(new Figures(7L, null, null, null, null, null, null, null, null, null), listed());
  }

  @Test
  void whatCannotBeRead_isNotKnown_andFailsNoList() {
    for (String broken : new String[] {"", "{", "7", "[]", "null", "{\"sockets\":1e400}", HUGE}) {
      write(broken);
      assertEquals(Figures.NONE, listed(), broken);
    }
  }

  @Test
  void figuresThatAreTooLong_areLeftOut_andTheBeatIsKept() {
    nodes.beat(self, ALL.encode());
    Waiting.until(() -> listed().equals(ALL));
    db.change(tx -> new NodeStore().beat(tx, self, 1, ALL.encode()));
    assertTrue(nodes.list().isEmpty());
    nodes.beat(self, HUGE);
    Waiting.until(() -> !nodes.list().isEmpty());
    assertEquals(Figures.NONE, listed());
  }

  @Test
  void serverThatLeft_isNotListed() {
    nodes.leave(self);
    assertTrue(nodes.list().isEmpty());
  }

  @Test
  void serverThatCannotTellHowItIs_isAliveAllTheSame() {
    db.change(tx -> new NodeStore().beat(tx, self, 1, ""));
    follow(
        () -> {
          throw new IllegalStateException("no figures");
        },
        () -> {
          Waiting.until(() -> !nodes.list().isEmpty());
          assertTrue(nodes.list().getFirst().alive());
          assertNull(listed().sockets());
          Waiting.until(() -> Boolean.TRUE.equals(listed().current()));
        });
  }

  @Test
  void serverThatHeardNothingForASecond_saysSoOnce() {
    follow(
        () -> ALL,
        () -> {
          Waiting.until(() -> listed().equals(ALL));
          laterNs = Duration.ofSeconds(2).toNanos();
          Waiting.until(() -> listed().equals(ALL.asCurrent(false)));
          Waiting.until(() -> listed().equals(ALL));
        });
  }

  @Test
  void followingServer_tellsThemWithItsBeat() {
    follow(() -> ALL.asCurrent(false), () -> Waiting.until(() -> listed().equals(ALL)));
  }

  private final class Later implements Clock {
    @Override
    public long millis() {
      return SYSTEM.millis() + laterNs / 1_000_000;
    }

    @Override
    public long nanos() {
      return SYSTEM.nanos() + laterNs;
    }

    @Override
    public void sleep(Duration duration) {
      SYSTEM.sleep(duration);
    }
  }

  private void follow(Supplier<Figures> figures, Runnable meanwhile) {
    SharedBus bus = new SharedBus(new TestBus(), db, new Ids(Clock.SYSTEM, 0), self, new Later());
    bus.follow(nodes, null, figures);
    try {
      meanwhile.run();
    } finally {
      bus.close();
    }
  }
}
