package io.parley.store;

import static io.parley.store.Rows.ids;
import static io.parley.store.Rows.insert;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Ids;
import io.parley.base.Limits;
import io.parley.base.Node;
import io.parley.harness.Gate;
import io.parley.harness.HeldReaders;
import io.parley.harness.TestClock;
import io.parley.harness.TestLimits;
import io.parley.harness.Waiting;
import io.parley.store.Rows.Ends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A database that is opened, cannot be, is gone on with, and closed; and callers that wait.
@Timeout(60)
class DbOpeningTest {
  private static final Limits LIMITS = TestLimits.defaults();

  @TempDir private Path dir;

  private Db open() {
    return Db.open(StoreSettings.sqlite(), dir, LIMITS);
  }

  /// Fails where it is told to, and keeps the connections that it opened.
  private static final class Broken extends EngineBeneath {
    private final List<Connection> opened = new ArrayList<>();
    private int readersMax = 100;
    private @Nullable SQLException alone;
    private @Nullable IOException settle;
    private @Nullable RuntimeException check;

    Broken(Path dir) {
      super(new Sqlite(dir.resolve("parley.db")));
    }

    @Override
    public Connection openWriter() throws SQLException {
      Connection fresh = super.openWriter();
      opened.add(fresh);
      return fresh;
    }

    @Override
    public Connection openReader() throws SQLException {
      if (readersMax-- == 0) {
        throw new SQLException("too many connections");
      }
      Connection fresh = super.openReader();
      opened.add(fresh);
      return fresh;
    }

    @Override
    public void check(Connection writer) throws SQLException {
      if (check != null) {
        throw check;
      }
      super.check(writer);
    }

    @Override
    public void alone(Connection writer, Migrating change) throws SQLException {
      if (alone != null) {
        throw alone;
      }
      super.alone(writer, change);
    }

    @Override
    public void settle() throws IOException {
      if (settle != null) {
        throw settle;
      }
      super.settle();
    }

    /// Connections that are left open.
    long left() throws SQLException {
      long left = 0;
      for (Connection each : opened) {
        left += each.isClosed() ? 0 : 1;
      }
      return left;
    }
  }

  @Test
  void whateverFailsWhileItIsOpened_leavesNoConnection() throws SQLException {
    Broken engine = new Broken(dir);
    engine.check = new StoreException("cannot hold texts");
    assertEquals(engine.check, assertThrows(StoreException.class, () -> new Db(engine, LIMITS)));
    assertEquals(0, engine.left());
    engine.check = null;
    engine.alone = new SQLException("somebody is at it");
    assertEquals(engine.alone, assertThrows(SQLException.class, () -> new Db(engine, LIMITS)));
    assertEquals(0, engine.left());
    engine.alone = null;
    engine.settle = new IOException("no disk");
    SQLException told = assertThrows(SQLException.class, () -> new Db(engine, LIMITS));
    assertEquals(engine.settle, told.getCause());
    assertEquals(0, engine.left());
    engine.settle = null;
    engine.readersMax = engine.readers();
    assertThrows(SQLException.class, () -> new Db(engine, LIMITS));
    assertEquals(0, engine.left());
    engine.readersMax = 100;
    try (Db db = new Db(engine, LIMITS)) {
      assertEquals(Dialect.Files.IN_PLACE, engine.files());
      assertEquals(1, (int) db.write(tx -> insert(tx, 1)));
      assertEquals(Dialect.Files.IN_PLACE, engine.files());
    }
    assertEquals(0, engine.left());
  }

  @Test
  void folderThatIsNotThere_isToldWithTheReason() {
    StoreException told =
        assertThrows(
            StoreException.class,
            () -> Db.open(StoreSettings.sqlite(), dir.resolve("none"), LIMITS));
    assertTrue(String.valueOf(told.getMessage()).startsWith("cannot open "), told.getMessage());
    assertInstanceOf(SQLException.class, told.getCause());
  }

  @Test
  void databaseThatRecordsAreBeingMovedInto_isNotOpened() throws Exception {
    try (Db db = open()) {
      db.change(tx -> tx.update("INSERT INTO store_state (name, value) VALUES ('moving', 1)"));
    }
    StoreException told = assertThrows(StoreException.class, this::open);
    assertTrue(String.valueOf(told.getMessage()).contains("not all are here yet"));
  }

  @Test
  void copyOntoAFileThatIsThere_isRefused_andLeavesItAsItIs() throws Exception {
    Path file = Files.writeString(dir.resolve("copy"), "mine");
    try (Db db = open()) {
      db.write(tx -> insert(tx, 1));
      StoreException told =
          assertThrows(StoreException.class, () -> Db.copy(StoreSettings.sqlite(), dir, file));
      assertEquals("cannot copy the records to " + file, told.getMessage());
      assertEquals("mine", Files.readString(file));
      assertEquals(List.of(1L), ids(db));
    }
  }

