package io.parley.valkey;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.Node;
import io.parley.bus.EventWire;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
  private static final Envelope SAID =
      new Envelope(
          new Node(1023, 77), Envelope.Kind.EVENTS, 5, 99, List.of(new byte[] {1, 2}, new byte[0]));

  @Test
  void whatIsSaid_comesBackAsItWas() {
    Envelope back = Envelope.decode(SAID.encode());
    assertEquals(SAID.node(), back.node());
    assertEquals(SAID.kind(), back.kind());
    assertEquals(SAID.number(), back.number());
    assertEquals(SAID.sentMs(), back.sentMs());
    assertEquals(2, back.events().size());
    assertArrayEquals(SAID.events().getFirst(), back.events().getFirst());
  }

  @Test
  void newerVersionOrKind_saysWhoSpeaks() {
    for (int at : new int[] {0, 1}) {
      byte[] newer = SAID.encode();
      newer[at] = 100;
      Envelope read = Envelope.decode(newer);
      assertEquals(Envelope.Kind.NEWER, read.kind());
      assertEquals(SAID.node(), read.node());
      assertEquals(5, read.number());
    }
  }

  @Test
  void bytesThatAreCutTooManyOrHostile_areMalformedOrAnEnvelope() {
    byte[] whole = SAID.encode();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThrows(EventWire.Malformed.class, () -> Envelope.decode(cut));
    }
    assertThrows(
        EventWire.Malformed.class, () -> Envelope.decode(Arrays.copyOf(whole, whole.length + 1)));
    assertThrows(
        EventWire.Malformed.class, () -> Envelope.decode(new byte[Envelope.BYTES_MAX + 1]));
    Random random = new Random(3);
    int malformed = 0;
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = whole.clone();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      try {
        Envelope.decode(bytes);
      } catch (EventWire.Malformed e) {
        malformed++;
      }
    }
    assertTrue(malformed > 1_000, "only " + malformed + " were malformed");
  }
}
