package io.parley.invite;

import static io.parley.harness.CoreWorld.NOBODY;
import static io.parley.harness.CoreWorld.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.account.Account;
import io.parley.account.Accounts;
import io.parley.account.AliasKind;
import io.parley.account.Gender;
import io.parley.base.Caller;
import io.parley.base.ConversationId;
import io.parley.base.Fault;
import io.parley.base.FaultCode;
import io.parley.base.Page;
import io.parley.control.Orders;
import io.parley.group.Group;
import io.parley.harness.CoreWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Whom an invite lets in, and whom not. Ann owns a group that is closed to everybody else.
class InvitesTest {
  private static final int LIVE_MAX = 3;
  private static final int MEMBERS_MAX = 4;

  @RegisterExtension
  private static final CoreWorld WORLD =
      new CoreWorld(
          Map.of(
              "security.registration",
              "invite",
              "limits.invites_max",
              Integer.toString(LIVE_MAX),
              "limits.group_members_max",
              Integer.toString(MEMBERS_MAX)));

  private static final AtomicInteger PEOPLE = new AtomicInteger();

  private final Caller ann = somebody("ann");
  private final Caller bob = somebody("bob");
  private final ConversationId group = group(ann);

  @Test
  void accept_intoClosedGroup_isInAndCounted() {
    Invite invite = into(group, ann, 2);

    Invite.Arrival arrival = accept(bob, invite);

    assertEquals(group, arrival.group());
    assertTrue(isIn(bob));
    assertEquals(1, live(ann).getFirst().uses());
  }

  @Test
  void accept_twice_countsOnce() {
    Invite invite = into(group, ann, 2);

    accept(bob, invite);
    accept(bob, invite);
    WORLD.core().roster.quit(bob, group, bob.requireAccount());
    accept(bob, invite);

    assertTrue(isIn(bob));
    assertEquals(1, live(ann).getFirst().uses());
  }

  @Test
  void accept_byWhoeverIsInAlready_doesNotCount() {
    accept(ann, into(group, ann, 1));

    assertEquals(0, live(ann).getFirst().uses());
  }

  @Test
  void accept_lastUseByMany_isForOne() throws Exception {
    Invite invite = into(group, ann, 1);
    List<Callable<Boolean>> comers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Caller each = somebody("comer");
      comers.add(() -> comes(each, invite));
    }

    long came = atOnce(comers).stream().filter(each -> each).count();

