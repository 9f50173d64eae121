package io.parley.session;

import static io.parley.harness.CoreWorld.NOBODY;
import static io.parley.harness.CoreWorld.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.audit.Entry;
import io.parley.base.AccountId;
import io.parley.base.Caller;
import io.parley.base.FaultCode;
import io.parley.base.Right;
import io.parley.bus.Event;
import io.parley.control.Orders;
import io.parley.harness.CoreWorld;
import io.parley.harness.TestBus;
import io.parley.harness.TestPlatform;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Tokens of programs that operators make and revoke while the server runs.
class ServiceTokensTest {
  private static final String CONFIGURED = "0123456789abcdef0123456789abcdef";
  private static final Set<Right> MAIL = Set.of(Right.MAIL);

  @RegisterExtension
  static final CoreWorld world =
      new CoreWorld(
          Map.of(
              "security.service_tokens",
              "[{name: gw, token: %s, rights: [gateway]}]".formatted(CONFIGURED),
              "security.trusted_peers",
              "[{cidr: 10.0.0.0/8, rights: [entry]}]"));

  private static ServiceTokens tokens() {
    return world.core().serviceTokens;
  }

  private static ServiceTokens.Created create(String name) {
    return tokens().create(Orders.OPERATOR, name, MAIL);
  }

  private static @Nullable Caller shown(String secret) {
    return tokens().service(Tokens.hash(secret), NOBODY);
  }

  @Test
  void token_isItsProgramsRights_untilItIsRevoked_andBothAreAnnounced() {
    world.events();
    ServiceTokens.Created made = create("mailer");
    assertTrue(made.secret().matches("[0-9a-f]{64}"), made.secret());
    assertEquals(NOBODY.as("token mailer", MAIL), shown(made.secret()));
    assertEquals(NOBODY.as("token mailer", MAIL), world.caller(made.secret()));
    assertNull(shown("0".repeat(64)));
    assertEquals(1, world.events(Event.TrustChanged.class).size());
    tokens().revoke(Orders.OPERATOR, made.token().id(), "");
    assertNull(shown(made.secret()));
    refused(FaultCode.NOT_LOGGED_IN, () -> world.caller(made.secret()));
    assertEquals(1, world.events(Event.TrustChanged.class).size());
    refused(FaultCode.NOT_FOUND, () -> tokens().revoke(Orders.OPERATOR, made.token().id(), ""));
  }

  @Test
  void name_isThatOfOneGoodToken_alsoWhereThatIsConfigured() {
    ServiceTokens.Created first = create("one");
    refused(FaultCode.ALREADY_EXISTS, () -> create("one"));
    refused(FaultCode.ALREADY_EXISTS, () -> create("gw"));
    tokens().revoke(Orders.OPERATOR, 0, "one");
    ServiceTokens.Created second = create("one");
    assertNotEquals(first.secret(), second.secret());
    assertNull(shown(first.secret()));
    assertEquals(NOBODY.as("token one", MAIL), shown(second.secret()));
  }

  @Test
  void name_hasAFormAndALength_andATokenHasRights() {
    for (String wrong : List.of("", "a b", "naïve\n", "x".repeat(51))) {
      String said = refused(FaultCode.INVALID_FIELD, () -> create(wrong));
      assertTrue(said.startsWith("name"), said);
    }
    create("x".repeat(50));
    String said =
        refused(FaultCode.INVALID_FIELD, () -> tokens().create(Orders.OPERATOR, "none", Set.of()));
    assertTrue(said.startsWith("rights"), said);
  }

  @Test
  void revoking_byIdLooksAtNoName_andConfiguredOnesAreTheConfigurations() {
    ServiceTokens.Created kept = create("kept");
    ServiceTokens.Created gone = create("gone");
    tokens().revoke(Orders.OPERATOR, gone.token().id(), "kept");
    assertNull(shown(gone.secret()));
    assertEquals(NOBODY.as("token kept", MAIL), shown(kept.secret()));
    refused(FaultCode.FAILED_PRECONDITION, () -> tokens().revoke(Orders.OPERATOR, 0, "gw"));
    assertEquals(NOBODY.as("token gw", Set.of(Right.GATEWAY)), world.caller(CONFIGURED));
    refused(FaultCode.NOT_FOUND, () -> tokens().revoke(Orders.OPERATOR, 0, "nobody"));
  }

  @Test
  void list_beginsWithTheConfigured_thenTheNewest_revokedOnesToo() {
    ServiceTokens.Created early = create("early");
    world.clock().advance(Duration.ofSeconds(1));
    Caller operator =
        NOBODY.as("token ops", Set.of(Right.ADMIN)).vouchingFor(world.register("root-user").id());
    ServiceTokens.Created late = tokens().create(operator, "late", Set.of(Right.ADMIN, Right.MAIL));
    tokens().revoke(Orders.OPERATOR, early.token().id(), "");
    List<ServiceToken> all = tokens().list();
    assertEquals(
        new ServiceToken(0, "gw", Set.of(Right.GATEWAY), 0, 0, null, null), all.getFirst());
    assertTrue(all.getFirst().configured());
    assertEquals(
        new ServiceToken(
            late.token().id(),
            "late",
            Set.of(Right.ADMIN, Right.MAIL),
            Objects.requireNonNull(operator.accountId()).value(),
            world.clock().millis(),
            null,
            null),
        all.get(1));
    assertEquals(late.token(), all.get(1));
    assertFalse(all.get(1).configured());
    assertEquals(early.token().id(), all.get(2).id());
    assertEquals(world.clock().millis(), all.get(2).revokedAt());
    assertEquals(world.clock().millis() - 1000, all.get(2).createdAt());
  }

