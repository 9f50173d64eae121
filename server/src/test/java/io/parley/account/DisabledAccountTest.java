package io.parley.account;

import static io.parley.harness.GrpcPerson.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.parley.api.admin.DisableAccountRequest;
import io.parley.api.admin.EnableAccountRequest;
import io.parley.api.feed.FeedQueryRequest;
import io.parley.api.feed.FeedRecommendRequest;
import io.parley.api.feed.FeedSort;
import io.parley.api.group.CreateGroupRequest;
import io.parley.api.group.JoinGroupRequest;
import io.parley.api.membership.AcceptGroupInvitationRequest;
import io.parley.api.membership.ListGroupInvitationsRequest;
import io.parley.api.social.AcceptFriendRequest;
import io.parley.api.social.FriendPolicy;
import io.parley.api.social.GroupPolicy;
import io.parley.api.social.ListFriendsRequest;
import io.parley.api.social.ListRequestsRequest;
import io.parley.api.social.Privacy;
import io.parley.api.social.RequestFriendRequest;
import io.parley.api.social.SetPrivacyRequest;
import io.parley.api.user.User;
import io.parley.api.user.UserQueryRequest;
import io.parley.harness.FeedPerson;
import io.parley.harness.GrpcPerson;
import io.parley.harness.TestServer;
import io.parley.harness.TestWorld;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What others see of a disabled account, and that all of it comes back.
class DisabledAccountTest {
  @RegisterExtension private final TestWorld world = new TestWorld();
  private final TestServer server = world.server();
  private final GrpcPerson root = world.operator("root user", "admin");
  private final FeedPerson spammer = world.joinedBy(FeedPerson.register(world.server(), "spammer"));
  private final FeedPerson bob = world.joinedBy(FeedPerson.register(world.server(), "bob"));
  private long commented;

  @Test
  void posts_areNowhereUntilItIsEnabled() {
    bob.follows(spammer);
    long post = spammer.post("buy this").getId();
    commented = bob.post("of bob").getId();
    assertEquals("buy that", spammer.comment(commented, "buy that").getContent());
    everywhere(true, post);
    disable();
    everywhere(false, post);
    enable();
    everywhere(true, post);
  }

  private void everywhere(boolean there, long post) {
    assertEquals(there, bob.query(FeedQueryRequest.newBuilder()).contains("buy this"), "newest");
    assertEquals(there, bob.find("buy th").contains("buy this"), "by keyword");
    assertEquals(there, bob.find("bu").contains("buy this"), "by a short keyword");
    assertEquals(there, bob.follow().contains("buy this"), "of followed accounts");
    assertEquals(there, hottest("").contains("buy this"), "hottest");
    assertEquals(there, hottest("buy this").contains("buy this"), "hottest by keyword");
    try (FeedPerson fresh = FeedPerson.register(server, "reader " + there + System.nanoTime())) {
      assertEquals(there, recommended(fresh).contains("buy this"), "recommended");
    }
    assertEquals(there, bob.comments(commented).contains("buy that"), "comments");
    if (there) {
      assertEquals("buy this", bob.get(post).getContent());
    } else {
      assertFails(Status.Code.NOT_FOUND, () -> bob.get(post));
      assertFails(Status.Code.NOT_FOUND, () -> bob.like(post));
    }
  }

  @Test
  void name_isNotFoundUntilItIsEnabled() {
    assertEquals(List.of("spammer"), found());
    disable();
    assertEquals(List.of(), found());
    enable();
    assertEquals(List.of("spammer"), found());
  }

  @Test
  void requestsToIt_waitUntilItIsEnabled() {
    policy(spammer, FriendPolicy.FRIEND_OPEN);
    disable();
    assertFalse(ask(bob, spammer), "though it takes friends openly");
    assertEquals(List.of(), friends(bob));
    enable();
    try (GrpcPerson back = GrpcPerson.login(server, "spammer", "secret1")) {
      var unused = accept(back, bob);
    }
    assertEquals(List.of("spammer"), friends(bob));
  }

  @Test
  void requestOfIt_waitsUnseenUntilItIsEnabled() {
    policy(bob, FriendPolicy.FRIEND_APPROVAL);
    assertFalse(ask(spammer, bob));
    disable();
    assertEquals(0, asked());
    assertFails(Status.Code.NOT_FOUND, () -> accept(bob.person(), spammer));
    assertFalse(ask(bob, spammer), "asking back is no acceptance");
    enable();
    assertEquals(1, asked());
    assertTrue(ask(bob, spammer));
  }