  /// Also where the clock was set back by a day meanwhile.
  @Test
  void ids_goOnAboveAllThatWereStored() {
    TestClock clock = new TestClock();
    long last;
    try (Db db = open()) {
      assertFalse(db.isShared());
      Ids ids = new Ids(clock, 1);
      db.begin(ids, new Node(1, 1));
      last = ids.next();
      long fresh = last;
      db.write(tx -> insert(tx, fresh));
      assertTrue(db.read(Tx::newest) >= last);
    }
    clock.step(Duration.ofDays(-1));
    try (Db db = open()) {
      assertEquals(last, (long) db.read(Tx::newest), "a clean stop leaves it exactly there");
      Ids ids = new Ids(clock, 1);
      db.begin(ids, new Node(1, 2));
      assertTrue(ids.next() > last);
    }
  }

  @Test
  void answer_isWhatTheWorkReturnedOrThrew() {
    try (Db db = open()) {
      assertNull(db.write(tx -> tx.first("SELECT 1 WHERE 1 = 0", row -> row.getString(1))));
      assertNull(db.read(tx -> tx.first("SELECT 1 WHERE 1 = 0", row -> row.getString(1))));
      assertEquals("x", db.readApart(tx -> tx.first("SELECT 'x'", row -> row.getString(1))));
      Fault refused = Fault.of(FaultCode.FORBIDDEN, "no");
      Fault told =
          assertThrows(
              Fault.class,
              () ->
                  db.change(
                      tx -> {
                        insert(tx, 1);
                        throw refused;
                      }));
      assertEquals(refused, told);
      db.change(tx -> insert(tx, 2));
      assertEquals(List.of(2L), ids(db));
      assertEquals(2, db.heartbeats().stream().distinct().count());
    }
  }

  /// Others see nothing of a write before its commit, those that the write itself asks either.
  @Test
  void readWithinAWrite_seesWhatIsCommitted() {
    try (Db db = open()) {
      db.write(tx -> insert(tx, 1));
      List<List<Long>> seen =
          db.write(
              tx -> {
                insert(tx, 2);
                return List.of(
                    ids(db),
                    db.readApart(
                        apart -> apart.list("SELECT id FROM conversation", row -> row.getLong(1))),
                    tx.list("SELECT id FROM conversation ORDER BY id", row -> row.getLong(1)));
              });
      assertEquals(List.of(List.of(1L), List.of(1L), List.of(1L, 2L)), seen);
      assertEquals(List.of(1L, 2L), ids(db));
    }
  }

  @Test
  void callerThatIsInterrupted_learnsHowItsWriteEnded_andIsInterruptedStill() throws Exception {
    try (Db db = open()) {
      Gate gate = new Gate();
      AtomicReference<Integer> answer = new AtomicReference<>();
      AtomicBoolean interrupted = new AtomicBoolean();
      Thread caller =
          Thread.ofPlatform()
              .start(
                  () -> {
                    answer.set(db.write(tx -> gate.hold() + insert(tx, 7)));
                    interrupted.set(Thread.currentThread().isInterrupted());
                  });
      gate.awaitHeld();
      Waiting.until(() -> caller.getState() == Thread.State.WAITING);
      caller.interrupt();
      // It waits on: the flag is taken, and given back at the end.
      Waiting.until(() -> !caller.isInterrupted());
      assertTrue(caller.isAlive());
      gate.open();
      caller.join();
      assertEquals(7, answer.get());
      assertTrue(interrupted.get());
    }
  }

  @Test
  void callerThatIsLeftAlone_isNotInterrupted() {
    try (Db db = open()) {
      db.write(tx -> insert(tx, 1));
      assertFalse(Thread.currentThread().isInterrupted());
    }
  }

  @Test
  void closing_finishesWhatWaits_andLeavesNoConnection() throws Exception {
    Broken engine = new Broken(dir);
    Db db = new Db(engine, LIMITS);
    assertEquals(2 + engine.readers(), engine.left());
    Ends ends = new Ends(1);
    db.submit(tx -> insert(tx, 1), ends.of("last"));
    db.close();
    assertEquals(List.of("last done"), ends.all());
    assertEquals(0, engine.left());
    assertEquals(FaultCode.UNAVAILABLE, assertThrows(Fault.class, () -> db.write(tx -> 0)).code());
  }

  /// It keeps its own connection; all else is closed.
  @Test
  @Tag("patient")
  void closing_doesNotWaitForAReaderThatDoesNotEnd() throws Exception {
    Broken engine = new Broken(dir);
    Db db = new Db(engine, LIMITS);
    db.begin(new Ids(new TestClock(), 1), new Node(1, 1));
    try (HeldReaders _ = new HeldReaders(db)) {
      db.close();
      assertEquals(engine.readers(), engine.left());
    }
  }
}