  @Test
  void use_isKnownAtOnce_andWrittenOnceInTenMinutes() {
    ServiceTokens.Created made = create("used");
    assertNull(listed(made).lastUsedAt());
    long first = world.clock().millis();
    shown(made.secret());
    assertEquals(first, listed(made).lastUsedAt());
    assertEquals(first, written(made));
    world.clock().advance(Duration.ofMinutes(10).minusMillis(1));
    shown(made.secret());
    assertEquals(first, listed(made).lastUsedAt());
    world.clock().advance(Duration.ofMillis(1));
    shown(made.secret());
    assertEquals(world.clock().millis(), listed(made).lastUsedAt());
    assertEquals(world.clock().millis(), written(made));
    // Another token is made: what is known of this one's use stays.
    create("other");
    assertEquals(world.clock().millis(), listed(made).lastUsedAt());
  }

  private static ServiceToken listed(ServiceTokens.Created made) {
    return tokens().list().stream()
        .filter(each -> each.id() == made.token().id())
        .findFirst()
        .orElseThrow();
  }

  private static long written(ServiceTokens.Created made) {
    // What it queued comes first.
    world.core().db.write(tx -> 0);
    return world
        .core()
        .db
        .read(
            tx ->
                tx.number(
                    "SELECT last_used_at FROM service_token WHERE id = ?", made.token().id()));
  }

  @Test
  void thousandGoodTokens_areAllThereCanBe() {
    world
        .core()
        .db
        .change(
            tx -> {
              long there = tx.number("SELECT count(*) FROM service_token WHERE revoked_at IS NULL");
              for (long id = 1; id <= 999 - there; id++) {
                tx.update(
                    """
                    INSERT INTO service_token (id, name, token_hash, rights, created_by, created_at)
                    VALUES (?, ?, ?, 'MAIL', 0, 1)\
                    """,
                    id,
                    "many" + id,
                    "hash" + id);
              }
            });
    try {
      create("thousandth");
      String said = refused(FaultCode.QUOTA, () -> create("one-more"));
      assertTrue(said.contains("1000"), said);
      tokens().revoke(Orders.OPERATOR, 0, "many1");
      create("one-more");
    } finally {
      world.core().db.change(tx -> tx.update("DELETE FROM service_token WHERE name LIKE 'many%'"));
    }
  }

  @Test
  void makingAndRevoking_areInTheAuditLog() {
    create("audited");
    tokens().revoke(Orders.OPERATOR, 0, "audited");
    List<Entry> entries =
        world.core().audit.after(0, 1000).stream()
            .filter(each -> each.target().equals("token audited"))
            .toList();
    assertEquals(
        List.of("token.create rights [mail]", "token.revoke "),
        entries.stream().map(each -> each.act() + ' ' + each.details()).toList());
  }

  @Test
  void tokenOfAnotherNode_isKnownWithItsEvent_orWithItsLoss() {
    ServiceTokens.Created before = create("elsewhere-0");
    TestBus bus = new TestBus();
    ServiceTokens other =
        new ServiceTokens(
            TestPlatform.over(world.core().db, bus, world.clock(), 77),
            world.core().audit,
            Trust.NOBODY);
    assertNotNull(other.service(Tokens.hash(before.secret()), NOBODY), "as after a restart");
    ServiceTokens.Created first = create("elsewhere-1");
    assertNull(other.service(Tokens.hash(first.secret()), NOBODY));
    bus.publish(new Event.AccountChanged(new AccountId(1)));
    assertNull(other.service(Tokens.hash(first.secret()), NOBODY));
    bus.publish(new Event.TrustChanged());
    assertNotNull(other.service(Tokens.hash(first.secret()), NOBODY));
    ServiceTokens.Created second = create("elsewhere-2");
    tokens().revoke(Orders.OPERATOR, 0, "elsewhere-1");
    bus.lose();
    assertNull(other.service(Tokens.hash(first.secret()), NOBODY));
    assertNotNull(other.service(Tokens.hash(second.secret()), NOBODY));
  }

  @Test
  void peer_isTrustedWithoutAToken_whereItsAddressIs() {
    Caller inside = Caller.anonymous("10.1.2.3", "test");
    assertEquals(
        inside.as("address 10.1.2.3", Set.of(Right.ENTRY)),
        world.core().sessions.authenticate("", inside));
    refused(FaultCode.NOT_LOGGED_IN, () -> world.caller(""));
    refused(FaultCode.NOT_LOGGED_IN, () -> world.core().sessions.authenticate("wrong", inside));
  }
}
