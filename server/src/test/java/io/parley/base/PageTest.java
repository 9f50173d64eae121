package io.parley.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Pages by number, which may be read on by cursor.
class PageTest {
  @Test
  void request_isMadeValid() {
    assertEquals(new Page.Request(1, 20), Page.Request.of(0, 0, 100));
    assertEquals(new Page.Request(3, 100), Page.Request.of(3, 1000, 100));
    assertEquals(new Page.Request(1_000_000, 5), Page.Request.of(1_000_000, 5, 100));
    for (long page : new long[] {-1, 1_000_001}) {
      Fault fault = assertThrows(Fault.class, () -> Page.Request.of(page, 5, 100));
      assertEquals("page: must be 1 … 1000000", fault.text());
    }
  }

  @Test
  void request_byCursor_countsNoPages() {
    Page.Request request = Page.Request.of(7, 5, "3.4", 100);
    assertEquals(new Page.Request(1, 5, "3.4"), request);
    assertArrayEquals(new long[] {3, 4}, request.after(0, 0));
    assertThrows(Fault.class, () -> request.after(0));
    assertEquals(new Page.Request(7, 5, ""), Page.Request.of(7, 5, "", 100));
    assertArrayEquals(new long[] {8, 9}, Page.Request.of(7, 5, "", 100).after(8, 9));
  }

  @Test
  void request_skipsThePagesBefore_andReadsOneRowMore() {
    Page.Request request = new Page.Request(3, 5);
    assertEquals(10, request.offset());
    assertEquals(6, request.rows());
  }

  @Test
  void downwards_beginsAboveEverything_orBelowTheCursor_afterTheArgumentsBefore() {
    assertArrayEquals(
        new Object[] {"a", 7L, Long.MAX_VALUE, Long.MAX_VALUE, 6L, 10L},
        new Page.Request(3, 5).downwards("a", 7L));
    assertArrayEquals(
        new Object[] {7L, 3L, 4L, 6L, 0L}, Page.Request.of(7, 5, "3.4", 100).downwards(7L));
  }

  @Test
  void page_showsWhatIsToBeShown_andGoesOnAfterTheLastRow() {
    Page.Request request = new Page.Request(1, 2);
    Page<String> page =
        Page.of(
            request,
            List.of(9L, 8L, 7L),
            row -> new long[] {row, 0},
            row -> row == 8 ? null : "row " + row,
            11);
    assertEquals(List.of("row 9"), page.rows());
    assertEquals("8.0", page.next());
    assertEquals(11, page.totalRows());
    assertEquals(6, page.totalPages());
    Page<String> last =
        Page.of(request, List.of(9L, 8L), row -> new long[] {row}, row -> "row " + row, 2);
    assertEquals(List.of("row 9", "row 8"), last.rows());
    assertEquals("", last.next());
    assertEquals(1, last.totalPages());
    assertEquals(0, new Page<>(List.of(), 1, 20, 0).totalPages());
  }
}
