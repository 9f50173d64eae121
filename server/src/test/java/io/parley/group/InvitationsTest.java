package io.parley.group;

import static io.parley.harness.GrpcPerson.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.parley.api.group.DeleteGroupRequest;
import io.parley.api.group.Group;
import io.parley.api.group.JoinGroupRequest;
import io.parley.api.group.JoinPolicy;
import io.parley.api.group.MemberRole;
import io.parley.api.group.QuitGroupRequest;
import io.parley.api.membership.AcceptGroupInvitationRequest;
import io.parley.api.membership.AnnounceRequest;
import io.parley.api.membership.DeclineGroupInvitationRequest;
import io.parley.api.membership.GroupInvitation;
import io.parley.api.membership.Invited;
import io.parley.api.membership.ListGroupInvitationsRequest;
import io.parley.api.membership.ListInvitedRequest;
import io.parley.api.membership.ListMembersRequest;
import io.parley.api.membership.ListMyGroupsRequest;
import io.parley.api.membership.SetJoinPolicyRequest;
import io.parley.api.membership.WithdrawGroupInvitationRequest;
import io.parley.api.social.BlockRequest;
import io.parley.api.social.FriendPolicy;
import io.parley.api.social.GetPrivacyRequest;
import io.parley.api.social.GroupPolicy;
import io.parley.api.social.PresencePolicy;
import io.parley.api.social.Privacy;
import io.parley.api.social.RequestFriendRequest;
import io.parley.api.social.SetPrivacyRequest;
import io.parley.api.social.UnblockRequest;
import io.parley.harness.GrpcPerson;
import io.parley.harness.LivePerson;
import io.parley.harness.TestClock;
import io.parley.harness.TestServer;
import io.parley.harness.TestWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Who is brought into a group, and who is asked: ann owns one, bob is an admin, cat stands
/// outside.
class InvitationsTest {
  private static final int MADE_MAX = 5;
  private static final int WAITING_MAX = 8;

  private final TestClock clock = new TestClock();

  @RegisterExtension
  private final TestWorld world =
      new TestWorld(
          Map.of(
              "limits.group_invitations_max",
              Integer.toString(WAITING_MAX),
              "limits.group_invitations_made_max",
              Integer.toString(MADE_MAX),
              "limits.group_members_max",
              "4",
              "limits.groups_per_account_max",
              "12"),
          clock);

  private final TestServer server = world.server();
  private final GrpcPerson ann = world.register("ann");
  private final GrpcPerson bob = world.register("bob");
  private final GrpcPerson cat = world.register("cat");
  private final long group = ann.createGroup("rowing");

  @BeforeEach
  void start() {
    join(bob, group, 0);
    role(bob, MemberRole.ROLE_ADMIN);
  }

  @Test
  void bringIn_stranger_isInvited_andInOnceItAccepts() {
    assertFalse(join(ann, group, cat.id()));
    assertEquals(List.of(), groupsOf(cat));
    GroupInvitation invitation = invitations(cat).getFirst();
    assertEquals(group, invitation.getGroup().getId());
    assertEquals(ann.id(), invitation.getInviter().getId());
    assertEquals(List.of(cat.id()), invited(bob));
    accept(cat, group);
    assertEquals(List.of(group), groupsOf(cat));
    assertEquals(List.of(), invitations(cat));
    assertEquals(List.of(), invited(ann));
    assertFails(Code.NOT_FOUND, () -> accept(cat, group));
    assertTrue(join(ann, group, cat.id()), "bringing in a member changes nothing");
  }

  @Test
  void bringIn_asTheAccountsPrivacyHasIt() {
    ann.befriend(cat);
    privacy(cat, FriendPolicy.FRIEND_APPROVAL, GroupPolicy.GROUP_NOBODY);
    assertFalse(join(ann, group, cat.id()), "not even a friend");
    quit(ann, cat.id());
    privacy(cat, FriendPolicy.FRIEND_APPROVAL, GroupPolicy.GROUP_FRIENDS);
    assertFalse(join(bob, group, cat.id()), "no friend");
    assertTrue(join(ann, group, cat.id()), "a friend");
    quit(ann, cat.id());
    privacy(cat, FriendPolicy.FRIEND_APPROVAL, GroupPolicy.GROUP_EVERYBODY);
    assertTrue(join(bob, group, cat.id()), "anybody");
  }

