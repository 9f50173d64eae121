package io.parley.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.parley.base.Entropy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealTest {
  private final Seal seal = new Seal(key(1), Entropy.SYSTEM);

  private static byte[] key(int of) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) of);
    return key;
  }

  @Test
  void secret_isOpenedForItsOwner_andLooksAnotherEachTime() {
    String sealed = seal.seal("account 1", "JBSWY3DP");
    assertEquals("JBSWY3DP", seal.open("account 1", sealed));
    assertNotEquals(sealed, seal.seal("account 1", "JBSWY3DP"));
    byte[] raw = Base64.getDecoder().decode(sealed);
    assertFalse(new String(raw, StandardCharsets.ISO_8859_1).contains("JBSWY3DP"));
    assertEquals(12 + "JBSWY3DP".length() + 16, raw.length);
  }

  @Test
  void secret_isOpenedForNobodyElse_norWithAnotherKey_norAltered() {
    String sealed = seal.seal("account 1", "JBSWY3DP");
    assertThrows(StoreException.class, () -> seal.open("account 2", sealed));
    Seal other = new Seal(key(2), Entropy.SYSTEM);
    assertThrows(StoreException.class, () -> other.open("account 1", sealed));
    byte[] altered = Base64.getDecoder().decode(sealed);
    altered[altered.length - 1] ^= 1;
    String text = Base64.getEncoder().encodeToString(altered);
    for (String wrong : List.of(text, "", "AAAA", "not base64!")) {
      assertThrows(StoreException.class, () -> seal.open("account 1", wrong), wrong);
    }
  }
}
