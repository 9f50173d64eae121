package io.parley.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Statements on one connection. What engines do differently is the matter of [DbTest].
class TxTest {
  @TempDir Path dir;
  private Tx tx;

  @BeforeEach
  void open() throws SQLException {
    tx = Tx.writer(new Sqlite(dir.resolve("parley.db")));
    tx.update("CREATE TABLE pair (a INTEGER, b TEXT, PRIMARY KEY (a, b))");
  }

  @AfterEach
  void close() {
    tx.close();
  }

  private void fill(int count) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (long i = 1; i <= count; i++) {
      rows.add(new @Nullable Object[] {i, "no " + i});
    }
    tx.updateAll("INSERT INTO pair (a, b) VALUES (?, ?)", rows);
  }

  @Test
  void listAmong_findsEachKeyOnce_howeverManyThereAre() {
    fill(300);
    for (int count : new int[] {0, 1, 2, 3, 4, 5, 127, 128, 129, 256, 300}) {
      List<Long> wanted = LongStream.rangeClosed(1, count).boxed().toList();
      List<Long> ofOnePart =
          tx.listAmong(
              "SELECT a FROM pair WHERE a IN (:keys)",
              row -> row.getLong(1),
              wanted.stream().map(each -> new Object[] {each}).toList());
      assertEquals(wanted, ofOnePart.stream().sorted().toList());
      List<Long> ofTwo =
          tx.listAmong(
              """
              WITH wanted(a, b) AS (:keys)
              SELECT DISTINCT p.a FROM wanted w JOIN pair p ON p.a = w.a AND p.b = w.b\
              """,
              row -> row.getLong(1),
              wanted.stream().map(each -> new Object[] {each, "no " + each}).toList());
      assertEquals(wanted, ofTwo.stream().sorted().toList());
    }
  }

  @Test
  void listAmong_preparesAFewStatements_forAnyNumberOfKeys() {
    int before = tx.statements().size();
    for (long count = 1; count <= 128; count++) {
      var unused =
          tx.listAmong(
              "SELECT a FROM pair WHERE a IN (:keys)",
              row -> row.getLong(1),
              LongStream.rangeClosed(1, count).mapToObj(each -> new Object[] {each}).toList());
    }
    assertEquals(before + 8, tx.statements().size(), "1, 2, 4 … 128");
  }

  @Test
  void statements_areKeptPrepared_theLastUsed256() {
    for (int i = 0; i < 300; i++) {
      assertEquals(0, tx.number("SELECT count(*) FROM pair WHERE a = " + i));
      assertEquals(0, tx.number("SELECT count(*) FROM pair WHERE b = 'kept'"));
    }
    assertEquals(256, tx.statements().size());
    assertTrue(tx.statements().contains("SELECT count(*) FROM pair WHERE b = 'kept'"));
    assertTrue(tx.statements().contains("SELECT count(*) FROM pair WHERE a = 299"));
    assertFalse(tx.statements().contains("SELECT count(*) FROM pair WHERE a = 0"));
    assertEquals(0, tx.number("SELECT count(*) FROM pair WHERE a = 0"), "prepared once more");
  }

  @Test
  void each_endsWhereTheVisitorWantsNoMore_andSaysSo() {
    fill(5);
    List<Long> seen = new ArrayList<>();
    assertFalse(
        tx.each(
            "SELECT a FROM pair ORDER BY a", row -> seen.add(row.getLong(1)) && seen.size() < 3));
    assertEquals(List.of(1L, 2L, 3L), seen);
    seen.clear();
    assertTrue(
        tx.each("SELECT a FROM pair WHERE a > ? ORDER BY a", row -> seen.add(row.getLong(1)), 3));
    assertEquals(List.of(4L, 5L), seen);
    assertTrue(tx.each("SELECT a FROM pair WHERE a > 5", row -> false));
  }

  @Test
  void number_isZeroWhereThereIsNone() {
    assertEquals(0, tx.number("SELECT a FROM pair"));
    assertEquals(0, tx.number("SELECT max(a) FROM pair"));
    fill(2);
    assertEquals(2, tx.number("SELECT max(a) FROM pair"));
    assertNull(tx.first("SELECT a FROM pair WHERE a = 7", row -> row.getLong(1)));
  }

  @Test
  void arguments_areBoundByTheirTypes_andOthersRefused() {
    List<@Nullable Object> back =
        tx.first(
            "SELECT ?, ?, ?, ?, ?, ?",
            row -> {
              List<@Nullable Object> all = new ArrayList<>();
              all.add(row.getLong(1));
              all.add(row.getInt(2));
              all.add(row.getString(3));
              all.add(row.getBoolean(4));
              all.add(new String(row.getBytes(5), StandardCharsets.UTF_8));
              all.add(row.getString(6));
              return all;
            },
            Long.MAX_VALUE,
            7,
            "text",
            true,
            "bytes".getBytes(StandardCharsets.UTF_8),
            null);
    List<@Nullable Object> expected =
        new ArrayList<>(List.of(Long.MAX_VALUE, 7, "text", true, "bytes"));
    expected.add(null);
    assertEquals(expected, back);
    assertThrows(IllegalArgumentException.class, () -> tx.number("SELECT ?", 1.5));
  }

  @Test
  void update_tellsHowManyRows_andATakenKeyIsToldApart() {
    fill(3);
    assertEquals(2, tx.update("UPDATE pair SET b = 'x' WHERE a > ?", 1));
    assertThrows(DuplicateKeyException.class, () -> tx.update("INSERT INTO pair VALUES (2, 'x')"));
    assertFalse(tx.broken(), "a taken key is no failure of the engine");
    assertThrows(StoreException.class, () -> tx.update("INSERT INTO nowhere VALUES (2)"));
    assertFalse(tx.broken(), "nor is a wrong statement");
  }

  @Test
  void attempt_thatFailsOtherwise_isUndoneAndSaysWhy() {
    fill(1);
    Fault fault =
        assertThrows(
            Fault.class,
            () ->
                tx.attempt(
                    change -> {
                      change.update("INSERT INTO pair VALUES (2, 'x')");
                      throw Fault.of(FaultCode.FORBIDDEN, "no");
                    }));
    assertEquals(FaultCode.FORBIDDEN, fault.code());
    assertEquals(1, tx.number("SELECT count(*) FROM pair"));
    assertTrue(tx.attempt(change -> change.update("INSERT INTO pair VALUES (3, 'x')")));
    assertEquals(2, tx.number("SELECT count(*) FROM pair"));
  }

  @Test
  void actions_areTakenOnce() {
    List<String> ran = new ArrayList<>();
    tx.afterCommit(() -> ran.add("one"));
    tx.afterCommit(() -> ran.add("two"));
    tx.takeCommitted().forEach(Runnable::run);
    assertEquals(List.of("one", "two"), ran);
    assertEquals(List.of(), tx.takeCommitted());
  }

  @Test
  void droppedConnection_isNotAlive() {
    assertTrue(tx.isAlive());
    tx.drop();
    assertFalse(tx.isAlive());
    tx.drop();
  }

  @Test
  void bytes_comeBackAsTheyWere() {
    byte[] bytes = {0, 1, (byte) 255};
    assertArrayEquals(bytes, tx.first("SELECT ?", row -> row.getBytes(1), (Object) bytes));
  }
}