  @Test
  void invitationOfIt_isUnseenUntilItIsEnabled() {
    long group = group(spammer);
    assertFalse(bring(spammer, group, bob));
    assertEquals(1, invitations());
    disable();
    assertEquals(0, invitations());
    assertFails(Status.Code.NOT_FOUND, () -> acceptInto(group));
    enable();
    assertEquals(1, invitations());
    var unused = acceptInto(group);
  }

  @Test
  void bringingItIn_waitsUntilItIsEnabled() {
    var unused =
        spammer
            .person()
            .friends()
            .setPrivacy(
                SetPrivacyRequest.newBuilder()
                    .setPrivacy(Privacy.newBuilder().setGroupPolicy(GroupPolicy.GROUP_EVERYBODY))
                    .build());
    long group = group(bob);
    disable();
    assertFalse(bring(bob, group, spammer));
    enable();
    assertTrue(bring(bob, group, spammer));
  }

  private static long group(FeedPerson owner) {
    return owner
        .person()
        .groups()
        .createGroup(CreateGroupRequest.newBuilder().setName("group").build())
        .getGroup()
        .getId();
  }

  private static boolean bring(FeedPerson by, long group, FeedPerson whom) {
    return by.person()
        .groups()
        .joinGroup(JoinGroupRequest.newBuilder().setId(group).setUserId(whom.id()).build())
        .getMember();
  }

  private Object acceptInto(long group) {
    return bob.person()
        .memberships()
        .acceptGroupInvitation(AcceptGroupInvitationRequest.newBuilder().setGroupId(group).build());
  }

  private long invitations() {
    var answer =
        bob.person()
            .memberships()
            .listGroupInvitations(ListGroupInvitationsRequest.getDefaultInstance());
    assertEquals(answer.getPager().getTotalRows(), answer.getInvitationCount());
    return answer.getInvitationCount();
  }

  private void disable() {
    var unused =
        root.admin()
            .disableAccount(
                DisableAccountRequest.newBuilder().setId(spammer.id()).setReason("spam").build());
  }

  private void enable() {
    var unused =
        root.admin().enableAccount(EnableAccountRequest.newBuilder().setId(spammer.id()).build());
  }

  private List<String> hottest(String keyword) {
    return FeedPerson.texts(
        bob.person()
            .feeds()
            .feedQuery(
                FeedQueryRequest.newBuilder().setKeyword(keyword).setSort(FeedSort.Hottest).build())
            .getFeedList());
  }

  private static List<String> recommended(FeedPerson reader) {
    return FeedPerson.texts(
        reader
            .person()
            .feeds()
            .feedRecommend(FeedRecommendRequest.getDefaultInstance())
            .getFeedList());
  }

  private List<String> found() {
    return bob
        .person()
        .users()
        .queryUser(UserQueryRequest.newBuilder().setKeyword("spam").build())
        .getUserList()
        .stream()
        .map(User::getNickname)
        .toList();
  }

  private static void policy(FeedPerson of, FriendPolicy policy) {
    var unused =
        of.person()
            .friends()
            .setPrivacy(
                SetPrivacyRequest.newBuilder()
                    .setPrivacy(Privacy.newBuilder().setFriendPolicy(policy))
                    .build());
  }

  private static boolean ask(FeedPerson who, FeedPerson whom) {
    return who.person()
        .friends()
        .requestFriend(RequestFriendRequest.newBuilder().setUserId(whom.id()).build())
        .getFriend();
  }

  private static Object accept(GrpcPerson who, FeedPerson whom) {
    return who.friends()
        .acceptFriend(AcceptFriendRequest.newBuilder().setUserId(whom.id()).build());
  }

  private long asked() {
    var answer = bob.person().friends().listRequests(ListRequestsRequest.getDefaultInstance());
    assertEquals(answer.getPager().getTotalRows(), answer.getRequestCount());
    return answer.getRequestCount();
  }

  private static List<String> friends(FeedPerson of) {
    return of
        .person()
        .friends()
        .listFriends(ListFriendsRequest.getDefaultInstance())
        .getFriendList()
        .stream()
        .map(friend -> friend.getUser().getNickname())
        .toList();
  }
}
