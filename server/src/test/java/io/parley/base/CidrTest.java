package io.parley.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.9.8.7/8, 10.0.0.1, true",
    "192.168.1.128/25, 192.168.1.129, true",
    "192.168.1.128/25, 192.168.1.127, false",
    "127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, 127.0.0.2, false",
    "0.0.0.0/0, 8.8.8.8, true",
    "0.0.0.0/0, ::1, false",
    "::/0, ::1, true",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "fe80::/10, fe80::1%eth0, true",
    "127.0.0.1/32, ::ffff:127.0.0.1, true",
    "127.0.0.1/32, localhost, false",
    "127.0.0.1/32, 127.1, false"
  })
  void contains_comparesThePrefixOnly(String block, String address, boolean inside) {
    assertEquals(inside, Cidr.parse(block).contains(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/8",
        "localhost",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/",
        "10.0.0.0/8/8",
        "10.1/8",
        "256.0.0.1/8",
        "::/129",
        "1:2:3/16"
      })
  void parse_refusesWhatIsNoBlock(String text) {
    assertThrows(IllegalArgumentException.class, () -> Cidr.parse(text));
  }

  @Test
  void canonical_isOneFormOfEachAddress() {
    assertEquals("2001:db8:0:0:0:0:0:1", Cidr.canonical("2001:DB8::1"));
    assertEquals("10.0.0.1", Cidr.canonical("10.0.0.1"));
    assertEquals("127.0.0.1", Cidr.canonical("::ffff:127.0.0.1"));
    assertNull(Cidr.canonical("localhost"));
  }

  @Test
  void anyContains_needsOneBlock() {
    List<Cidr> blocks = List.of(Cidr.parse("10.0.0.0/8"), Cidr.parse("::1"));
    assertTrue(Cidr.anyContains(blocks, "::1"));
    assertFalse(Cidr.anyContains(blocks, "::2"));
    assertFalse(Cidr.anyContains(List.of(), "10.0.0.1"));
  }
}
