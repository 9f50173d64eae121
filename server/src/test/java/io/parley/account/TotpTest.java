package io.parley.account;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TotpTest {
  /// RFC 6238, appendix B.
  private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  @Test
  void code_isThatOfTheRfc() {
    Map.of(
            59L, "94287082",
            1111111109L, "07081804",
            1111111111L, "14050471",
            1234567890L, "89005924",
            2000000000L, "69279037",
            20000000000L, "65353130")
        .forEach(
            (second, eight) ->
                assertEquals(
                    eight.substring(2),
                    Totp.code(SECRET, Totp.step(second * 1000)),
                    "at " + second));
  }

  @Test
  void match_takesAStepBeforeAndBehind_andNoMore() {
    long now = 1111111111_000L;
    long step = Totp.step(now);
    for (long off = -3; off <= 3; off++) {
      long wanted = Math.abs(off) <= 1 ? step + off : -1;
      assertEquals(wanted, Totp.match(SECRET, Totp.code(SECRET, step + off), now), "off by " + off);
    }
    for (String wrong : new String[] {"", "0504711", "05047", "０５０４７１"}) {
      assertEquals(-1, Totp.match(SECRET, wrong, now), wrong);
    }
  }

  /// RFC 4648, section 10, without the padding.
  @Test
  void base32_isThatOfTheRfc_andComesBack() {
    Map.of(
            "",
            "",
            "f",
            "MY",
            "fo",
            "MZXQ",
            "foo",
            "MZXW6",
            "foob",
            "MZXW6YQ",
            "foobar",
            "MZXW6YTBOI")
        .forEach(
            (plain, encoded) -> {
              byte[] bytes = plain.getBytes(StandardCharsets.US_ASCII);
              assertEquals(encoded, Base32.encode(bytes));
              assertArrayEquals(bytes, Base32.decode(encoded));
            });
    assertThrows(IllegalArgumentException.class, () -> Base32.decode("MZX!"));
  }
}
