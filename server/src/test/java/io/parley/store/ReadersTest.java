package io.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.Fault;
import io.parley.base.FaultCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Connections to read with: what becomes of those that fail, and who waits for whom.
@Timeout(60)
class ReadersTest {
  private static final String WRONG = "SELECT nothing FROM nowhere";

  @TempDir private Path dir;
  private Fragile engine;
  private Readers readers;

  /// Opens two connections for all and one apart, and fails when it is told to.
  private static final class Fragile extends EngineBeneath {
    private final List<Connection> opened = new ArrayList<>();
    private boolean fails;
    private boolean gone;

    Fragile(Dialect engine) {
      super(engine);
    }

    @Override
    public int readers() {
      return 2;
    }

    @Override
    public Connection openReader() throws SQLException {
      if (gone) {
        throw new SQLException("no disk");
      }
      Connection fresh = super.openReader();
      opened.add(fresh);
      return fresh;
    }

    @Override
    public boolean isBroken(SQLException e, boolean reads) {
      return fails || super.isBroken(e, reads);
    }

    long open() throws SQLException {
      long open = 0;
      for (Connection each : opened) {
        open += each.isClosed() ? 0 : 1;
      }
      return open;
    }
  }

  @BeforeEach
  void open() throws SQLException {
    engine = new Fragile(new Sqlite(dir.resolve("parley.db")));
    readers = new Readers(engine);
  }

  @AfterEach
  void close() throws SQLException {
    readers.close();
    assertEquals(0, engine.open());
  }

  private long one() {
    return readers.read(tx -> tx.number("SELECT 1"));
  }

  private long apart() {
    return readers.readApart(tx -> tx.number("SELECT 1"));
  }

  private FaultCode refused() {
    Fault fault = assertThrows(Fault.class, () -> readers.read(tx -> tx.number(WRONG)));
    assertTrue(fault.retryAfter().isPositive());
    return fault.code();
  }

  @Test
  void statementThatIsWrong_costsNoConnection() throws SQLException {
    for (int i = 0; i < 10; i++) {
      assertThrows(StoreException.class, () -> readers.read(tx -> tx.number(WRONG)));
    }
    assertEquals(1, one());
    assertEquals(3, engine.opened.size());
    assertEquals(3, engine.open());
  }

  @Test
  void connectionThatFails_isClosedAndAnotherOpenedWhenItIsNeeded() throws SQLException {
    engine.fails = true;
    assertEquals(FaultCode.UNAVAILABLE, refused());
    engine.fails = false;
    assertEquals(2, engine.open());
    for (int i = 0; i < 4; i++) {
      assertEquals(1, one());
    }
    assertEquals(4, engine.opened.size(), "one more than at first");
    assertEquals(3, engine.open());
  }

  /// What a read throws after its connection failed under it is its own affair.
  @Test
  void failureThatAReadHides_costsTheConnectionAllTheSame() throws SQLException {
    engine.fails = true;
    String said =
        readers.read(
            tx -> {
              assertThrows(StoreException.class, () -> tx.number(WRONG));
              return "nothing wrong";
            });
    assertEquals("nothing wrong", said);
    assertEquals(2, engine.open());
  }

  @Test
  void whileNoneCanBeOpened_readersAreToldSo_andTheNextTriesAgain() throws SQLException {
    engine.fails = true;
    for (int i = 0; i < 2; i++) {
      assertEquals(FaultCode.UNAVAILABLE, refused());
    }
    engine.fails = false;
    engine.gone = true;
    for (int i = 0; i < 10; i++) {
      assertEquals(FaultCode.UNAVAILABLE, refused());
    }
    assertEquals(1, apart());
    engine.gone = false;
    for (int i = 0; i < 4; i++) {
      assertEquals(1, one());
    }
    assertEquals(3, engine.open());
  }

  @Test
  void replacing_closesAllWhileItLasts_andOpensThemAsTheyAreNeeded() throws SQLException {
    List<Long> open = new ArrayList<>();
    readers.replaced(() -> open.add(engine.open()));
    assertEquals(List.of(0L), open);
    for (int i = 0; i < 4; i++) {
      assertEquals(1, one());
    }
    assertEquals(1, apart());
    assertEquals(3, engine.open());
  }

  @Test
  void pausing_givesTheConnectionsBack_howeverItEnds() throws SQLException {
    SQLException thrown = new SQLException("no");
    assertEquals(
        thrown,
        assertThrows(
            SQLException.class,
            () ->
                readers.paused(
                    () -> {
                      throw thrown;
                    })));
    List<Long> open = new ArrayList<>();
    readers.paused(() -> open.add(engine.open()));
    assertEquals(List.of(3L), open);
    assertEquals(1, one());
    assertEquals(3, engine.opened.size());
  }

  @Test
  void readerThatIsInterrupted_isToldSo_andStaysInterrupted() {
    Thread.currentThread().interrupt();
    try {
      Fault fault = assertThrows(Fault.class, this::one);
      assertEquals(FaultCode.UNAVAILABLE, fault.code());
    } finally {
      assertTrue(Thread.interrupted());
    }
    assertEquals(1, one());
    assertFalse(Thread.interrupted());
  }
}
