package io.parley.realtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Right;
import io.parley.harness.TestLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Who is let in, who is cut for it, and what the registry remembers of them.
class AdmissionTest {
  private static final Map<String, String> SMALL =
      Map.of("limits.sockets_per_account_max", "2", "limits.sockets_max", "4");
  private final Crowd crowd = new Crowd(TestLimits.with(SMALL), true, 0, Runnable::run);
  private final Registry registry = crowd.registry;

  @Test
  void connections_areKnownByAccount_untilTheyGo() {
    Crowd.Peer phone = crowd.peer(1, "phone").admit();
    Crowd.Peer tablet = crowd.peer(1, "tablet").admit();
    Crowd.Peer bob = crowd.peer(2, "phone").admit();
    assertArrayEquals(new Connection[] {phone.connection, tablet.connection}, registry.of(1));
    assertEquals(3, registry.size());
    registry.remove(phone.connection);
    registry.remove(phone.connection);
    assertArrayEquals(new Connection[] {tablet.connection}, registry.of(1));
    assertEquals(2, registry.size());
    assertFalse(phone.closed, "its wire has ended already");
    List<Connection> all = new ArrayList<>();
    registry.forEach(all::add);
    assertEquals(Set.of(tablet.connection, bob.connection), Set.copyOf(all));
    registry.remove(tablet.connection);
    assertEquals(0, registry.of(1).length);
    assertEquals(1, registry.size());
  }

  @Test
  void tooManyOfOneAccount_areRefused_butNotOperatorsAndGateways() {
    crowd.peer(1, "a").admit();
    crowd.peer(1, "b").admit();
    assertRefused(FaultCode.QUOTA, "limits.sockets_per_account_max", crowd.peer(1, "c"));
    crowd.new Peer(1, "d", 10, Set.of(Right.ADMIN)).admit();
    crowd.new Peer(1, "e", 10, Set.of(Right.GATEWAY)).admit();
    assertEquals(4, registry.size());
    Crowd lenient = new Crowd(TestLimits.with(SMALL), false, 0, Runnable::run);
    for (String device : List.of("a", "b", "c")) {
      lenient.peer(1, device).admit();
    }
    assertEquals(3, lenient.registry.size());
  }

  @Test
  void tooManyInAll_areRefused_untilOneGoes() {
    Crowd.Peer first = crowd.peer(1, "phone").admit();
    for (long account = 2; account <= 4; account++) {
      crowd.peer(account, "phone").admit();
    }
    assertRefused(FaultCode.BUSY, "limits.sockets_max", crowd.peer(5, "phone"));
    assertEquals(4, registry.size());
    registry.remove(first.connection);
    crowd.peer(5, "phone").admit();
    assertEquals(4, registry.size());
  }

  @Test
  void newConnectionOfADevice_replacesTheOlder_andCountsOnce() {
    Crowd.Peer old = crowd.peer(1, "phone").admit();
    crowd.peer(1, "tablet").admit();
    Crowd.Peer fresh = crowd.peer(1, "phone").admit();
    assertTrue(old.closed);
    assertFalse(fresh.closed);
    assertEquals(List.of("replaced 0"), crowd.closings);
    assertEquals(2, registry.size());
    assertEquals(2, registry.of(1).length);
  }

  @Test
  void watcher_hearsOfTheFirstThatComesAndTheLastThatGoes() {
    List<String> heard = new ArrayList<>();
    registry.watch((account, here) -> heard.add(account + " " + here));
    Crowd.Peer phone = crowd.peer(1, "phone").admit();
    Crowd.Peer tablet = crowd.peer(1, "tablet").admit();
    assertEquals(List.of("1 true"), heard);
    registry.remove(phone.connection);
    assertEquals(List.of("1 true"), heard);
    registry.cut(tablet.connection, ClosingReason.SLOW);
    assertEquals(List.of("1 true", "1 false"), heard);
    registry.cut(tablet.connection, ClosingReason.SLOW);
    assertEquals(List.of("slow 500"), crowd.closings, "it is told once");
  }

  @Test
  void drain_cutsAll_spreadsTheirReturn_andLetsNobodyIn() {
    Crowd late = new Crowd(TestLimits.defaults(), true, Long.MAX_VALUE, Runnable::run);
    Crowd.Peer ann = late.peer(1, "phone").admit();
    Crowd.Peer bob = late.peer(2, "phone").admit();
    late.registry.drain();
    assertTrue(ann.closed && bob.closed);
    assertEquals(List.of("restart 4999", "restart 4999"), late.closings);
    assertEquals(0, late.registry.size());
    assertRefused(FaultCode.UNAVAILABLE, "stopping", late.peer(3, "phone"));
  }

  private static void assertRefused(FaultCode code, String text, Crowd.Peer peer) {
    Fault fault = assertThrows(Fault.class, peer::admit);
    assertEquals(code, fault.code());
    assertTrue(fault.text().contains(text), fault.text());
  }
}
