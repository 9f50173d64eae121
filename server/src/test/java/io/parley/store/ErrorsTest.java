package io.parley.store;

import static io.parley.store.Rows.ids;
import static io.parley.store.Rows.insert;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.Completion;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.harness.Gate;
import io.parley.harness.HeldReaders;
import io.parley.harness.TestLimits;
import io.parley.store.Rows.Ends;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Errors that escape from what callers hand to the store.
class ErrorsTest {
  @TempDir Path dir;

  /// Deep enough for any stack.
  @SuppressWarnings("InfiniteRecursion")
  private static int fall(int depth) {
    return depth < 0 ? 0 : fall(depth + 1) + 1;
  }

  @Test
  void inAnOperation_undoesThatOneOnly() throws Exception {
    try (Db db = Engine.SQLITE.open(dir, TestLimits.defaults())) {
      Ends ends = new Ends(4);
      Gate gate = new Gate();
      // Holds the writer, so that the others share one commit.
      db.submit(tx -> gate.hold(), ends.of("gate"));
      db.submit(tx -> insert(tx, 1), ends.of("first"));
      db.submit(tx -> insert(tx, 2) + fall(0), ends.of("second"));
      db.submit(tx -> insert(tx, 3), ends.of("third"));
      gate.open();
      assertEquals(List.of("gate done", "first done", "second INTERNAL", "third done"), ends.all());
      assertEquals(List.of(1L, 3L), ids(db));
      assertAlive(db);
    }
  }

  @Test
  void afterTheCommit_andInTheCompletion_costsNobodyTheAnswer() throws Exception {
    try (Db db = Engine.SQLITE.open(dir, TestLimits.defaults())) {
      List<String> ended = Collections.synchronizedList(new ArrayList<>());
      int told =
          db.write(
              tx -> {
                tx.afterCommit(() -> fall(0));
                tx.afterCommit(() -> ended.add("second action"));
                return insert(tx, 1);
              });
      assertEquals(1, told);
      db.submit(
          tx -> insert(tx, 2),
          new Completion<Integer>() {
            @Override
            public void done(Integer result) {
              throw new AssertionError();
            }

            @Override
            public void failed(Fault fault) {}
          });
      assertEquals(3, (int) db.write(tx -> insert(tx, 3)));
      assertEquals(List.of("second action"), ended);
      assertAlive(db);
    }
  }

  @Test
  void inARead_isTheCallersAlone() {
    try (Db db = Engine.SQLITE.open(dir, TestLimits.defaults())) {
      for (int i = 0; i < 10; i++) {
        assertThrows(StackOverflowError.class, () -> db.read(tx -> fall(0)));
        assertThrows(StackOverflowError.class, () -> db.readApart(tx -> fall(0)));
      }
      assertEquals(List.of(), ids(db));
    }
  }

  /// What holds all connections for callers holds up nobody who reads apart.
  @Test
  @Tag("patient")
  void readApart_doesNotWaitForCallers() throws Exception {
    try (Db db = Engine.SQLITE.open(dir, TestLimits.defaults())) {
      try (HeldReaders _ = new HeldReaders(db)) {
        assertEquals(1L, (long) db.readApart(tx -> tx.number("SELECT 1")));
        Fault fault = assertThrows(Fault.class, () -> ids(db));
        assertEquals(FaultCode.BUSY, fault.code());
      }
    }
  }

  private static void assertAlive(Db db) {
    db.heartbeats().forEach(beat -> assertTrue(beat.beats(Duration.ofDays(1)), beat.name()));
  }
}
