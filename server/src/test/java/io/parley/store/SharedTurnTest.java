package io.parley.store;

import static io.parley.store.Rows.insert;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.Clock;
import io.parley.base.Completion;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Ids;
import io.parley.base.Node;
import io.parley.cluster.Nodes;
import io.parley.harness.Gate;
import io.parley.harness.TestClock;
import io.parley.harness.TestLimits;
import io.parley.harness.TestPostgres;
import io.parley.harness.Waiting;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Programs that write the same at the same time over one PostgreSQL database, and the turns of
/// everything else, which stand between.
@Timeout(60)
class SharedTurnTest {
  @TempDir Path dir;

  /// One of the programs: it stores rows under ids of its own, after a look at a gate.
  private final class Program implements AutoCloseable, Together<Gate, Long> {
    final Db db;
    final Ids ids;

    Program(Clock clock) {
      this(TestPostgres.of(dir).dialect(dir), clock);
    }

    Program(Dialect engine, Clock clock) {
      try {
        db = new Db(engine, TestLimits.defaults());
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      Node node = new Nodes(db).join("test", "1");
      ids = new Ids(clock, node.number());
      db.begin(ids, node);
    }

    @Override
    public boolean sharesTurn() {
      return true;
    }

    @Override
    public List<Outcome<Long>> run(Tx tx, List<Gate> items) {
      List<Outcome<Long>> outcomes = new ArrayList<>();
      for (Gate gate : items) {
        long id = ids.next();
        insert(tx, id);
        gate.hold();
        outcomes.add(Outcome.of(id));
      }
      return outcomes;
    }

    /// Stores a row beside others; its id.
    long share() {
      Gate open = new Gate();
      open.open();
      return db.write(this, open);
    }

    /// Stores a row in a turn of its own; its id.
    long alone() {
      return db.write(
          tx -> {
            long id = ids.next();
            insert(tx, id);
            return id;
          });
    }

    long settled() {
      return db.read(Tx::settled);
    }

    @Override
    public void close() {
      db.close();
    }
  }

  private static Thread inBackground(Runnable work) {
    return Thread.startVirtualThread(work);
  }

  @Test
  void thoseWhoShare_commitWhileAnotherIsUnderWay_andAreSettledOnceAllAre() throws Exception {
    try (Program one = new Program(Clock.SYSTEM);
        Program two = new Program(Clock.SYSTEM)) {
      Gate gate = new Gate();
      AtomicLong first = new AtomicLong();
      Thread slow = inBackground(() -> first.set(one.db.write(one, gate)));
      gate.awaitHeld();
      long second = two.share();
      assertTrue(two.settled() < second, "something lower may come");
      two.db.settle(Duration.ofMillis(50));
      assertTrue(two.settled() < second, "and nobody is told that it will not");
      gate.open();
      slow.join();
      two.db.settle(Duration.ofSeconds(10));
      assertTrue(first.get() < second, "it is what would have been passed over");
      assertTrue(two.settled() >= second);
      assertEquals(2, Rows.ids(one.db).size());
    }
  }

  @Test
  void turnsOfAllElse_waitForThoseWhoShare_andTheyForThem() throws Exception {
    try (Program one = new Program(Clock.SYSTEM);
        Program two = new Program(Clock.SYSTEM)) {
      Gate gate = new Gate();
      List<String> ends = Collections.synchronizedList(new ArrayList<>());
      Thread sharing =
          inBackground(
              () -> {
                one.db.write(one, gate);
                ends.add("shared");
              });
      gate.awaitHeld();
      Gate second = new Gate();
      Thread whole =
          inBackground(
              () -> {
                two.db.change(_ -> second.hold());
                ends.add("whole");
              });
      Clock.SYSTEM.sleep(Duration.ofMillis(200));
      Thread late =
          inBackground(
              () -> {
                one.share();
                ends.add("late");
              });
      Clock.SYSTEM.sleep(Duration.ofMillis(100));
      assertEquals(List.of(), ends);
      gate.open();
      second.awaitHeld();
      sharing.join();
      Clock.SYSTEM.sleep(Duration.ofMillis(100));
      assertEquals(List.of("shared"), ends);
      second.open();
      whole.join();
      late.join();
      assertEquals(Set.of("shared", "whole", "late"), new HashSet<>(ends));
    }
  }