    assertEquals(1, came);
    assertEquals(2, WORLD.core().groups.get(ann, group).members());
    assertEquals(
        "the invite was used up",
        refused(FaultCode.FAILED_PRECONDITION, () -> accept(bob, invite)));
  }

  @Test
  void accept_whileItIsRevoked_isEitherInOrNotCounted() throws Exception {
    for (int round = 0; round < 20; round++) {
      Invite invite = into(group, ann, 1);
      Caller comer = somebody("comer");
      List<Boolean> both =
          atOnce(
              List.of(
                  () -> comes(comer, invite),
                  () -> {
                    WORLD.core().invites.revoke(ann, invite.id());
                    return true;
                  }));

      assertEquals(both.getFirst(), isIn(comer));
      refused(FaultCode.FAILED_PRECONDITION, () -> accept(bob, invite));
      if (both.getFirst()) {
        WORLD.core().roster.quit(comer, group, comer.requireAccount());
      }
    }
  }

  @Test
  void accept_atItsLastMillisecond_isIn_andNotOneLater() {
    Invite invite = into(group, ann, 5);
    long life = invite.expiresAt() - WORLD.clock().millis();
    assertEquals(Duration.ofHours(1).toMillis(), life);

    WORLD.clock().advance(Duration.ofMillis(life - 1));
    accept(bob, invite);
    WORLD.clock().advance(Duration.ofMillis(1));

    Caller late = somebody("late");
    assertEquals(
        "the invite has expired",
        refused(FaultCode.FAILED_PRECONDITION, () -> accept(late, invite)));
    assertEquals(Invite.State.EXPIRED, look(invite).state());
    assertTrue(live(ann).isEmpty());
  }

  @Test
  void accept_revoked_isRefused() {
    Invite invite = into(group, ann, 5);
    WORLD.core().invites.revoke(ann, invite.id());
    WORLD.core().invites.revoke(ann, invite.id());

    assertEquals(
        "the invite was revoked",
        refused(FaultCode.FAILED_PRECONDITION, () -> accept(bob, invite)));
    assertEquals(Invite.State.REVOKED, look(invite).state());
  }

  @Test
  void accept_ofDisabledMaker_isRefused_untilItMayLogInAgain() {
    Invite invite = into(group, ann, 5);
    WORLD.core().logins.setDisabled(Orders.OPERATOR, ann.requireAccount(), true, "test");

    refusedAsEnded(bob, invite);
    assertNull(look(invite).maker());
    assertNull(look(invite).group());

    WORLD.core().logins.setDisabled(Orders.OPERATOR, ann.requireAccount(), false, "test");
    accept(bob, invite);
    assertTrue(isIn(bob));
  }

  @Test
  void accept_ofMakerWhoLeadsNoMore_isRefused() {
    accept(bob, into(group, ann, 1));
    WORLD.core().roster.setRole(ann, group, bob.requireAccount(), true);
    Invite invite = into(group, bob, 5);
    Caller cat = somebody("cat");

    WORLD.core().roster.setRole(ann, group, bob.requireAccount(), false);

    refusedAsEnded(cat, invite);
    assertFalse(isIn(cat));
  }

  @Test
  void accept_intoDissolvedGroup_isRefused() {
    Invite invite = into(group, ann, 5);
    WORLD.core().groups.delete(ann, group);

    refusedAsEnded(bob, invite);
  }

  @Test
  void accept_blockedByItsMaker_isRefusedAsEnded() {
    Invite invite = into(group, ann, 5);
    Invite friend = toSelf(ann, 5);
    WORLD.core().friends.block(ann, bob.requireAccount());

    refusedAsEnded(bob, invite);
    refusedAsEnded(bob, friend);
    assertEquals(List.of(0, 0), live(ann).stream().map(Invite::uses).toList());
  }

  @Test
  void accept_byWhoWasTakenOut_isRefusedAsEnded_butNotByWhoLeft() {
    Invite invite = into(group, ann, 5);
    accept(bob, invite);
    WORLD.core().roster.quit(bob, group, bob.requireAccount());
    accept(bob, invite);
    WORLD.core().roster.quit(ann, group, bob.requireAccount());

    refusedAsEnded(bob, invite);
    assertFalse(isIn(bob));
  }

  @Test
  void accept_intoFullGroup_isRefused_andNotCounted() {
    Invite invite = into(group, ann, 10);
    for (int i = 1; i < MEMBERS_MAX; i++) {
      accept(somebody("member"), invite);
    }

    refused(FaultCode.QUOTA, () -> accept(bob, invite));

    assertEquals(MEMBERS_MAX - 1, live(ann).getFirst().uses());
  }

  @Test
  void accept_person_areFriends() {
    Invite invite = toSelf(ann, 2);

    assertEquals(ann.requireAccount(), accountOf(accept(bob, invite)));
    accept(bob, invite);
    accept(ann, invite);

    assertTrue(WORLD.core().friends.relation(ann, bob.requireAccount()).friend());
    assertTrue(WORLD.core().friends.relation(bob, ann.requireAccount()).friend());
    assertEquals(1, live(ann).getFirst().uses());
  }

  @Test
  void look_withoutLogin_tellsWhoAndWhere() {
    Invite.Sight sight = look(into(group, ann, 1));

    assertEquals(Invite.State.LIVE, sight.state());
    assertEquals("rowing", present(sight.group()).group().name());
    assertEquals(1, present(sight.group()).members());
    assertEquals(ann.requireAccount(), present(sight.maker()).id());
  }

  @Test
  void create_orSeeThem_outsideOfGroup_isRefused() {
    Invite invite = into(group, ann, 1);
    Caller member = somebody("member");
    accept(member, invite);

    refused(FaultCode.NOT_FOUND, () -> into(group, bob, 1));
    refused(FaultCode.NOT_FOUND, () -> WORLD.core().invites.into(bob, group, all()));
    refused(FaultCode.FORBIDDEN, () -> into(group, member, 1));
    refused(FaultCode.FORBIDDEN, () -> WORLD.core().invites.into(member, group, all()));
    refused(FaultCode.NOT_FOUND, () -> WORLD.core().invites.revoke(bob, invite.id()));
    refused(FaultCode.NOT_FOUND, () -> WORLD.core().invites.revoke(member, invite.id()));
  }

  @Test
  void into_isForAllWhoLead_andTheyRevoke() {
    accept(bob, into(group, ann, 1));
    WORLD.core().roster.setRole(ann, group, bob.requireAccount(), true);
    Invite invite = into(group, ann, 5);

    List<Invite> seen = WORLD.core().invites.into(bob, group, all()).rows();
    assertEquals(List.of(invite.token()), seen.stream().map(Invite::token).toList());
    WORLD.core().invites.revoke(bob, invite.id());

    assertEquals(Invite.State.REVOKED, look(invite).state());
  }

  @Test
  void create_moreThanMayBeLive_isRefused_untilOneEnds() {
    for (int i = 0; i < LIVE_MAX; i++) {
      var unused = toSelf(ann, 1);
    }
    refused(FaultCode.QUOTA, () -> toSelf(ann, 1));

    WORLD.core().invites.revoke(ann, live(ann).getFirst().id());

    assertNotNull(toSelf(ann, 1));
  }

  @Test
  void create_intoGroupThatHasAll_isRefusedToItsOtherAdmins() {
    accept(bob, into(group, ann, 1));
    WORLD.core().roster.setRole(ann, group, bob.requireAccount(), true);
    for (int i = 0; i < LIVE_MAX; i++) {
      var unused = into(group, ann, 1);
    }

    refused(FaultCode.QUOTA, () -> into(group, bob, 1));
  }

  @Test
  void create_whatCannotBe_isRefusedByField() {
    refused(FaultCode.INVALID_FIELD, () -> make(ann, Invite.Kind.PERSON, 3599, 1));
    refused(FaultCode.INVALID_FIELD, () -> make(ann, Invite.Kind.PERSON, 30 * 86_400 + 1, 1));
    refused(FaultCode.INVALID_FIELD, () -> make(ann, Invite.Kind.PERSON, 0, 1001));
    refused(FaultCode.INVALID_FIELD, () -> make(ann, Invite.Kind.PERSON, 0, -1));
    refused(FaultCode.FORBIDDEN, () -> make(ann, Invite.Kind.SERVER, 0, 1));
    refused(
        FaultCode.FORBIDDEN,
        () ->
            WORLD
                .core()
                .invites
                .create(ann, new Invite.Wish(Invite.Kind.PERSON, null, 0, true, 1)));
  }

  @Test
  void create_often_forgetsOldOnesThatEnded() {
    Invite first = toSelf(ann, 1);
    WORLD.core().invites.revoke(ann, first.id());
    for (int i = 0; i < 101; i++) {
      WORLD.core().invites.revoke(ann, toSelf(ann, 1).id());
    }

    assertEquals("there is no such invite", refused(FaultCode.NOT_FOUND, () -> look(first)));
  }

  @Test
  void all_isForOperators_withoutTokens() {
    Invite invite = toSelf(ann, 1);
    refused(FaultCode.FORBIDDEN, () -> WORLD.core().invites.all(ann, all()));

    Invite seen =
        WORLD.core().invites.all(Orders.OPERATOR, all()).rows().stream()
            .filter(each -> each.id() == invite.id())
            .findFirst()
            .orElseThrow();
    WORLD.core().invites.revoke(Orders.OPERATOR, invite.id());

    assertEquals("", seen.token());
    assertEquals(Invite.State.REVOKED, look(invite).state());
  }

  @Test
  void register_byInvite_isWhereItLeads_inOneTransaction() {
    refused(FaultCode.FORBIDDEN, () -> register("stranger", ""));
    Invite invite = into(group, ann, 1);

    Account cat = register("cat", invite.token());

    assertEquals(2, WORLD.core().groups.get(ann, group).members());
    assertEquals(1, WORLD.core().members.groupCount(cat.id()));
    String name = "dan" + PEOPLE.incrementAndGet();
    refused(FaultCode.FAILED_PRECONDITION, () -> registerAs(name, invite.token()));
    assertNull(WORLD.core().accounts.findByAlias(name));
  }

  @Test
  void register_byFullGroup_makesNoAccount() {
    Invite invite = into(group, ann, 10);
    for (int i = 1; i < MEMBERS_MAX; i++) {
      accept(somebody("member"), invite);
    }
    String name = "eve" + PEOPLE.incrementAndGet();

    refused(FaultCode.QUOTA, () -> registerAs(name, invite.token()));

    assertNull(WORLD.core().accounts.findByAlias(name));
  }

  private static <T> T present(@Nullable T value) {
    assertNotNull(value);
    return value;
  }

  private static Object accountOf(Invite.Arrival arrival) {
    return present(arrival.maker()).id();
  }

  private static Page.Request all() {
    return new Page.Request(1, 100);
  }

  private static Caller somebody(String name) {
    return WORLD.somebody(name + PEOPLE.incrementAndGet());
  }

  private static ConversationId group(Caller owner) {
    ConversationId id = WORLD.core().groups.create(owner, "rowing", "", "").group().id();
    WORLD.core().groups.setJoinPolicy(owner, id, Group.JoinPolicy.CLOSED);
    return id;
  }

  private static Invite into(ConversationId group, Caller maker, int uses) {
    return WORLD
        .core()
        .invites
        .create(maker, new Invite.Wish(Invite.Kind.GROUP, group, 3600, false, uses));
  }

  private static Invite toSelf(Caller maker, int uses) {
    return make(maker, Invite.Kind.PERSON, 0, uses);
  }

  private static Invite make(Caller maker, Invite.Kind kind, long seconds, int uses) {
    return WORLD.core().invites.create(maker, new Invite.Wish(kind, null, seconds, false, uses));
  }

  private static Invite.Arrival accept(Caller caller, Invite invite) {
    return WORLD.core().invites.accept(caller, invite.token());
  }

  private static Invite.Sight look(Invite invite) {
    return WORLD.core().invites.look(NOBODY, invite.token());
  }

  private static List<Invite> live(Caller maker) {
    return WORLD.core().invites.mine(maker, all()).rows();
  }

  private static void refusedAsEnded(Caller caller, Invite invite) {
    assertEquals(
        "the invite is not valid any more",
        refused(FaultCode.FAILED_PRECONDITION, () -> accept(caller, invite)));
  }

  private boolean isIn(Caller caller) {
    try {
      return WORLD.core().groups.get(caller, group).role() != null;
    } catch (Fault e) {
      return false;
    }
  }

  private static boolean comes(Caller caller, Invite invite) {
    try {
      var unused = accept(caller, invite);
      return true;
    } catch (Fault e) {
      assertEquals(FaultCode.FAILED_PRECONDITION, e.code(), e.text());
      return false;
    }
  }

  private static List<Boolean> atOnce(List<Callable<Boolean>> calls) throws Exception {
    CyclicBarrier start = new CyclicBarrier(calls.size());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> running = new ArrayList<>();
      for (Callable<Boolean> each : calls) {
        running.add(
            threads.submit(
                () -> {
                  start.await();
                  return each.call();
                }));
      }
      List<Boolean> answers = new ArrayList<>();
      for (Future<Boolean> each : running) {
        answers.add(each.get());
      }
      return answers;
    }
  }

  private static Account register(String name, String token) {
    return registerAs(name + PEOPLE.incrementAndGet(), token);
  }

  private static Account registerAs(String name, String token) {
    return WORLD
        .core()
        .invites
        .register(
            NOBODY,
            new Accounts.Registration(
                Map.of(AliasKind.NICKNAME, name), name, Gender.UNKNOWN, "", CoreWorld.PASSWORD),
            token);
  }
}
