package io.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.Clock;
import io.parley.harness.TestLimits;
import io.parley.harness.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MoveTest {
  private static final StoreSettings SQLITE = StoreSettings.sqlite();

  @TempDir Path dir;
  private StoreSettings postgres = SQLITE;

  @BeforeEach
  void open() {
    postgres = TestPostgres.of(dir);
  }

  private void fill(StoreSettings settings, int messages) {
    try (Db db = Db.open(settings, dir, TestLimits.defaults())) {
      db.change(
          tx -> {
            tx.update(
                "INSERT INTO conversation (id, last_seq, changed, updated_at) VALUES (9, 0, 0, 0)");
            for (int i = 1; i <= messages; i++) {
              tx.update(
                  """
                  INSERT INTO message (id, conversation_id, seq, sender_id, client_message_id, kind,
                    body, created_at, recalled)
                  VALUES (?, 9, ?, 7, ?, 1, ?, 0, 0)\
                  """,
                  Long.MAX_VALUE - i,
                  i,
                  i % 3 == 0 ? null : "k" + i,
                  "聊天 \uD83D\uDE00 ' \\ \n" + i);
            }
            for (String name : List.of("b", "B", "ä", "聊天", "\uD83D\uDE00", "")) {
              tx.update(
                  """
                  INSERT INTO account_alias (folded, kind, original, account_id)
                  VALUES (?, 'USERNAME', '', 1)\
                  """,
                  name);
            }
            tx.update(
                "INSERT INTO post_seen (account_id, posts) VALUES (1, ?)",
                (Object) new byte[] {0, 1, -1, 127});
            new TextIndex("post_text").put(tx, 5, "etwas gesagt");
            tx.update(
                """
                INSERT INTO audit (id, at, operator_id, act, target, details, address)
                VALUES (1, 0, 0, 'x', 'y', 'z', '')\
                """);
          });
    }
  }

  /// Begins the move to PostgreSQL and breaks off when so many rows of a table were copied.
  private void interruptAfter(long copied) {
    assertThrows(
        IllegalStateException.class,
        () ->
            Move.run(
                SQLITE,
                postgres,
                dir,
                (part, rows) -> {
                  if (rows >= copied) {
                    throw new IllegalStateException("the power went");
                  }
                }));
  }

  private Move.Result move(StoreSettings from, StoreSettings to) {
    return Move.run(from, to, dir, (part, rows) -> {});
  }

  @Test
  void records_moveThereAndBackAndAreTheSame() throws Exception {
    fill(SQLITE, 2_500);
    List<Double> parts = new ArrayList<>();
    Move.Result there = Move.run(SQLITE, postgres, dir, (part, rows) -> parts.add(part));
    assertEquals(2_500 + 1 + 6 + 1 + 1 + 1, there.rows());
    assertEquals(1.0, parts.getLast(), 0.001);
    assertEquals(parts.stream().sorted().toList(), parts, "it only goes forward");
    try (Db db = Db.open(postgres, dir, TestLimits.defaults())) {
      assertEquals(
          List.of(5L),
          db.read(
              tx ->
                  new TextIndex("post_text")
                      .find(
                          tx,
                          "gesagt",
                          Long.MAX_VALUE,
                          10,
                          new Budget(1000, Duration.ofSeconds(60), Clock.SYSTEM))
                      .ids()));
    }
    for (String suffix : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(dir.resolve("parley.db" + suffix));
    }
    Move.Result back = move(postgres, SQLITE);
    assertEquals(there, back);
  }

  @Test
  void move_thatWasInterrupted_goesOnAndNoServerStartsMeanwhile() {
    fill(SQLITE, 3_500);
    interruptAfter(2_000);
    StoreException refused =
        assertThrows(StoreException.class, () -> Db.open(postgres, dir, TestLimits.defaults()));
    assertTrue(String.valueOf(refused.getMessage()).contains("not all are here"));
    List<Double> parts = new ArrayList<>();
    Move.run(SQLITE, postgres, dir, (part, rows) -> parts.add(part));
    assertTrue(parts.getFirst() > 0.25, "what was copied is not copied again: " + parts);
    Db.open(postgres, dir, TestLimits.defaults()).close();
  }

  @Test
  void copyThatDiffers_isFound() {
    fill(SQLITE, 10);
    interruptAfter(1);
    try (var connection =
            java.sql.DriverManager.getConnection(postgres.url(), postgres.user(), "");
        var statement = connection.createStatement()) {
      assertEquals(
          1, statement.executeUpdate("UPDATE account_alias SET original = 'x' WHERE folded = 'b'"));
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
    StoreException refused = assertThrows(StoreException.class, () -> move(SQLITE, postgres));
    assertTrue(
        String.valueOf(refused.getMessage()).contains("account_alias differs"),
        refused.getMessage());
  }

  @Test
  void databaseWithRecords_isNotMovedInto() {
    fill(SQLITE, 3);
    fill(postgres, 2);
    StoreException refused = assertThrows(StoreException.class, () -> move(SQLITE, postgres));
    assertTrue(String.valueOf(refused.getMessage()).contains("already"), refused.getMessage());
    assertThrows(StoreException.class, () -> move(SQLITE, SQLITE));
  }

  @Test
  void copyOfOtherRecords_isNotGoneOnWith() {
    fill(SQLITE, 1_500);
    interruptAfter(1);
    try (Db db = Db.open(SQLITE, dir, TestLimits.defaults())) {
      db.change(tx -> tx.update("UPDATE store_state SET value = value + 7 WHERE name = 'ids'"));
    }
    StoreException refused = assertThrows(StoreException.class, () -> move(SQLITE, postgres));
    assertTrue(String.valueOf(refused.getMessage()).contains("other records"));
  }
}
