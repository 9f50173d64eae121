package io.parley.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventWireTest {
  private static final Event SMALL =
      new Event.GroupChanged(
          new ConversationId(7), new AccountId(8), GroupChange.JOINED, List.of(new AccountId(9)));

  @Test
  void everyEvent_comesBackAsItWas() {
    for (long seed = 0; seed < 500; seed++) {
      for (Event event : new Events(seed).oneOfEach()) {
        byte[] bytes = EventWire.encode(event);
        Event back = EventWire.decode(bytes);
        assertTrue(back != null && Events.same(event, back), () -> event + " became " + back);
        assertTrue(
            bytes.length <= EventWire.weight(event),
            () -> event + " is heavier than was said: " + bytes.length);
      }
    }
  }

  @Test
  void newerVersionOrKindOrAudienceOrWord_isNoEventHere() {
    byte[] version = EventWire.encode(SMALL);
    version[0]++;
    assertNull(EventWire.decode(version));
    byte[] kind = EventWire.encode(SMALL);
    kind[1] = 100;
    assertNull(EventWire.decode(kind));
    byte[] word = EventWire.encode(SMALL);
    int at = new String(word, StandardCharsets.ISO_8859_1).indexOf("JOINED");
    word[at] = 'X';
    assertNull(EventWire.decode(word));
    byte[] audience =
        EventWire.encode(new Event.Missed(new ConversationId(1), new Audience.Members()));
    audience[audience.length - 1] = 100;
    assertNull(EventWire.decode(audience));
  }

  @Test
  void bytesThatAreCutOrTooMany_areMalformed() {
    for (Event event : new Events(1).oneOfEach()) {
      byte[] whole = EventWire.encode(event);
      for (int length = 0; length < whole.length; length++) {
        byte[] cut = Arrays.copyOf(whole, length);
        assertThrows(EventWire.Malformed.class, () -> EventWire.decode(cut));
      }
      byte[] more = Arrays.copyOf(whole, whole.length + 1);
      assertThrows(EventWire.Malformed.class, () -> EventWire.decode(more));
    }
  }

  @Test
  void bytesThatClaimMoreThanThereIs_areRefusedBeforeRoomIsMade() {
    byte[] bytes =
        EventWire.encode(
            new Event.MessageChanged(
                new ConversationId(1), 1, new Audience.Members(), new byte[4]));
    int count = bytes.length - 8;
    for (int claimed : new int[] {Integer.MAX_VALUE, -1, Integer.MIN_VALUE, 5}) {
      byte[] lying = bytes.clone();
      for (int i = 0; i < 4; i++) {
        lying[count + i] = (byte) (claimed >>> (24 - 8 * i));
      }
      assertThrows(EventWire.Malformed.class, () -> EventWire.decode(lying));
    }
    assertThrows(
        EventWire.Malformed.class, () -> EventWire.decode(new byte[EventWire.BYTES_MAX + 1]));
  }

  @Test
  void hostileBytes_areNothingOrAnEventOrMalformed() {
    Random random = new Random(5);
    int malformed = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes;
      if (i % 2 == 0) {
        bytes = new byte[random.nextInt(60)];
        random.nextBytes(bytes);
        if (bytes.length > 1) {
          bytes[0] = 1;
          bytes[1] = (byte) random.nextInt(14);
        }
      } else {
        List<Event> events = new Events(i).oneOfEach();
        bytes = EventWire.encode(events.get(i % events.size()));
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        Event event = EventWire.decode(bytes);
        if (event != null) {
          assertEquals(bytes.length, EventWire.encode(event).length, event::toString);
        }
      } catch (EventWire.Malformed e) {
        malformed++;
      }
    }
    assertTrue(malformed > 1_000, "only " + malformed + " were malformed");
  }
}
