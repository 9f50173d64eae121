package io.parley.store;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.parley.base.Completion;
import io.parley.base.Fault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// Operations that leave a trace: rows that hold nothing but their id.
final class Rows {
  private Rows() {}

  /// Answers the id.
  static int insert(Tx tx, long id) {
    tx.update(
        """
        INSERT INTO conversation (id, last_seq, changed, updated_at) VALUES (?, 0, 0, 0)\
        """,
        id);
    return (int) id;
  }

  /// Those that are there, ascending.
  static List<Long> ids(Db db) {
    return db.read(tx -> tx.list("SELECT id FROM conversation ORDER BY id", r -> r.getLong(1)));
  }

  /// Row `id` and what comes after its commit, which fails: the refusal.
  static Fault refused(Db db, long id, Runnable after) {
    return assertThrows(
        Fault.class,
        () ->
            db.change(
                tx -> {
                  insert(tx, id);
                  tx.afterCommit(after);
                }));
  }

  /// How operations ended, in the order in which they were told.
  static final class Ends {
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch count;

    /// @param count how many are waited for
    Ends(int count) {
      this.count = new CountDownLatch(count);
    }

    /// Notes "NAME done", or "NAME" and the code of the fault.
    Completion<Integer> of(String name) {
      return new Completion<>() {
        @Override
        public void done(Integer result) {
          note(name + " done");
        }

        @Override
        public void failed(Fault fault) {
          note(name + " " + fault.code());
        }
      };
    }

    private void note(String end) {
      said.add(end);
      count.countDown();
    }

    /// All of them, once there are as many as are waited for.
    List<String> all() throws InterruptedException {
      count.await();
      return said;
    }
  }
}
