package io.parley.session;

import static io.parley.harness.CoreWorld.NOBODY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.parley.base.Caller;
import io.parley.base.Cidr;
import io.parley.base.Right;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrustTest {
  private final Trust trust =
      new Trust(
          List.of(
              Trust.Service.of("gw", "secret of gw", Set.of(Right.GATEWAY)),
              Trust.Service.of("ops", "secret of ops", Set.of(Right.ADMIN))),
          List.of(
              new Trust.Peer(Cidr.parse("127.0.0.0/8"), Set.of(Right.MAIL)),
              new Trust.Peer(Cidr.parse("127.0.0.1/32"), Set.of(Right.ENTRY)),
              new Trust.Peer(Cidr.parse("10.0.0.0/8"), Set.of(Right.ADMIN))));

  @Test
  void service_isWhoeverHasItsToken_withItsRights() {
    assertEquals(
        NOBODY.as("token gw", Set.of(Right.GATEWAY)),
        trust.service(Tokens.hash("secret of gw"), NOBODY));
    assertEquals(
        NOBODY.as("token ops", Set.of(Right.ADMIN)),
        trust.service(Tokens.hash("secret of ops"), NOBODY));
    assertNull(trust.service(Tokens.hash("secret of nobody"), NOBODY));
    assertNull(trust.service("", NOBODY));
  }

  @Test
  void peer_hasTheRightsOfEveryBlockThatItIsIn() {
    assertEquals(
        NOBODY.as("address 127.0.0.1", Set.of(Right.MAIL, Right.ENTRY)), trust.peer(NOBODY));
    Caller stranger = Caller.anonymous("192.0.2.1", "test");
    assertNull(trust.peer(stranger));
    assertNull(Trust.NOBODY.peer(NOBODY));
  }
}
