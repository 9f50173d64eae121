package io.parley.group;

import static io.parley.harness.GrpcPerson.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.grpc.Status.Code;
import io.parley.api.conversation.Conversation;
import io.parley.api.conversation.HistoryRequest;
import io.parley.api.conversation.Message;
import io.parley.api.conversation.SyncRequest;
import io.parley.api.group.CreateGroupRequest;
import io.parley.api.group.DeleteGroupRequest;
import io.parley.api.group.GetGroupUserRequest;
import io.parley.api.group.Group;
import io.parley.api.group.JoinGroupRequest;
import io.parley.api.group.JoinPolicy;
import io.parley.api.group.MemberRole;
import io.parley.api.group.QueryGroupRequest;
import io.parley.api.group.QuitGroupRequest;
import io.parley.api.group.UpdateGroupRequest;
import io.parley.api.membership.AnnounceRequest;
import io.parley.api.membership.AnswerJoinRequestRequest;
import io.parley.api.membership.ListJoinRequestsRequest;
import io.parley.api.membership.ListMembersRequest;
import io.parley.api.membership.ListMyGroupsRequest;
import io.parley.api.membership.Member;
import io.parley.api.membership.MuteAllRequest;
import io.parley.api.membership.MuteRequest;
import io.parley.api.membership.SetJoinPolicyRequest;
import io.parley.api.membership.TransferRequest;
import io.parley.api.message.SendGroupTextMessageRequest;
import io.parley.api.message.TextMessage;
import io.parley.harness.GrpcPerson;
import io.parley.harness.LivePerson;
import io.parley.harness.TestServer;
import io.parley.harness.TestWorld;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Groups, through the native API: ann owns, bob comes in, cat stands outside.
class GroupsTest {
  @RegisterExtension
  private final TestWorld world = new TestWorld(Map.of("limits.group_requests_max", "1"));

  private final TestServer server = world.server();
  private final GrpcPerson ann = world.register("ann");
  private final GrpcPerson bob = world.register("bob");
  private final GrpcPerson cat = world.register("cat");
  private long group;

  @BeforeEach
  void start() {
    group = ann.createGroup("Rowing 划船");
    join(bob);
  }

  @Test
  void get_showsTheCallersRoleAndTheNumberOfMembers() {
    assertEquals(MemberRole.ROLE_OWNER, get(ann).getRole());
    assertEquals(MemberRole.ROLE_MEMBER, get(bob).getRole());
    assertEquals(MemberRole.ROLE_NONE, get(cat).getRole());
    assertEquals(2, get(cat).getMemberCount());
  }

  @Test
  void update_byOwnerOrAdmin_keepsWhatIsEmpty() {
    UpdateGroupRequest rename = UpdateGroupRequest.newBuilder().setId(group).setName("Row").build();
    assertFails(Code.PERMISSION_DENIED, () -> bob.groups().updateGroup(rename));
    setRole(bob, MemberRole.ROLE_ADMIN);
    bob.groups()
        .updateGroup(UpdateGroupRequest.newBuilder().setId(group).setIntroduction("8+").build());
    ann.groups().updateGroup(rename);
    assertEquals("Row", get(ann).getName());
    assertEquals("8+", get(ann).getIntroduction());
    assertFails(
        Code.INVALID_ARGUMENT,
        () ->
            ann.groups()
                .updateGroup(
                    UpdateGroupRequest.newBuilder().setId(group).setName("x".repeat(65)).build()));
  }

  @Test
  void avatar_thatIsAScript_isRefused() {
    String script = "javascript:alert(1)";
    assertFails(
        Code.INVALID_ARGUMENT,
        () ->
            ann.groups()
                .createGroup(
                    CreateGroupRequest.newBuilder().setName("g").setAvatarUrl(script).build()));
    assertFails(
        Code.INVALID_ARGUMENT,
        () ->
            ann.groups()
                .updateGroup(
                    UpdateGroupRequest.newBuilder().setId(group).setAvatarUrl(script).build()));
  }