  @Test
  void bringIn_friendWhoMerelyTakesFriendsOpenly_isInvited() {
    privacy(cat, FriendPolicy.FRIEND_OPEN, GroupPolicy.GROUP_FRIENDS);
    assertTrue(
        ann.friends()
            .requestFriend(RequestFriendRequest.newBuilder().setUserId(cat.id()).build())
            .getFriend());
    assertFalse(join(ann, group, cat.id()));
    cat.befriend(ann);
    assertTrue(join(ann, group, cat.id()), "once it said so itself");
  }

  @Test
  void setPrivacy_leavesWhatIsNotSet() {
    privacy(cat, FriendPolicy.FRIEND_APPROVAL, GroupPolicy.GROUP_NOBODY);
    presence(PresencePolicy.PRESENCE_FRIENDS);
    var unused =
        cat.friends()
            .setPrivacy(
                SetPrivacyRequest.newBuilder()
                    .setPrivacy(Privacy.newBuilder().setFriendPolicy(FriendPolicy.FRIEND_CLOSED))
                    .build());
    Privacy privacy = cat.friends().getPrivacy(GetPrivacyRequest.getDefaultInstance()).getPrivacy();
    assertEquals(FriendPolicy.FRIEND_CLOSED, privacy.getFriendPolicy());
    assertEquals(GroupPolicy.GROUP_NOBODY, privacy.getGroupPolicy());
    assertEquals(PresencePolicy.PRESENCE_FRIENDS, privacy.getPresencePolicy());
  }

  private void presence(PresencePolicy policy) {
    var unused =
        cat.friends()
            .setPrivacy(
                SetPrivacyRequest.newBuilder()
                    .setPrivacy(Privacy.newBuilder().setPresencePolicy(policy))
                    .build());
  }

  @Test
  void bringIn_oneWhoAskedToComeIn_isInAtOnce() {
    policy(JoinPolicy.JOIN_APPROVAL);
    assertFalse(join(cat, group, 0));
    assertTrue(join(bob, group, cat.id()));
  }

  @Test
  void joinGroup_byOneWhoIsInvited_accepts_evenIntoAClosedGroup() {
    policy(JoinPolicy.JOIN_CLOSED);
    assertFails(Code.NOT_FOUND, () -> join(cat, group, 0));
    join(ann, group, cat.id());
    assertTrue(join(cat, group, 0));
    assertEquals(List.of(), invitations(cat));
  }

  @Test
  void quitGroup_ofOneWhoIsInvited_takesItBack_orDeclines() {
    join(ann, group, cat.id());
    quit(bob, cat.id());
    assertEquals(List.of(), invitations(cat));
    join(ann, group, cat.id());
    quit(cat, 0);
    assertEquals(List.of(), invitations(cat));
    assertFails(Code.RESOURCE_EXHAUSTED, () -> join(ann, group, cat.id()));
  }

  @Test
  void closedGroup_isSeenFromOutside_whileInvited() {
    policy(JoinPolicy.JOIN_CLOSED);
    var unused =
        ann.memberships()
            .announce(
                AnnounceRequest.newBuilder().setGroupId(group).setAnnouncement("at 8").build());
    assertFails(Code.NOT_FOUND, () -> get(cat));
    join(ann, group, cat.id());
    assertEquals("rowing", get(cat).getName());
    assertEquals(2, get(cat).getMemberCount());
    assertEquals("", get(cat).getAnnouncement());
    assertEquals(MemberRole.ROLE_NONE, get(cat).getRole());
    assertEquals(get(cat), invitations(cat).getFirst().getGroup());
    assertFails(
        Code.PERMISSION_DENIED,
        () ->
            cat.memberships()
                .listMembers(ListMembersRequest.newBuilder().setGroupId(group).build()));
    decline(cat, group);
    assertFails(Code.NOT_FOUND, () -> get(cat));
  }

  @Test
  void decline_leavesTheAdminsList_andIsNotAskedAgainTooSoon() {
    join(ann, group, cat.id());
    decline(cat, group);
    assertFails(Code.NOT_FOUND, () -> decline(cat, group));
    assertFails(Code.NOT_FOUND, () -> accept(cat, group));
    assertEquals(List.of(), invited(ann));
    var soon = assertFails(Code.RESOURCE_EXHAUSTED, () -> join(bob, group, cat.id()));
    assertTrue(soon.getMessage().contains("limits.group_reinvite_s = 86400"), soon.getMessage());
    clock.advance(Duration.ofHours(24).minusSeconds(1));
    assertFails(Code.RESOURCE_EXHAUSTED, () -> join(bob, group, cat.id()));
    clock.advance(Duration.ofSeconds(2));
    assertFalse(join(bob, group, cat.id()));
    assertEquals(bob.id(), invitations(cat).getFirst().getInviter().getId());
  }

