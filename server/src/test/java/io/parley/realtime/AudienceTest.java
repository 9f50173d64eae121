package io.parley.realtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import io.parley.base.MessageId;
import io.parley.base.SessionId;
import io.parley.bus.Audience;
import io.parley.bus.Event;
import io.parley.bus.GroupChange;
import io.parley.bus.NoticeKind;
import io.parley.harness.TestLimits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Who is pushed an event, and who is cut where it could not be made. Ann, Bob and Carl are members
/// of the group, Dora is not; Ann has a second device.
class AudienceTest {
  private static final ConversationId GROUP = new ConversationId(900);
  private static final AccountId ANN = new AccountId(1);
  private static final AccountId BOB = new AccountId(2);
  private static final AccountId DORA = new AccountId(4);
  private static final Audience MEMBERS = new Audience.Members();

  @Test
  void changeThatAMessageKnowsOf_isAskedFor() {
    List<Long> asked = new ArrayList<>();
    MemberSource members =
        (group, since) -> {
          asked.add(since);
          return new long[0];
        };
    new Delivery(crowd.registry, members, crowd, TestLimits.defaults())
        .accept(
            new Event.MessagePosted(
                new ConversationId(9), 1, 0, new Audience.Members(77), new byte[0]));
    assertEquals(List.of(77L), asked);
  }

  /// Carl has come at another node, and nobody here has heard of it.
  @Test
  void whoeverHasJustCome_isAmongThoseWhoMissedSomething_andWhoAreAskedToPull() {
    Audience sinceCarl = new Audience.Members(77);
    Delivery late =
        new Delivery(
            crowd.registry,
            (group, since) -> since < 77 ? new long[] {1, 2} : new long[] {1, 2, 3},
            crowd,
            TestLimits.defaults());
    late.askToPull(GROUP, sinceCarl);
    assertEquals(1, peer("carl").frames);
    late.accept(new Event.Missed(GROUP, sinceCarl));
    assertTrue(peer("carl").closed);
  }

  private static final Audience BUT_BOB = new Audience.MembersBut(Set.of(2L));
  private static final Audience ANN_AND_DORA = new Audience.Pair(ANN, DORA);

  private final Crowd crowd = new Crowd(TestLimits.defaults(), true, 0, Runnable::run);
  private final Map<String, Crowd.Peer> peers = new LinkedHashMap<>();
  private final Delivery delivery =
      new Delivery(
          crowd.registry, (group, since) -> new long[] {1, 2, 3}, crowd, TestLimits.defaults());

  AudienceTest() {
    peers.put("ann", crowd.peer(1, "phone").admit());
    peers.put("ann's tablet", crowd.new Peer(1, "tablet", 11, Set.of()).admit());
    peers.put("bob", crowd.peer(2, "phone").admit());
    peers.put("carl", crowd.peer(3, "phone").admit());
    peers.put("dora", crowd.peer(4, "phone").admit());
  }

  @Test
  void message_isPushedToAllButTheConnectionThatSentIt() {
    pushes(posted(MEMBERS, 0), "ann", "ann's tablet", "bob", "carl");
    pushes(posted(MEMBERS, id("ann")), "ann's tablet", "bob", "carl");
    pushes(posted(BUT_BOB, id("carl")), "ann", "ann's tablet");
    pushes(posted(ANN_AND_DORA, id("dora")), "ann", "ann's tablet");
    pushes(posted(new Audience.Pair(ANN, ANN), id("ann")), "ann's tablet");
    pushes(
        posted(new Audience.MembersAnd(0, List.of(BOB, DORA)), id("ann")),
        "ann's tablet",
        "bob",
        "carl",
        "dora");
    assertEquals(4 + 3 + 2 + 2 + 1 + 4, delivery.pushes());
    assertEquals(0, delivery.cuts());
  }

  @Test
  void changesOfMessages_arePushedToAll() {
    pushes(
        new Event.MessageRecalled(GROUP, 1, new MessageId(5), new AccountId(1), BUT_BOB),
        "ann",
        "ann's tablet",
        "carl");
    pushes(
        new Event.MessageChanged(GROUP, 1, MEMBERS, new byte[0]),
        "ann",
        "ann's tablet",
        "bob",
        "carl");
    pushes(new Event.ReadMarked(GROUP, 1, BOB, ANN_AND_DORA), "ann", "ann's tablet", "dora");
  }

  @Test
  void typing_isPushedToOthers() {
    pushes(new Event.Typing(GROUP, ANN, MEMBERS), "bob", "carl");
    pushes(new Event.Typing(GROUP, ANN, BUT_BOB), "carl");
    pushes(new Event.Typing(GROUP, DORA, ANN_AND_DORA), "ann", "ann's tablet");
  }

  @Test
  void changesOfAGroup_arePushedOnce_toItsMembersAndWhomTheyConcern() {
    pushes(changed(BOB), "ann", "ann's tablet", "bob", "carl");
    pushes(changed(DORA), "ann", "ann's tablet", "bob", "carl", "dora");
    pushes(changed(DORA, DORA), "ann", "ann's tablet", "bob", "carl", "dora");
    pushes(changed(ANN, DORA), "ann", "ann's tablet", "bob", "carl", "dora");
  }

  @Test
  void noticesAndPresence_arePushedToThoseTheyName() {
    pushes(new Event.Notice(NoticeKind.COMMENTED, 7, ANN, List.of(BOB, DORA)), "bob", "dora");
    pushes(new Event.Presence(ANN, true, 0, List.of(DORA)), "dora");
    pushes(new Event.TrustChanged());
    pushes(new Event.AccountChanged(ANN));
  }

