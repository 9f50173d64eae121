package io.parley.store;

import static io.parley.store.Rows.ids;
import static io.parley.store.Rows.insert;
import static io.parley.store.Rows.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Heartbeat;
import io.parley.base.Limits;
import io.parley.harness.Gate;
import io.parley.harness.TestLimits;
import io.parley.harness.Waiting;
import io.parley.store.Rows.Ends;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the writer tells of itself, and how it ends.
@Timeout(30)
class WriterTest {
  private static final Duration LONG = Duration.ofDays(1);

  @TempDir Path dir;

  private Db open() throws SQLException {
    return open(TestLimits.defaults());
  }

  private Db open(Limits limits) throws SQLException {
    return new Db(new Sqlite(dir.resolve("parley.db")), limits);
  }

  @Test
  void write_afterClosing_isToldThatTheServerStops() throws Exception {
    Db db = open();
    db.write(tx -> insert(tx, 1));
    db.close();
    Fault fault = assertThrows(Fault.class, () -> db.write(tx -> insert(tx, 2)));
    assertEquals(FaultCode.UNAVAILABLE, fault.code());
    assertTrue(fault.text().contains("stopping"), fault.text());
    assertTrue(fault.retryAfter().isPositive());
    for (Heartbeat beat : db.heartbeats()) {
      assertFalse(beat.beats(LONG), beat.name() + " has ended");
    }
  }

  @Test
  void figures_areOfWhatWasCommitted() throws Exception {
    try (Db db = open(TestLimits.with(Map.of("limits.write_batch_max", "3")))) {
      long writes = db.writes();
      long commits = db.commits();
      long measured = measured(db);
      Gate gate = new Gate();
      Ends ends = new Ends(7);
      db.submit(tx -> gate.hold(), ends.of("gate"));
      gate.awaitHeld();
      for (int i = 1; i <= 6; i++) {
        long id = i;
        db.submit(tx -> insert(tx, id), ends.of("row"));
      }
      assertEquals(6, db.writesWaiting());
      gate.open();
      assertEquals(7, ends.all().size());
      // The gate alone, then three at a time.
      assertEquals(writes + 7, db.writes());
      assertEquals(commits + 3, db.commits());
      assertEquals(measured + 7, measured(db));
      assertEquals(0, db.writesWaiting());
      assertTrue(db.writable());
    }
  }

  private static long measured(Db db) {
    return LongStream.of(db.writeLatency().counts()).sum();
  }

  @Test
  void heartbeat_ofAWriterThatHangs_stops_andGoesOnWhenItRests() throws Exception {
    try (Db db = open()) {
      Gate gate = new Gate();
      Ends ends = new Ends(1);
      db.submit(tx -> gate.hold(), ends.of("gate"));
      gate.awaitHeld();
      Heartbeat writing = db.heartbeats().getFirst();
      Heartbeat telling = db.heartbeats().getLast();
      assertFalse(writing.beats(Duration.ZERO));
      assertTrue(writing.beats(LONG));
      assertTrue(telling.beats(Duration.ZERO));
      gate.open();
      assertEquals(List.of("gate done"), ends.all());
      Waiting.until(() -> writing.beats(Duration.ZERO) && telling.beats(Duration.ZERO));
    }
  }

  @Test
  void heartbeat_ofATellerThatHangs_stops() throws Exception {
    try (Db db = open()) {
      Gate gate = new Gate();
      db.submit(
          tx -> {
            tx.afterCommit(gate::hold);
            return 0;
          },
          new Ends(1).of("held"));
      gate.awaitHeld();
      Heartbeat telling = db.heartbeats().getLast();
      assertFalse(telling.beats(Duration.ZERO));
      gate.open();
      Waiting.until(() -> telling.beats(Duration.ZERO));
    }
  }

  @Test
  void queueSmallerThanABatch_works() throws Exception {
    try (Db db =
        open(
            TestLimits.with(
                Map.of("limits.write_queue_max", "1", "limits.write_batch_max", "128")))) {
      for (long id = 1; id <= 3; id++) {
        long row = id;
        db.write(tx -> insert(tx, row));
      }
      assertEquals(List.of(1L, 2L, 3L), ids(db));
    }
  }

  /// The disk never comes back: whoever waits is told, and the server can stop.
  @Test
  void closing_whileNothingCanBeWritten_ends_andTellsWhoeverWaits() throws Exception {
    FailingDisk disk = new FailingDisk(dir);
    Db db = new Db(disk, TestLimits.defaults());
    db.write(tx -> insert(tx, 1));
    disk.closed = true;
    disk.commitFails = new SQLException("input/output error");
    Ends ends = new Ends(3);
    Gate gate = new Gate();
    db.submit(tx -> gate.hold(), ends.of("in the batch"));
    gate.awaitHeld();
    // In the next batch.
    db.submit(tx -> insert(tx, 2), ends.of("queued"));
    db.submit(tx -> insert(tx, 3), ends.of("queued"));
    gate.open();
    assertEquals(
        List.of("in the batch UNAVAILABLE", "queued UNAVAILABLE", "queued UNAVAILABLE"),
        ends.all());
    assertFalse(db.writable());
    Fault refused = assertThrows(Fault.class, () -> db.write(tx -> insert(tx, 4)));
    assertEquals(FaultCode.UNAVAILABLE, refused.code());
    assertTrue(refused.retryAfter().isPositive());
    db.close();
    try (Db again = open()) {
      assertEquals(List.of(1L), ids(again));
    }
  }

  @Test
  void commitThatFailed_countsForNothing_andDoesNotRunWhatComesAfterIt() throws Exception {
    FailingDisk disk = new FailingDisk(dir);
    try (Db db = new Db(disk, TestLimits.defaults())) {
      long writes = db.writes();
      disk.commitFails = new SQLException("input/output error");
      boolean[] announced = new boolean[1];
      Fault refused = refused(db, 1, () -> announced[0] = true);
      assertEquals(FaultCode.UNAVAILABLE, refused.code());
      assertFalse(announced[0]);
      assertEquals(writes, db.writes());
      Waiting.until(db::writable);
      db.change(tx -> insert(tx, 1));
      assertEquals(List.of(1L), ids(db));
    }
  }
}