  /// Whatever their clocks say: what a turn makes is above all that was made before it.
  @Test
  void ids_growFromTurnToTurn() {
    TestClock ahead = new TestClock();
    ahead.step(Duration.ofMinutes(7));
    try (Program one = new Program(new TestClock());
        Program two = new Program(ahead)) {
      long last = 0;
      for (int round = 0; round < 20; round++) {
        long shared = Math.max(one.share(), two.share());
        long next = (round % 2 == 0 ? one : two).alone();
        assertTrue(shared > last && next > shared, "round " + round);
        last = next;
      }
      try (Program three = new Program(new TestClock())) {
        long shared = two.share();
        assertTrue(three.alone() > shared);
      }
      long shared = two.share();
      try (Program four = new Program(new TestClock())) {
        assertTrue(four.share() > last);
        assertTrue(four.ids.last() > shared, "it began above what nobody had settled");
      }
    }
  }

  /// Two programs that need the same two things in other orders, each by itself.
  @Test
  void thoseThatCannotBeDoneTogether_haveATransactionEach() throws Exception {
    try (Program one = new Program(Clock.SYSTEM)) {
      Set<Long> transactions = Collections.synchronizedSet(new HashSet<>());
      Together<Integer, Integer> each =
          new Together<>() {
            @Override
            public boolean sharesTurn() {
              return true;
            }

            @Override
            public List<Outcome<Integer>> run(Tx tx, List<Integer> items) {
              transactions.add(tx.number("SELECT pg_current_xact_id()::text::bigint"));
              if (items.size() > 1) {
                throw new IllegalStateException("not all at once");
              }
              return List.of(Outcome.of(items.getFirst()));
            }
          };
      Gate gate = new Gate();
      Thread first = inBackground(() -> one.db.write(one, gate));
      gate.awaitHeld();
      List<Integer> done = Collections.synchronizedList(new ArrayList<>());
      for (int i = 0; i < 5; i++) {
        one.db.submit(
            each,
            i,
            new Completion<>() {
              @Override
              public void done(Integer result) {
                done.add(result);
              }

              @Override
              public void failed(Fault fault) {
                done.add(-1);
              }
            });
      }
      gate.open();
      first.join();
      Waiting.until(() -> done.size() == 5);
      assertEquals(List.of(0, 1, 2, 3, 4), done);
      assertEquals(6, transactions.size(), "and one for the try with all");
    }
  }

  @Test
  void commit_whoseEndWasNotHeard_isLookedFor() {
    CutOff engine = new CutOff(TestPostgres.of(dir));
    try (Program one = new Program(engine, Clock.SYSTEM)) {
      long first = one.share();
      engine.cuts = CutOff.When.AFTER_THE_COMMIT;
      long kept = one.share();
      engine.cuts = CutOff.When.BEFORE_THE_COMMIT;
      assertEquals(FaultCode.UNAVAILABLE, assertThrows(Fault.class, one::share).code());
      Waiting.until(one.db::writable);
      assertEquals(List.of(first, kept), Rows.ids(one.db));
      // It shares again, and does not keep the turn that it looked in.
      try (Program two = new Program(Clock.SYSTEM)) {
        Gate gate = new Gate();
        Thread slow = inBackground(() -> one.db.write(one, gate));
        gate.awaitHeld();
        assertTrue(two.share() > kept);
        gate.open();
        slow.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void programWhoseNumberAnotherHas_storesNothingMoreBesideOthers() {
    try (Program one = new Program(Clock.SYSTEM);
        Program two = new Program(Clock.SYSTEM)) {
      one.share();
      two.db.change(tx -> tx.update("UPDATE node SET epoch = epoch + 1 WHERE number = 0"));
      assertEquals(FaultCode.UNAVAILABLE, assertThrows(Fault.class, one::share).code());
      Clock.SYSTEM.sleep(Duration.ofMillis(200)); // Longer than it takes to try again.
      assertEquals(FaultCode.UNAVAILABLE, assertThrows(Fault.class, one::share).code());
      assertFalse(one.db.writable());
      assertEquals(1, Rows.ids(two.db).size());
    }
  }
}
