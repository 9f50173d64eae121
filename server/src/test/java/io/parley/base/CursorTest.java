package io.parley.base;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Where lists go on, as text and back, plain and signed.
class CursorTest {
  private static final AccountId ANN = new AccountId(1);
  private static final AccountId BOB = new AccountId(2);

  private final SignedCursors signed = new SignedCursors(new byte[32]);

  @Test
  void numbers_comeBackAsTheyWere() {
    long[][] all = {{0}, {1, 0, 3, 4}, {Long.MAX_VALUE}, {Long.MAX_VALUE, Long.MAX_VALUE, 7}};
    for (long[] keys : all) {
      long[] first = new long[keys.length];
      assertArrayEquals(keys, Cursor.keys(Cursor.of(keys), first));
      SignedCursors.Of list = signed.of('A', ANN, 9);
      assertArrayEquals(keys, list.open(list.after(keys), first));
    }
    assertEquals("1.2", Cursor.of(1, 2));
  }

  @Test
  void anEmptyCursor_isTheBeginning() {
    assertArrayEquals(new long[] {5, 6}, Cursor.keys("", 5, 6));
    assertArrayEquals(new long[] {5, 6}, signed.of('A', ANN).open("", 5, 6));
  }

  @Test
  void whatIsNoCursorOfTwoNumbers_isRefused() {
    for (String cursor :
        List.of(
            "x",
            "1",
            "1.2.3",
            "-1.2",
            "1.",
            ".1",
            "1..2",
            "1 .2",
            "+1.2",
            "١.٢",
            "1.2\n",
            "1.9223372036854775808",
            "1.99999999999999999999",
            "1.2.3.4.5",
            "1".repeat(81))) {
      refused(() -> Cursor.keys(cursor, 0, 0));
    }
  }

  @Test
  void aSignedCursor_isGoodForOneListOfOneReader() {
    SignedCursors.Of list = signed.of('A', ANN, 9);
    String cursor = list.after(70);
    assertArrayEquals(new long[] {70}, list.open(cursor, 0));
    refused(() -> signed.of('B', ANN, 9).open(cursor, 0));
    refused(() -> signed.of('A', BOB, 9).open(cursor, 0));
    refused(() -> signed.of('A', ANN, 8).open(cursor, 0));
    refused(() -> signed.of('A', ANN).open(cursor, 0));
    refused(() -> list.open(cursor, 0, 0));
    byte[] other = new byte[32];
    other[0] = 1;
    refused(() -> new SignedCursors(other).of('A', ANN, 9).open(cursor, 0));
  }

  @Test
  void aSignedCursorThatWasChanged_isRefused() {
    SignedCursors.Of list = signed.of('A', ANN);
    String cursor = list.after(70);
    String signature = cursor.substring(cursor.indexOf('-'));
    assertNotEquals(cursor, "71" + signature);
    for (String changed :
        List.of(
            "71" + signature,
            "70",
            "70-",
            signature,
            "070" + signature,
            cursor + "AAAA",
            cursor.substring(0, cursor.length() - 1),
            "70-!",
            "A".repeat(5000))) {
      refused(() -> list.open(changed, 0));
    }
  }

  private static void refused(org.junit.jupiter.api.function.Executable open) {
    Fault fault = assertThrows(Fault.class, open);
    assertEquals(FaultCode.INVALID_FIELD, fault.code());
    assertEquals("cursor: not one that this server gave for this list", fault.text());
  }
}
