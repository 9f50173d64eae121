package io.parley.store;

import static io.parley.store.Rows.ids;
import static io.parley.store.Rows.insert;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.parley.base.Completion;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.harness.Gate;
import io.parley.harness.TestLimits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is done together is done as if each had been alone.
class TogetherTest {
  private static final long REFUSED = 3;
  private static final long BREAKS = 99;

  @TempDir Path dir;
  private final List<String> ended = Collections.synchronizedList(new ArrayList<>());
  private final List<Integer> batches = new ArrayList<>();

  /// Inserts numbers; one of them it refuses, at another it breaks when all is written.
  private final Together<Long, Long> inserting =
      (tx, items) -> {
        batches.add(items.size());
        List<Together.Outcome<Long>> outcomes = new ArrayList<>();
        for (long item : items) {
          if (item == REFUSED) {
            outcomes.add(Together.Outcome.refused(Fault.of(FaultCode.FORBIDDEN, "no")));
          } else {
            insert(tx, item);
            tx.afterCommit(() -> ended.add("announced " + item));
            outcomes.add(Together.Outcome.of(item));
          }
        }
        if (items.contains(BREAKS)) {
          throw new IllegalStateException("a bug");
        }
        return outcomes;
      };

  @ParameterizedTest
  @EnumSource
  void thoseThatWait_areDoneAtOnceAndEachHearsItsOwnEnd(Engine engine) throws Exception {
    run(engine, 1, REFUSED, 2);
    assertEquals(List.of(3), batches);
    assertEquals(List.of("announced 1", "announced 2", "1 done", "3 FORBIDDEN", "2 done"), ended);
  }

  @ParameterizedTest
  @EnumSource
  void whoeverWaits_getsItsOwnResultOrRefusal(Engine engine) {
    try (Db db = engine.open(dir, TestLimits.defaults())) {
      assertEquals(1L, db.write(inserting, 1L));
      assertEquals(List.of(1L), ids(db));
      Fault refused = assertThrows(Fault.class, () -> db.write(inserting, REFUSED));
      assertEquals(FaultCode.FORBIDDEN, refused.code());
      assertEquals(List.of(1L), ids(db));
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneThatBreaksAll_costsNobodyElse(Engine engine) throws Exception {
    run(engine, 1, BREAKS, REFUSED, 2);
    assertEquals(List.of(4, 1, 1, 1, 1), batches);
    assertEquals(
        List.of("announced 1", "1 done", "99 INTERNAL", "3 FORBIDDEN", "announced 2", "2 done"),
        ended);
  }

  @ParameterizedTest
  @EnumSource
  void otherWorkBetween_keepsItsPlace(Engine engine) throws Exception {
    run(engine, 1, 0, 2);
    assertEquals(List.of(1, 1), batches);
    assertEquals(List.of("announced 1", "1 done", "0 done", "announced 2", "2 done"), ended);
  }

  /// Holds the writer, so that `items` share one commit; 0 is work of another kind.
  private void run(Engine engine, long... items) throws Exception {
    try (Db db = engine.open(dir, TestLimits.defaults())) {
      Gate gate = new Gate();
      CountDownLatch all = new CountDownLatch(items.length);
      db.submit(
          tx -> {
            gate.hold();
            return 0L;
          },
          Completion.<Long>ignored());
      gate.awaitHeld();
      for (long item : items) {
        if (item == 0) {
          db.submit(tx -> 0L, noting(item, all));
        } else {
          db.submit(inserting, item, noting(item, all));
        }
      }
      gate.open();
      all.await();
      assertEquals(List.of(1L, 2L), ids(db));
    }
  }

  private Completion<Long> noting(long item, CountDownLatch all) {
    return new Completion<>() {
      @Override
      public void done(Long result) {
        ended.add(item + " done");
        all.countDown();
      }

      @Override
      public void failed(Fault fault) {
        ended.add(item + " " + fault.code());
        all.countDown();
      }
    };
  }
}
