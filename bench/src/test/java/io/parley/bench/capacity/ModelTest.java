package io.parley.bench.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// Figures that are easy to work out by hand.
class ModelTest {
  private static final double GIB = 1L << 30;

  /// 10 µs a send, 1 µs a push, 2 µs to hear; a database takes 50,000 sends/s, the live way as
  /// many.
  private static final Measured PARTS =
      new Measured(10, 1, 2, 100, 0, 50_000, 50_000, 4096, 4096, 0, 500);

  private static Wish wish(double connections, double sends) {
    return new Wish(connections, sends, 1, 1e9, 30, 1, 2, 4 * GIB, 0.5);
  }

  @Test
  void littleWork_needsOneServer_whichHearsOfNobody() {
    Need need = Model.of(PARTS, wish(1_000, 1_000));
    assertEquals(1, need.installations());
    assertEquals(1, need.serversEach());
    assertEquals(0.01, need.byCores(), 1e-9);
    assertEquals(0, need.hearing());
    assertEquals(0, need.bus());
    assertEquals(0.02, need.turn(), 1e-9);
    assertEquals(1_000.0 * 86_400 * 500, need.diskBytes(), 1);
    assertEquals("processor time", need.limit());
  }

  @Test
  void connections_needMemory() {
    // 8 KiB each in 70 % of 4 GiB.
    Need need = Model.of(PARTS, wish(1_000_000, 100));
    assertEquals(1_000_000 * 8192.0 / (0.7 * 4 * GIB), need.byMemory(), 1e-9);
    assertEquals(3, need.serversEach());
    assertEquals("memory for connections", need.limit());
  }

  @Test
  void morePushes_needMoreOfTheProcessor() {
    Wish one = wish(0, 10_000);
    Wish many = new Wish(0, 10_000, 101, 1e9, 30, 1, 2, 4 * GIB, 0.5);
    assertEquals(0.1, Model.of(PARTS, one).byCores(), 1e-9);
    // 10 µs + 100 pushes, less what each of two servers hears.
    Need need = Model.of(PARTS, many);
    assertEquals((1.1 - 0.02) / (1 - 0.02), need.byCores(), 1e-9);
    assertEquals(2, need.serversEach());
    assertEquals(0.01, need.hearing(), 1e-9);
    assertEquals(0.2, need.bus(), 1e-9);
  }

  @Test
  void moreThanADatabaseTakes_needsAnother() {
    Need need = Model.of(PARTS, wish(0, 120_000));
    assertEquals(3, need.installations());
    assertEquals(0.8, need.turn(), 1e-9);
    assertEquals("the database's turn", need.limit());
  }

  @Test
  void moreThanAServerCanHear_needsAnotherInstallation() {
    Measured deaf = new Measured(10, 10, 50, 0, 0, 1e9, 1e9, 1, 1, 0, 1);
    Wish wish = new Wish(0, 30_000, 20, 1e9, 30, 1, 2, 4 * GIB, 0.5);
    Need need = Model.of(deaf, wish);
    assertTrue(need.installations() > 1, need::toString);
    assertTrue(need.serversEach() >= 1, need::toString);
    Need all = Model.of(deaf, wish.part(need.installations() - 1));
    assertTrue(all.installations() > 1, "one fewer would do");
  }
}