  @Test
  void sessionThatEnded_cutsItsConnectionsOnly() {
    delivery.accept(new Event.SessionEnded(ANN, new SessionId(11)));
    assertCut("ann's tablet");
    assertEquals(List.of("session_ended 0"), crowd.closings);
  }

  @Test
  void whatCouldNotBePushed_cutsThoseItConcerns() {
    String[] members = {"ann", "ann's tablet", "bob", "carl"};
    String[] pair = {"ann", "ann's tablet", "dora"};
    cuts(posted(MEMBERS, id("ann")), "ann's tablet", "bob", "carl");
    cuts(posted(BUT_BOB, 0), "ann", "ann's tablet", "carl");
    cuts(posted(ANN_AND_DORA, 0), pair);
    cuts(new Event.MessageRecalled(GROUP, 1, new MessageId(5), new AccountId(1), MEMBERS), members);
    cuts(new Event.MessageChanged(GROUP, 1, ANN_AND_DORA, new byte[0]), pair);
    cuts(new Event.ReadMarked(GROUP, 1, BOB, MEMBERS), members);
    cuts(changed(BOB, DORA), "ann", "ann's tablet", "bob", "carl", "dora");
    cuts(changed(DORA), "ann", "ann's tablet", "bob", "carl", "dora");
    cuts(new Event.Notice(NoticeKind.COMMENTED, 7, ANN, List.of(BOB)), "bob");
    cuts(new Event.Presence(ANN, true, 0, List.of(DORA)), "dora");
    cuts(new Event.Missed(GROUP, MEMBERS), members);
    cuts(new Event.Missed(GROUP, ANN_AND_DORA), pair);
  }

  @Test
  void devicesThatMayLackSomething_areAskedToPull() {
    delivery.askToPull(GROUP, MEMBERS);
    assertEquals(4, crowd.syncs);
    delivery.askToPull(GROUP, ANN_AND_DORA);
    assertEquals(4 + 3, crowd.syncs);
    assertEquals(0, delivery.cuts());
  }

  /// The members cannot be read when they are to be pushed to, and can a moment later.
  @Test
  void whatCouldNotBeRouted_cutsWholeAudiences() {
    String[] members = {"ann", "ann's tablet", "bob", "carl"};
    cutsUnrouted(posted(MEMBERS, id("ann")), members);
    cutsUnrouted(posted(BUT_BOB, 0), members);
    cutsUnrouted(
        new Event.MessageRecalled(GROUP, 1, new MessageId(5), new AccountId(1), MEMBERS), members);
    cutsUnrouted(new Event.MessageChanged(GROUP, 1, MEMBERS, new byte[0]), members);
    cutsUnrouted(new Event.ReadMarked(GROUP, 1, BOB, MEMBERS), members);
    cutsUnrouted(changed(BOB, DORA), "ann", "ann's tablet", "bob", "carl", "dora");
    cutsUnrouted(changed(DORA), "ann", "ann's tablet", "bob", "carl", "dora");
    cutsUnrouted(new Event.Typing(GROUP, ANN, MEMBERS));
  }

  private static void cutsUnrouted(Event event, String... names) {
    AudienceTest other = new AudienceTest();
    int[] asked = new int[1];
    MemberSource flaky =
        (group, since) -> {
          if (asked[0]++ == 0) {
            throw new IllegalStateException("the store is busy");
          }
          return new long[] {1, 2, 3};
        };
    new Delivery(other.crowd.registry, flaky, other.crowd, TestLimits.defaults()).accept(event);
    other.assertCut(names);
  }

  @Test
  void whoDoesNotRead_isCut_andOthersAreNot() {
    peer("bob").pending = TestLimits.defaults().outboxBytesMax();
    pushes(posted(BUT_BOB, 0), "ann", "ann's tablet", "carl");
    pushes(posted(MEMBERS, 0), "ann", "ann's tablet", "bob", "carl");
    peer("bob").pending++;
    pushes(posted(MEMBERS, 0), "ann", "ann's tablet", "carl");
    assertCut("bob");
    assertEquals(1, delivery.cuts());
    assertEquals(List.of("slow 500"), crowd.closings);
    assertEquals(4, crowd.registry.size());
  }

  private static Event posted(Audience audience, long origin) {
    return new Event.MessagePosted(GROUP, 1, origin, audience, new byte[0]);
  }

  private static Event changed(AccountId member, AccountId... gone) {
    return new Event.GroupChanged(GROUP, member, GroupChange.UPDATED, List.of(gone));
  }

  private Crowd.Peer peer(String name) {
    Crowd.Peer peer = peers.get(name);
    if (peer == null) {
      throw new IllegalArgumentException(name);
    }
    return peer;
  }

  private long id(String name) {
    return peer(name).connection.id();
  }

  /// Each of `names` is pushed one frame, nobody else any.
  private void pushes(Event event, String... names) {
    peers.values().forEach(each -> each.frames = 0);
    delivery.accept(event);
    for (Map.Entry<String, Crowd.Peer> each : peers.entrySet()) {
      int expected = List.of(names).contains(each.getKey()) ? 1 : 0;
      assertEquals(expected, each.getValue().frames, event + " to " + each.getKey());
    }
  }

  /// The same event in a crowd of its own that cannot encode it.
  private static void cuts(Event event, String... names) {
    AudienceTest other = new AudienceTest();
    other.crowd.encodes = false;
    other.delivery.accept(event);
    other.assertCut(names);
    assertEquals(names.length, other.crowd.closings.size());
  }

  private void assertCut(String... names) {
    for (Map.Entry<String, Crowd.Peer> each : peers.entrySet()) {
      assertEquals(List.of(names).contains(each.getKey()), each.getValue().closed, each.getKey());
    }
  }
}
