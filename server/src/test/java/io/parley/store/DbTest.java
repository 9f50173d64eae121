package io.parley.store;

import static io.parley.store.Rows.ids;
import static io.parley.store.Rows.insert;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.harness.Gate;
import io.parley.harness.TestLimits;
import io.parley.store.Rows.Ends;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DbTest {
  @TempDir Path dir;

  @ParameterizedTest
  @EnumSource
  void write_thatReturned_isSeenByTheNextRead(Engine engine) {
    try (Db db = open(engine)) {
      db.write(tx -> insert(tx, 1));
      assertEquals(List.of(1L), ids(db));
    }
  }

  @ParameterizedTest
  @EnumSource
  void write_thatFails_leavesNothingAndDisturbsNobody(Engine engine) throws Exception {
    try (Db db = open(engine)) {
      Ends ends = new Ends(4);
      Gate gate = new Gate();
      // Holds the writer, so that the next three share one commit.
      db.submit(tx -> gate.hold(), ends.of("gate"));
      db.submit(tx -> insert(tx, 1), ends.of("first"));
      db.submit(
          tx -> {
            insert(tx, 2);
            throw Fault.of(FaultCode.FORBIDDEN, "no");
          },
          ends.of("second"));
      db.submit(tx -> insert(tx, 3), ends.of("third"));
      gate.open();
      assertEquals(
          List.of("gate done", "first done", "second FORBIDDEN", "third done"), ends.all());
      assertEquals(List.of(1L, 3L), ids(db));
    }
  }

  @ParameterizedTest
  @EnumSource
  void attempt_ofATakenKey_isUndoneAloneAndTheRestStays(Engine engine) {
    try (Db db = open(engine)) {
      db.write(tx -> insert(tx, 1));
      List<Boolean> made =
          db.write(
              tx -> {
                insert(tx, 2);
                boolean first =
                    tx.attempt(
                        change -> {
                          insert(change, 3);
                          insert(change, 1);
                        });
                boolean second = tx.attempt(change -> insert(change, 4));
                insert(tx, 5);
                return List.of(first, second);
              });
      assertEquals(List.of(false, true), made);
      assertEquals(List.of(1L, 2L, 4L, 5L), ids(db));
    }
  }

  @ParameterizedTest
  @EnumSource
  void write_bug_isAnInternalFaultAndTheWriterLivesOn(Engine engine) {
    try (Db db = open(engine)) {
      Fault fault =
          assertThrows(Fault.class, () -> db.write(tx -> insert(tx, 1) / (insert(tx, 2) - 2)));
      assertEquals(FaultCode.INTERNAL, fault.code());
      db.write(tx -> insert(tx, 3));
      assertEquals(List.of(3L), ids(db));
    }
  }

  @ParameterizedTest
  @EnumSource
  void writes_ofManyCallers_shareCommits(Engine engine) throws Exception {
    try (Db db = open(engine)) {
      long before = db.commits();
      try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
        for (long id = 1; id <= 2_000; id++) {
          long row = id;
          callers.execute(() -> db.write(tx -> insert(tx, row)));
        }
      }
      assertEquals(2_000, ids(db).size());
      long commits = db.commits() - before;
      assertTrue(commits < 1_000, "2,000 concurrent writes took " + commits + " commits");
      assertTrue(commits >= 2_000 / TestLimits.defaults().writeBatchMax());
    }
  }

  @ParameterizedTest
  @EnumSource
  void submit_moreThanTheQueueHolds_isBusyAtOnce(Engine engine) throws Exception {
    try (Db db =
        open(engine, Map.of("limits.write_queue_max", "4", "limits.write_batch_max", "1"))) {
      Gate gate = new Gate();
      Ends ends = new Ends(5);
      db.submit(tx -> gate.hold(), ends.of("gate"));
      gate.awaitHeld();
      for (int i = 1; i <= 4; i++) {
        long id = i;
        db.submit(tx -> insert(tx, id), ends.of("row"));
      }
      Fault fault =
          assertThrows(Fault.class, () -> db.submit(tx -> insert(tx, 5), ends.of("never")));
      assertEquals(FaultCode.BUSY, fault.code());
      assertTrue(fault.retryAfter().isPositive());
      gate.open();
      assertEquals(
          List.of("gate done", "row done", "row done", "row done", "row done"), ends.all());
      assertEquals(List.of(1L, 2L, 3L, 4L), ids(db));
    }
  }

  @ParameterizedTest
  @EnumSource
  void afterCommit_runsInOrderAndOnlyIfKept(Engine engine) {
    try (Db db = open(engine)) {
      List<String> ran = Collections.synchronizedList(new ArrayList<>());
      assertThrows(
          Fault.class,
          () ->
              db.write(
                  tx -> {
                    tx.afterCommit(() -> ran.add("undone"));
                    throw Fault.of(FaultCode.FORBIDDEN, "no");
                  }));
      db.write(
          tx -> {
            tx.afterCommit(() -> ran.add("kept, rows " + ids(db).size()));
            return insert(tx, 1);
          });
      assertEquals(List.of("kept, rows 1"), ran);
    }
  }

  @ParameterizedTest
  @EnumSource
  void read_cannotWrite(Engine engine) {
    try (Db db = open(engine)) {
      assertThrows(StoreException.class, () -> db.read(tx -> insert(tx, 1)));
      assertEquals(List.of(), ids(db));
    }
  }

  @ParameterizedTest
  @EnumSource
  void close_finishesWhatIsQueued(Engine engine) throws Exception {
    Ends ends = new Ends(50);
    try (Db db = open(engine)) {
      for (int i = 1; i <= 50; i++) {
        long id = i;
        db.submit(tx -> insert(tx, id), ends.of("row"));
      }
    }
    assertEquals(Collections.nCopies(50, "row done"), ends.all());
    try (Db db = open(engine)) {
      assertEquals(50, ids(db).size());
    }
  }

  @ParameterizedTest
  @EnumSource
  void open_databaseOfANewerProgram_isRefused(Engine engine) {
    try (Db db = open(engine)) {
      db.write(
          tx ->
              tx.update(
                  "INSERT INTO schema_version (version, file, checksum) VALUES (9999, 'x', 'y')"));
    }
    StoreException refused = assertThrows(StoreException.class, () -> open(engine));
    assertTrue(String.valueOf(refused.getMessage()).contains("newer"), refused.getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void open_alteredMigration_isRefused(Engine engine) {
    try (Db db = open(engine)) {
      db.write(tx -> tx.update("UPDATE schema_version SET checksum = 'x' WHERE version = 1"));
    }
    StoreException refused = assertThrows(StoreException.class, () -> open(engine));
    assertTrue(String.valueOf(refused.getMessage()).contains("differs"), refused.getMessage());
  }

  @Test
  void copy_ofAnEngineWithToolsOfItsOwn_namesThem() {
    var database = Engine.POSTGRESQL.settings(dir);
    StoreException refused =
        assertThrows(StoreException.class, () -> Db.copy(database, dir, dir.resolve("copy")));
    assertTrue(String.valueOf(refused.getMessage()).contains("pg_dump"), refused.getMessage());
  }

  @ParameterizedTest
  @EnumSource(names = "SQLITE")
  void copy_whileWriting_isWhole(Engine engine) {
    Path elsewhere = dir.resolve("elsewhere");
    assertTrue(elsewhere.toFile().mkdirs());
    try (Db db = open(engine)) {
      db.write(tx -> insert(tx, 1));
      Db.copy(engine.settings(dir), dir, elsewhere.resolve("parley.db"));
      db.write(tx -> insert(tx, 2));
      try (Db restored = engine.open(elsewhere, TestLimits.defaults())) {
        assertEquals(List.of(1L), ids(restored));
      }
    }
  }

  private Db open(Engine engine) {
    return open(engine, Map.of());
  }

  private Db open(Engine engine, Map<String, String> limits) {
    return engine.open(dir, TestLimits.with(limits));
  }
}