  @Test
  void invite_again_changesNothing() {
    join(ann, group, cat.id());
    join(bob, group, cat.id());
    assertEquals(1, invitations(cat).size());
    assertEquals(ann.id(), invitations(cat).getFirst().getInviter().getId());
  }

  @Test
  void inviter_whoLeadsNoMore_takesItsInvitationsAlong() {
    join(bob, group, cat.id());
    role(bob, MemberRole.ROLE_MEMBER);
    assertEquals(List.of(), invitations(cat));
    assertFails(Code.NOT_FOUND, () -> accept(cat, group));
    role(bob, MemberRole.ROLE_ADMIN);
    assertEquals(List.of(), invitations(cat), "what fell does not come back");
    join(bob, group, cat.id());
    quit(bob, 0);
    assertEquals(List.of(), invitations(cat));
    assertFails(Code.NOT_FOUND, () -> accept(cat, group));
  }

  @Test
  void dissolvedGroup_takesItsInvitationsAlong_andTellsTheInvited() throws Exception {
    join(ann, group, cat.id());
    try (LivePerson live = new LivePerson(server, cat.token(), "d1")) {
      var unused = ann.groups().deleteGroup(DeleteGroupRequest.newBuilder().setId(group).build());
      assertPush(live.next(), "dissolved", ann);
    }
    assertEquals(List.of(), invitations(cat));
    assertFails(Code.NOT_FOUND, () -> accept(cat, group));
  }

  @Test
  void block_hidesTheInvitation_andTheInviterSeesItWait() {
    join(ann, group, cat.id());
    block(cat, ann);
    assertEquals(List.of(), invitations(cat));
    assertFails(Code.NOT_FOUND, () -> accept(cat, group));
    assertFails(Code.NOT_FOUND, () -> decline(cat, group));
    assertEquals(List.of(cat.id()), invited(ann));
    assertFalse(join(bob, group, cat.id()), "somebody else's is seen");
    assertEquals(bob.id(), invitations(cat).getFirst().getInviter().getId());
  }

  @Test
  void bringIn_byOneWhoIsBlocked_answersAsForAnyStranger() throws Exception {
    privacy(cat, FriendPolicy.FRIEND_APPROVAL, GroupPolicy.GROUP_EVERYBODY);
    block(cat, ann);
    try (LivePerson live = new LivePerson(server, cat.token(), "d1")) {
      assertFalse(join(ann, group, cat.id()));
      assertEquals(List.of(cat.id()), invited(ann));
      assertEquals("ping", live.call("ping", "{}").get("cmd").asText());
      assertEquals(0, live.waiting(), "nobody is told");
    }
    var unused = cat.friends().unblock(UnblockRequest.newBuilder().setUserId(ann.id()).build());
    assertEquals(1, invitations(cat).size());
  }

  @Test
  void withdraw_isForThoseWhoLead() {
    join(ann, group, cat.id());
    assertFails(Code.PERMISSION_DENIED, () -> withdraw(cat, cat));
    assertFails(Code.PERMISSION_DENIED, () -> invited(cat));
    role(bob, MemberRole.ROLE_MEMBER);
    assertFails(Code.PERMISSION_DENIED, () -> withdraw(bob, cat));
    withdraw(ann, cat);
    assertFails(Code.NOT_FOUND, () -> withdraw(ann, cat));
    assertEquals(List.of(), invitations(cat));
  }