  @Test
  void query_findsByPartOfTheName_butNoClosedGroup() {
    assertEquals(List.of(group), query(cat, "ROW"));
    assertEquals(List.of(group), query(cat, "划"));
    assertEquals(List.of(), query(cat, "%"));
    policy(JoinPolicy.JOIN_CLOSED);
    assertEquals(List.of(), query(cat, "row"));
    assertFails(Code.NOT_FOUND, () -> get(cat));
    assertFails(Code.NOT_FOUND, () -> join(cat));
    assertEquals(JoinPolicy.JOIN_CLOSED, get(bob).getJoinPolicy());
    ann.befriend(cat);
    assertTrue(bring(ann, cat), "the owner may bring in her friends");
  }

  @Test
  void join_groupThatApproves_waitsForAnAnswer() {
    policy(JoinPolicy.JOIN_APPROVAL);
    assertFalse(join(cat));
    assertFails(Code.PERMISSION_DENIED, () -> requests(bob));
    assertEquals(cat.id(), requests(ann).getRequest(0).getUser().getId());
    assertEquals("please", requests(ann).getRequest(0).getNote());
    try (GrpcPerson dan = GrpcPerson.register(server, "dan")) {
      var full = assertFails(Code.RESOURCE_EXHAUSTED, () -> join(dan));
      assertTrue(full.getMessage().contains("group_requests_max"), full.getMessage());
    }
    answer(cat, true);
    assertEquals(MemberRole.ROLE_MEMBER, get(cat).getRole());
    assertFails(Code.NOT_FOUND, () -> answer(cat, true));
  }

  @Test
  void join_refused_staysOutside() {
    policy(JoinPolicy.JOIN_APPROVAL);
    join(cat);
    answer(cat, false);
    assertEquals(MemberRole.ROLE_NONE, get(cat).getRole());
  }

  @Test
  void bringIn_takesTheRight() {
    bob.befriend(cat);
    assertFails(Code.PERMISSION_DENIED, () -> bring(bob, cat));
    setRole(bob, MemberRole.ROLE_ADMIN);
    assertTrue(bring(bob, cat));
  }

  @Test
  void quit_ownerWithOthers_mustTransferFirst_aloneDissolves() {
    assertEquals(2107, assertFails(Code.FAILED_PRECONDITION, () -> quit(ann, 0)).getBusinessCode());
    assertFails(Code.PERMISSION_DENIED, () -> transfer(bob, bob));
    assertFails(Code.NOT_FOUND, () -> transfer(ann, cat));
    transfer(ann, bob);
    assertEquals(MemberRole.ROLE_ADMIN, get(ann).getRole());
    assertEquals(bob.id(), get(ann).getUserId());
    quit(ann, 0);
    quit(ann, 0);
    assertEquals(MemberRole.ROLE_NONE, get(ann).getRole());
    quit(bob, 0);
    assertFails(Code.NOT_FOUND, () -> get(bob));
  }

  @Test
  void kick_adminsTakeOutMembersOnly() {
    join(cat);
    assertFails(Code.PERMISSION_DENIED, () -> quit(bob, cat.id()));
    setRole(bob, MemberRole.ROLE_ADMIN);
    setRole(cat, MemberRole.ROLE_ADMIN);
    assertFails(Code.PERMISSION_DENIED, () -> quit(bob, cat.id()));
    assertFails(Code.PERMISSION_DENIED, () -> quit(bob, ann.id()));
    setRole(cat, MemberRole.ROLE_MEMBER);
    quit(bob, cat.id());
    assertEquals(MemberRole.ROLE_NONE, get(cat).getRole());
    quit(ann, bob.id());
    assertEquals(1, get(ann).getMemberCount());
  }

  @Test
  void kick_oneWhoIsLive_getsNothingMore_andKeepsWhatWasSent() throws Exception {
    say(ann, "one");
    try (LivePerson live = new LivePerson(server, bob.token(), "d1")) {
      say(ann, "two");
      assertEquals("push.message", live.next().get("cmd").asText());
      quit(ann, bob.id());
      String first = what(live);
      assertEquals(Set.of("SYSTEM_EVENT_REMOVED", "left"), Set.of(first, what(live)));
      say(ann, "three");
      assertEquals("ping", live.call("ping", "{}").get("cmd").asText());
      assertEquals(0, live.waiting(), "nothing of the group came after the removal");
      assertEquals(List.of("one", "two"), history(bob));
      assertFails(Code.PERMISSION_DENIED, () -> say(bob, "four"));
    }
    join(bob);
    assertEquals(List.of("one", "two", "three"), history(bob), "back in, all is readable again");
  }

