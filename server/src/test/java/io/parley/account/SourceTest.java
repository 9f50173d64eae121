package io.parley.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.Caller;
import io.parley.base.Right;
import java.net.InetAddress;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;

class SourceTest {
  @Test
  void ipv6_isCountedByItsNetwork() {
    assertEquals(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff:ffff:ffff:ffff"));
    assertEquals(of("2001:db8:1:2::1"), of("2001:0DB8:1:2::9%eth0"));
    assertNotEquals(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
  }

  @Test
  void ipv4_isCountedByAddress_alsoWithinIpv6() {
    assertNotEquals(of("10.0.0.1"), of("10.0.0.2"));
    assertEquals(of("10.0.0.1"), of("::ffff:10.0.0.1"));
  }

  @Test
  void ipv4_isWrittenAsThePlatformWritesIt_howeverItCame() {
    Random random = new Random(7);
    List<String> parts = List.of("0", "00", "1", "01", "10", "255", "256", "1234", "", "a", "1.");
    int known = 0;
    for (int i = 0; i < 20_000; i++) {
      StringJoiner text = new StringJoiner(".");
      for (int part = random.nextInt(3, 6); part > 0; part--) {
        text.add(parts.get(random.nextInt(parts.size())));
      }
      String address = text.toString();
      String wanted = address;
      try {
        wanted = InetAddress.ofLiteral(address).getHostAddress();
        known++;
      } catch (IllegalArgumentException e) {
        // Counted as it is.
      }
      assertEquals(wanted, of(address).key(), address);
    }
    assertTrue(known > 500, "addresses among them: " + known);
  }

  @Test
  void programs_areApart() {
    assertNotEquals(Source.app("1"), Source.app("2"));
    Caller tier = Caller.anonymous("10.0.0.1", "").as("token tier", Set.of(Right.ENTRY));
    assertEquals(Source.UNTOLD, Source.of(tier));
    assertEquals(of("unknown"), of("unknown"));
  }

  private static Source of(String address) {
    return Source.ofAddress(address);
  }
}