  @Test
  void invitations_arePushedToTheInvited_andTheirAcceptanceToTheGroup() throws Exception {
    try (LivePerson hers = new LivePerson(server, cat.token(), "d1");
        LivePerson inviters = new LivePerson(server, ann.token(), "d2")) {
      join(ann, group, cat.id());
      assertPush(hers.nextBut("push.activity"), "invited", ann);
      withdraw(bob, cat);
      assertPush(hers.nextBut("push.activity"), "uninvited", bob);
      join(ann, group, cat.id());
      assertPush(hers.nextBut("push.activity"), "invited", ann);
      decline(cat, group);
      assertPush(hers.nextBut("push.activity"), "uninvited", cat);
      assertEquals("ping", inviters.call("ping", "{}").get("cmd").asText());
      assertEquals(0, inviters.waiting(), "declining is told to nobody");
      clock.advance(Duration.ofDays(2));
      join(ann, group, cat.id());
      assertPush(hers.nextBut("push.activity"), "invited", ann);
      accept(cat, group);
      assertPush(hers.nextBut("push.activity"), "joined", cat);
      assertPush(inviters.next(), "joined", cat);
    }
  }

  @Test
  void accept_acceptAndWithdrawAtOnce_oneOfThemWins() throws Exception {
    for (int i = 0; i < 20; i++) {
      join(ann, group, cat.id());
      List<Boolean> won = atOnce(List.of(() -> accept(cat, group), () -> withdraw(ann, cat)));
      assertTrue(won.get(0) ^ won.get(1), won.toString());
      assertEquals(won.get(0), groupsOf(cat).contains(group));
      assertEquals(List.of(), invitations(cat));
      quit(ann, cat.id());
    }
  }

  @Test
  void accept_intoAFullGroup_waitsForRoom() {
    try (GrpcPerson dan = GrpcPerson.register(server, "dan");
        GrpcPerson eve = GrpcPerson.register(server, "eve")) {
      join(ann, group, cat.id());
      join(dan, group, 0);
      join(eve, group, 0);
      var full = assertFails(Code.RESOURCE_EXHAUSTED, () -> accept(cat, group));
      assertTrue(full.getMessage().contains("limits.group_members_max = 4"), full.getMessage());
      quit(ann, cat.id());
      assertFails(Code.RESOURCE_EXHAUSTED, () -> join(ann, group, cat.id()));
      quit(dan, 0);
      join(ann, group, cat.id());
      accept(cat, group);
    }
  }

  @Test
  void accept_overTheAccountsGroups_isRefused_andInvitationsCountForNone() {
    for (int i = 0; i < 11; i++) {
      cat.createGroup("rowing");
    }
    join(ann, group, cat.id());
    long last = cat.createGroup("rowing");
    var full = assertFails(Code.RESOURCE_EXHAUSTED, () -> accept(cat, group));
    assertTrue(full.getMessage().contains("limits.groups_per_account_max = 12"), full.getMessage());
    var unused = cat.groups().deleteGroup(DeleteGroupRequest.newBuilder().setId(last).build());
    accept(cat, group);
  }