  @Test
  void mute_forbidsWritingUntilItIsLifted() {
    assertFails(Code.PERMISSION_DENIED, () -> mute(bob, ann, 60));
    mute(ann, bob, 60);
    assertFails(Code.PERMISSION_DENIED, () -> say(bob, "hey"));
    assertTrue(member(bob).hasMutedUntil());
    mute(ann, bob, 0);
    say(bob, "hey");
    assertFails(Code.INVALID_ARGUMENT, () -> mute(ann, bob, 400L * 86400));
    assertFails(Code.NOT_FOUND, () -> mute(ann, cat, 1));
  }

  @Test
  void muteAll_leavesOwnerAndAdminsTheirVoice() {
    join(cat);
    setRole(cat, MemberRole.ROLE_ADMIN);
    muteAll(ann, true);
    assertTrue(get(bob).getMuted());
    assertFails(Code.PERMISSION_DENIED, () -> say(bob, "hey"));
    say(ann, "listen");
    say(cat, "yes");
    assertFails(Code.PERMISSION_DENIED, () -> muteAll(bob, false));
    muteAll(cat, false);
    say(bob, "hey");
    assertEquals(List.of("listen", "yes", "hey"), history(bob));
  }

  @Test
  void announce_isSeenByAllAndPushed() throws Exception {
    assertFails(Code.PERMISSION_DENIED, () -> announce(bob, "x"));
    try (LivePerson live = new LivePerson(server, bob.token(), "d1")) {
      announce(ann, "Sunday at 8");
      JsonNode push = live.next();
      assertEquals("push.group", push.get("cmd").asText());
      assertEquals("updated", push.at("/data/kind").asText());
    }
    assertEquals("Sunday at 8", get(bob).getAnnouncement());
    assertTrue(get(bob).hasAnnouncedAt());
    announce(ann, "");
    assertFalse(get(bob).hasAnnouncedAt());
    assertFails(Code.INVALID_ARGUMENT, () -> announce(ann, "x".repeat(2001)));
  }

  @Test
  void delete_byTheOwner_endsItForAll() throws Exception {
    say(ann, "bye");
    assertFails(Code.PERMISSION_DENIED, () -> delete(bob));
    try (LivePerson live = new LivePerson(server, bob.token(), "d1")) {
      delete(ann);
      String first = what(live);
      assertEquals(Set.of("SYSTEM_EVENT_DISSOLVED", "dissolved"), Set.of(first, what(live)));
    }
    assertFails(Code.NOT_FOUND, () -> get(ann));
    assertFails(Code.NOT_FOUND, () -> join(cat));
    assertFails(Code.PERMISSION_DENIED, () -> say(ann, "anybody?"));
    assertEquals(List.of("bye"), history(bob));
    Conversation over =
        bob.conversations().sync(SyncRequest.getDefaultInstance()).getConversation(0);
    assertEquals("Rowing 划船", over.getFormerName(), "for a device that never asked");
    assertEquals(
        0,
        ann.memberships().listMyGroups(ListMyGroupsRequest.getDefaultInstance()).getGroupCount());
  }

  @Test
  void members_areListedByRank_forMembersOnly() {
    join(cat);
    setRole(cat, MemberRole.ROLE_ADMIN);
    List<Member> members =
        bob.memberships()
            .listMembers(ListMembersRequest.newBuilder().setGroupId(group).build())
            .getMemberList();
    assertEquals(
        List.of(ann.id(), cat.id(), bob.id()),
        members.stream().map(member -> member.getUser().getId()).toList());
    var users = bob.groups().getGroupUser(GetGroupUserRequest.newBuilder().setId(group).build());
    assertEquals(3, users.getUserCount());
    assertEquals(3, users.getPager().getTotalRows());
    quit(cat, 0);
    assertFails(
        Code.PERMISSION_DENIED,
        () -> cat.groups().getGroupUser(GetGroupUserRequest.newBuilder().setId(group).build()));
    assertEquals(
        group,
        bob.memberships()
            .listMyGroups(ListMyGroupsRequest.getDefaultInstance())
            .getGroup(0)
            .getId());
  }

