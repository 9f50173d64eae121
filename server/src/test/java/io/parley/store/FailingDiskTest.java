package io.parley.store;

import static io.parley.store.Rows.ids;
import static io.parley.store.Rows.insert;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Heartbeat;
import io.parley.harness.TestLimits;
import io.parley.harness.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailingDiskTest {
  @TempDir Path dir;
  private FailingDisk disk;
  private Db db;

  @BeforeEach
  void open() throws SQLException {
    disk = new FailingDisk(dir);
    db = new Db(disk, TestLimits.defaults());
    db.write(tx -> insert(tx, 1));
  }

  @AfterEach
  void close() {
    db.close();
  }

  @Test
  void full_isUnavailable_keepsNothing_andIsWrittenAgainWithoutARestart() {
    disk.closed = true;
    FaultCode told = refusal(() -> db.write(this::insertUntilFull));
    assertEquals(FaultCode.UNAVAILABLE, told);
    assertFalse(db.writable());
    assertEquals(FaultCode.UNAVAILABLE, refusal(() -> db.write(tx -> insert(tx, 2))));
    assertEquals(List.of(1L), ids(db));
    disk.closed = false;
    Waiting.until(db::writable);
    db.write(tx -> insert(tx, 3));
    assertEquals(List.of(1L, 3L), ids(db));
  }

  /// What the engine does after a failure is anybody's guess: it may have given up the whole
  /// transaction, and then every later statement would be committed on its own.
  @Test
  void failureThatAnOperationHides_isNotAcknowledged() {
    FaultCode told =
        refusal(
            () ->
                db.write(
                    tx -> {
                      try {
                        return insertUntilFull(tx);
                      } catch (StoreException e) {
                        return 0;
                      }
                    }));
    assertEquals(FaultCode.UNAVAILABLE, told);
    Waiting.until(db::writable);
    assertEquals(List.of(1L), ids(db));
  }

  @Test
  void commitThatFails_isSeenByNobody_andCanBeRepeated() {
    disk.commitFails = new SQLException("input/output error");
    assertEquals(FaultCode.UNAVAILABLE, refusal(() -> db.write(tx -> insert(tx, 2))));
    assertEquals(List.of(1L), ids(db));
    Waiting.until(db::writable);
    db.write(tx -> insert(tx, 2));
    assertEquals(List.of(1L, 2L), ids(db));
  }

  /// Nobody can say what became of it, so nothing may be built on it.
  @Test
  void commitThatAnErrorLeaves_stopsAllWriting_andTheHeartbeat() {
    disk.commitFails = new StackOverflowError();
    assertEquals(FaultCode.UNAVAILABLE, refusal(() -> db.write(tx -> insert(tx, 2))));
    assertEquals(FaultCode.UNAVAILABLE, refusal(() -> db.write(tx -> insert(tx, 3))));
    assertFalse(db.writable());
    Heartbeat writer = db.heartbeats().getFirst();
    Waiting.until(() -> !writer.beats(Duration.ofDays(1)));
    assertEquals(List.of(1L), ids(db));
  }

  @Test
  void logThatIsGone_losesNothingThatIsAcknowledged() throws Exception {
    Files.delete(dir.resolve("parley.db-wal"));
    db.write(tx -> insert(tx, 2));
    assertEquals(List.of(1L, 2L), afterAPowerCut("first"));
    Waiting.until(db::writable);
    db.write(tx -> insert(tx, 3));
    assertEquals(List.of(1L, 2L, 3L), ids(db));
    assertEquals(List.of(1L, 2L, 3L), afterAPowerCut("second"));
  }

  @Test
  void fileThatIsGone_stopsWriting_untilItIsBack() throws Exception {
    Path file = dir.resolve("parley.db");
    Path away = dir.resolve("away.db");
    Files.move(file, away);
    Thread late = Thread.ofVirtual().start(() -> db.write(tx -> insert(tx, 2)));
    Waiting.until(() -> !db.writable());
    assertEquals(FaultCode.UNAVAILABLE, refusal(() -> db.write(tx -> insert(tx, 3))));
    assertFalse(Files.exists(file), "an empty database must not be put in its place");
    Files.move(away, file);
    Waiting.until(db::writable);
    late.join();
    assertEquals(List.of(1L, 2L), ids(db));
    db.write(tx -> insert(tx, 4));
    assertEquals(List.of(1L, 2L, 4L), afterAPowerCut("third"));
  }

  /// What a restart would find: the files as they lie there now.
  private List<Long> afterAPowerCut(String name) throws Exception {
    Path there = Files.createDirectory(dir.resolve(name));
    for (String file : List.of("parley.db", "parley.db-wal")) {
      if (Files.exists(dir.resolve(file))) {
        Files.copy(dir.resolve(file), there.resolve(file));
      }
    }
    try (Db restarted = new Db(new Sqlite(there.resolve("parley.db")), TestLimits.defaults())) {
      return ids(restarted);
    }
  }

  private int insertUntilFull(Tx tx) {
    try {
      disk.full(true);
    } catch (SQLException e) {
      throw new StoreException("full", e);
    }
    for (long id = 1_000; id < 20_000; id++) {
      insert(tx, id);
    }
    return 0;
  }

  private static FaultCode refusal(Runnable write) {
    return assertThrows(Fault.class, write::run).code();
  }
}
