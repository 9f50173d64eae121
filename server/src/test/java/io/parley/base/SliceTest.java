package io.parley.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Parts of lists: how much of what was found they tell, and where they go on.
class SliceTest {
  private static final Slice.Request TWO = new Slice.Request("", 2);

  @Test
  void rows_areTheStandardForNone_andTheMaximumForTooMany() {
    assertEquals(20, Slice.rows(0, 100));
    assertEquals(10, Slice.rows(0, 10));
    assertEquals(50, Slice.rows(0, 50, 100));
    assertEquals(1, Slice.rows(1, 100));
    assertEquals(100, Slice.rows(100, 100));
    assertEquals(100, Slice.rows(101, 100));
    assertEquals(100, Slice.rows(1L << 40, 100));
    assertEquals(100, Slice.rows(-1, 100), "what has no sign on the wire");
  }

  @Test
  void request_asksForOneRowMoreThanItTells() {
    Slice.Request request = Slice.Request.of("7", 5, 100);
    assertEquals(5, request.rows());
    assertEquals(6, request.looked());
    assertArrayEquals(new long[] {7}, request.after(Long.MAX_VALUE));
    assertEquals(100, Slice.Request.of("", 500, 100).rows());
    assertEquals(20, Slice.Request.of("", 0, 100).rows());
  }

  @Test
  void aPartWithMoreBehindIt_goesOnAfterItsLastRow() {
    Slice<Long> slice = Slice.of(TWO, List.of(9L, 8L, 7L), Cursor::of);
    assertEquals(List.of(9L, 8L), slice.rows());
    assertEquals("8", slice.next());
  }

  @Test
  void theLastPart_goesNowhere() {
    assertEquals("", Slice.of(TWO, List.of(9L, 8L), Cursor::of).next());
    assertEquals("", Slice.of(TWO, List.<Long>of(), Cursor::of).next());
  }

  @Test
  void aSearchThatStopped_goesOnWhereItStopped() {
    assertEquals("5", Slice.of(TWO, List.of(9L, 8L), Cursor::of, "5").next());
    assertEquals("8", Slice.of(TWO, List.of(9L, 8L, 7L), Cursor::of, "5").next());
  }

  @Test
  void anAnswerWithoutRoomForAll_goesOnAfterTheLastThatFits() {
    Slice<String> slice =
        Slice.of(new Slice.Request("", 3), List.of(9L, 8L, 7L, 6L), Cursor::of)
            .map(each -> "row " + each);
    assertEquals(List.of("row 9", "row 8", "row 7"), slice.rows());
    assertEquals("7", slice.next());
    assertEquals(slice, slice.first(3));
    Slice<String> fitting = slice.first(2);
    assertEquals(List.of("row 9", "row 8"), fitting.rows());
    assertEquals("8", fitting.next());
    assertEquals("9", fitting.first(1).next());
  }
}