  private boolean join(GrpcPerson who) {
    return who.groups()
        .joinGroup(JoinGroupRequest.newBuilder().setId(group).setNote("please").build())
        .getMember();
  }

  private boolean bring(GrpcPerson by, GrpcPerson who) {
    return by.groups()
        .joinGroup(JoinGroupRequest.newBuilder().setId(group).setUserId(who.id()).build())
        .getMember();
  }

  private Object quit(GrpcPerson who, long account) {
    return who.groups()
        .quitGroup(QuitGroupRequest.newBuilder().setId(group).setUserId(account).build());
  }

  private Object delete(GrpcPerson who) {
    return who.groups().deleteGroup(DeleteGroupRequest.newBuilder().setId(group).build());
  }

  private Group get(GrpcPerson who) {
    return who.group(group);
  }

  private static List<Long> query(GrpcPerson who, String keyword) {
    return who
        .groups()
        .queryGroup(QueryGroupRequest.newBuilder().setKeyword(keyword).build())
        .getGroupList()
        .stream()
        .map(Group::getId)
        .toList();
  }

  private void setRole(GrpcPerson who, MemberRole role) {
    ann.setRole(group, who, role);
  }

  private Object transfer(GrpcPerson from, GrpcPerson to) {
    return from.memberships()
        .transfer(TransferRequest.newBuilder().setGroupId(group).setUserId(to.id()).build());
  }

  private void policy(JoinPolicy policy) {
    ann.memberships()
        .setJoinPolicy(
            SetJoinPolicyRequest.newBuilder().setGroupId(group).setJoinPolicy(policy).build());
  }

  private io.parley.api.membership.ListJoinRequestsResponse requests(GrpcPerson who) {
    return who.memberships()
        .listJoinRequests(ListJoinRequestsRequest.newBuilder().setGroupId(group).build());
  }

  private Object answer(GrpcPerson who, boolean accept) {
    return ann.memberships()
        .answerJoinRequest(
            AnswerJoinRequestRequest.newBuilder()
                .setGroupId(group)
                .setUserId(who.id())
                .setAccept(accept)
                .build());
  }

  private Object mute(GrpcPerson by, GrpcPerson who, long seconds) {
    return by.memberships()
        .mute(
            MuteRequest.newBuilder()
                .setGroupId(group)
                .setUserId(who.id())
                .setSeconds(seconds)
                .build());
  }

  private Object muteAll(GrpcPerson by, boolean muted) {
    return by.memberships()
        .muteAll(MuteAllRequest.newBuilder().setGroupId(group).setMuted(muted).build());
  }

  private Object announce(GrpcPerson by, String text) {
    return by.memberships()
        .announce(AnnounceRequest.newBuilder().setGroupId(group).setAnnouncement(text).build());
  }

  private Member member(GrpcPerson who) {
    return ann
        .memberships()
        .listMembers(ListMembersRequest.newBuilder().setGroupId(group).build())
        .getMemberList()
        .stream()
        .filter(member -> member.getUser().getId() == who.id())
        .findFirst()
        .orElseThrow();
  }

  private Object say(GrpcPerson who, String text) {
    return who.messages()
        .sendGroupTextMessage(
            SendGroupTextMessageRequest.newBuilder()
                .setToGroupId(group)
                .setText(TextMessage.newBuilder().setContent(text))
                .build());
  }

  /// What the next push tells of the group, as a message or as a change: the two come in any order.
  private static String what(LivePerson live) throws InterruptedException {
    JsonNode push = live.next();
    return push.at("/data/message/system/event").asText(push.at("/data/kind").asText());
  }

  private List<String> history(GrpcPerson who) {
    return who
        .conversations()
        .history(HistoryRequest.newBuilder().setConversationId(group).build())
        .getMessageList()
        .stream()
        .filter(Message::hasText)
        .map(Message::getText)
        .map(TextMessage::getContent)
        .toList();
  }
}
