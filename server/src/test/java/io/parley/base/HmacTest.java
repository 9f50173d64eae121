package io.parley.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HmacTest {
  /// RFC 4231, 4.3; the second time it must know nothing of the first.
  @Test
  void text_hasTheMacOfTheStandard_eachTime() {
    Hmac hmac = new Hmac("Jefe".getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < 2; i++) {
      assertEquals(
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
          HexFormat.of().formatHex(hmac.of("what do ya want for nothing?")));
    }
  }
}