  @Test
  void invite_manyAtOnce_stopsAtTheInvitersLimit() throws Exception {
    List<Callable<?>> calls = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      long each = ann.createGroup("rowing");
      for (int j = 0; j < 5; j++) {
        calls.add(() -> join(ann, each, cat.id()));
      }
    }
    atOnce(calls);
    assertEquals(MADE_MAX, invitations(cat).size());
    long one = ann.createGroup("rowing");
    var full = assertFails(Code.RESOURCE_EXHAUSTED, () -> join(ann, one, cat.id()));
    assertTrue(
        full.getMessage().contains("limits.group_invitations_made_max = " + MADE_MAX),
        full.getMessage());
    assertEquals(List.of(), groupsOf(cat), "none of them counts as a group");
  }

  @Test
  void invite_oneWhoHasTooManyWaiting_isRefused() {
    for (GrpcPerson each : List.of(ann, bob)) {
      for (int i = 0; i < WAITING_MAX / 2; i++) {
        join(each, each.createGroup("rowing"), cat.id());
      }
    }
    assertEquals(WAITING_MAX, invitations(cat).size());
    var full = assertFails(Code.RESOURCE_EXHAUSTED, () -> join(ann, group, cat.id()));
    assertTrue(
        full.getMessage().contains("limits.group_invitations_max = " + WAITING_MAX),
        full.getMessage());
    block(cat, bob);
    assertFalse(join(ann, group, cat.id()), "whoever is blocked fills nobody's list");
  }

  @Test
  void invitations_areReadOnByCursor() {
    for (int i = 0; i < MADE_MAX; i++) {
      join(ann, ann.createGroup("rowing"), cat.id());
      clock.advance(Duration.ofSeconds(1));
    }
    List<Long> seen = new ArrayList<>();
    String cursor = "";
    do {
      var part =
          cat.memberships()
              .listGroupInvitations(
                  ListGroupInvitationsRequest.newBuilder()
                      .setPageSize(2)
                      .setCursor(cursor)
                      .build());
      part.getInvitationList().forEach(each -> seen.add(each.getGroup().getId()));
      assertEquals(MADE_MAX, part.getPager().getTotalRows());
      cursor = part.getNextCursor();
    } while (!cursor.isEmpty());
    assertEquals(invitations(cat).stream().map(each -> each.getGroup().getId()).toList(), seen);
    assertEquals(MADE_MAX, seen.stream().distinct().count());
  }

  /// What each of some calls did, begun together: whether it passed.
  private static List<Boolean> atOnce(List<Callable<?>> calls) throws Exception {
    CyclicBarrier start = new CyclicBarrier(calls.size());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> running =
          calls.stream()
              .map(
                  call ->
                      threads.submit(
                          () -> {
                            start.await();
                            try {
                              var unused = call.call();
                              return true;
                            } catch (StatusRuntimeException e) {
                              return false;
                            }
                          }))
              .toList();
      List<Boolean> passed = new ArrayList<>();
      for (Future<Boolean> each : running) {
        passed.add(each.get());
      }
      return passed;
    }
  }

  private void assertPush(JsonNode push, String kind, GrpcPerson actor) {
    assertEquals("push.group", push.get("cmd").asText());
    assertEquals(kind, push.at("/data/kind").asText());
    assertEquals(Long.toString(group), push.at("/data/id").asText());
    assertEquals(Long.toString(actor.id()), push.at("/data/user_id").asText());
  }

  private static boolean join(GrpcPerson by, long group, long account) {
    return by.groups()
        .joinGroup(JoinGroupRequest.newBuilder().setId(group).setUserId(account).build())
        .getMember();
  }

  private void quit(GrpcPerson by, long account) {
    var unused =
        by.groups()
            .quitGroup(QuitGroupRequest.newBuilder().setId(group).setUserId(account).build());
  }

  private Group get(GrpcPerson who) {
    return who.group(group);
  }

  private void role(GrpcPerson of, MemberRole role) {
    var unused = ann.setRole(group, of, role);
  }

  private void policy(JoinPolicy policy) {
    var unused =
        ann.memberships()
            .setJoinPolicy(
                SetJoinPolicyRequest.newBuilder().setGroupId(group).setJoinPolicy(policy).build());
  }

  private static void privacy(GrpcPerson of, FriendPolicy friends, GroupPolicy groups) {
    var unused =
        of.friends()
            .setPrivacy(
                SetPrivacyRequest.newBuilder()
                    .setPrivacy(
                        Privacy.newBuilder().setFriendPolicy(friends).setGroupPolicy(groups))
                    .build());
  }

  private static void block(GrpcPerson who, GrpcPerson whom) {
    var unused = who.friends().block(BlockRequest.newBuilder().setUserId(whom.id()).build());
  }

  private static Object accept(GrpcPerson who, long group) {
    return who.memberships()
        .acceptGroupInvitation(AcceptGroupInvitationRequest.newBuilder().setGroupId(group).build());
  }

  private static Object decline(GrpcPerson who, long group) {
    return who.memberships()
        .declineGroupInvitation(
            DeclineGroupInvitationRequest.newBuilder().setGroupId(group).build());
  }

  private Object withdraw(GrpcPerson by, GrpcPerson whom) {
    return by.memberships()
        .withdrawGroupInvitation(
            WithdrawGroupInvitationRequest.newBuilder()
                .setGroupId(group)
                .setUserId(whom.id())
                .build());
  }

  private static List<GroupInvitation> invitations(GrpcPerson of) {
    return of.memberships()
        .listGroupInvitations(ListGroupInvitationsRequest.getDefaultInstance())
        .getInvitationList();
  }

  private List<Long> invited(GrpcPerson by) {
    return by
        .memberships()
        .listInvited(ListInvitedRequest.newBuilder().setGroupId(group).build())
        .getInvitedList()
        .stream()
        .map(Invited::getUser)
        .map(user -> user.getId())
        .toList();
  }

  private static List<Long> groupsOf(GrpcPerson who) {
    return who
        .memberships()
        .listMyGroups(ListMyGroupsRequest.getDefaultInstance())
        .getGroupList()
        .stream()
        .map(Group::getId)
        .toList();
  }
}
