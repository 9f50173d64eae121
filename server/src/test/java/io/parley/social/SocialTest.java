package io.parley.social;

import static io.parley.harness.GrpcPerson.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.grpc.Status;
import io.parley.api.social.AcceptFriendRequest;
import io.parley.api.social.BlockRequest;
import io.parley.api.social.FollowRequest;
import io.parley.api.social.FriendPolicy;
import io.parley.api.social.GetPrivacyRequest;
import io.parley.api.social.GetRelationRequest;
import io.parley.api.social.ListBlockedRequest;
import io.parley.api.social.ListFollowersRequest;
import io.parley.api.social.ListFollowingRequest;
import io.parley.api.social.ListFriendsRequest;
import io.parley.api.social.ListRequestsRequest;
import io.parley.api.social.PresencePolicy;
import io.parley.api.social.Privacy;
import io.parley.api.social.RefuseFriendRequest;
import io.parley.api.social.Relation;
import io.parley.api.social.RemoveFriendRequest;
import io.parley.api.social.RequestFriendRequest;
import io.parley.api.social.SetPrivacyRequest;
import io.parley.api.social.SetRemarkRequest;
import io.parley.api.social.UnblockRequest;
import io.parley.api.social.UnfollowRequest;
import io.parley.harness.GrpcPerson;
import io.parley.harness.LivePerson;
import io.parley.harness.TestServer;
import io.parley.harness.TestWorld;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Friends, follows and blocks, through the native API.
class SocialTest {
  @RegisterExtension
  private final TestWorld world =
      new TestWorld(
          Map.of(
              "limits.friends_per_account_max", "2",
              "limits.follows_per_account_max", "2",
              "limits.blocks_per_account_max", "2",
              "limits.friend_requests_max", "2"));

  private final TestServer server = world.server();
  private final GrpcPerson ann = world.register("ann");
  private final GrpcPerson bob = world.register("bob");

  @Test
  void request_accountThatNeverChose_waits() {
    assertFalse(ask(ann, bob));
    assertEquals(List.of(), friendsOf(ann, ""));
    assertEquals(
        FriendPolicy.FRIEND_APPROVAL,
        bob.friends()
            .getPrivacy(GetPrivacyRequest.getDefaultInstance())
            .getPrivacy()
            .getFriendPolicy());
  }

  @Test
  void request_openAccount_befriendsAtOnceOnBothSides() {
    policy(bob, FriendPolicy.FRIEND_OPEN);
    assertTrue(ask(ann, bob));
    assertTrue(ask(ann, bob), "asking a friend changes nothing");
    assertEquals(List.of("bob"), friendsOf(ann, ""));
    assertEquals(List.of("ann"), friendsOf(bob, ""));
  }

  @Test
  void request_accountThatWantsToApprove_waitsUntilAccepted() {
    policy(bob, FriendPolicy.FRIEND_APPROVAL);
    assertFalse(ask(ann, bob));
    assertTrue(relation(ann, bob).getRequested());
    assertTrue(relation(bob, ann).getAsked());
    var waiting = bob.friends().listRequests(ListRequestsRequest.getDefaultInstance());
    assertEquals("hello", waiting.getRequest(0).getNote());
    assertEquals(ann.id(), waiting.getRequest(0).getUser().getId());
    var mine =
        ann.friends().listRequests(ListRequestsRequest.newBuilder().setOutgoing(true).build());
    assertEquals(bob.id(), mine.getRequest(0).getUser().getId());
    assertEquals(List.of(), friendsOf(ann, ""));
    bob.friends().acceptFriend(AcceptFriendRequest.newBuilder().setUserId(ann.id()).build());
    assertEquals(List.of("bob"), friendsOf(ann, ""));
    assertFalse(relation(ann, bob).getRequested());
    assertFails(
        Status.Code.NOT_FOUND,
        () ->
            bob.friends()
                .acceptFriend(AcceptFriendRequest.newBuilder().setUserId(ann.id()).build()));
  }

  @Test
  void request_ofOneWhoAskedAlready_befriends() {
    policy(ann, FriendPolicy.FRIEND_APPROVAL);
    policy(bob, FriendPolicy.FRIEND_APPROVAL);
    assertFalse(ask(ann, bob));
    assertTrue(ask(bob, ann));
    assertEquals(List.of("ann"), friendsOf(bob, ""));
  }

  @Test
  void request_refused_leavesNothing() {
    policy(bob, FriendPolicy.FRIEND_APPROVAL);
    ask(ann, bob);
    bob.friends().refuseFriend(RefuseFriendRequest.newBuilder().setUserId(ann.id()).build());
    assertEquals(Relation.getDefaultInstance(), relation(ann, bob));
    assertFails(
        Status.Code.NOT_FOUND,
        () ->
            bob.friends()
                .refuseFriend(RefuseFriendRequest.newBuilder().setUserId(ann.id()).build()));
  }

  @Test
  void request_closedAccount_isForbidden() {
    policy(bob, FriendPolicy.FRIEND_CLOSED);
    assertFails(Status.Code.PERMISSION_DENIED, () -> ask(ann, bob));
    assertEquals(
        FriendPolicy.FRIEND_CLOSED,
        bob.friends()
            .getPrivacy(GetPrivacyRequest.getDefaultInstance())
            .getPrivacy()
            .getFriendPolicy());
  }

  @Test
  void request_badTargets_nameTheField() {
    assertFails(Status.Code.INVALID_ARGUMENT, () -> ask(ann, ann));
    assertEquals(
        1002,
        assertFails(
                Status.Code.NOT_FOUND,
                () ->
                    ann.friends()
                        .requestFriend(RequestFriendRequest.newBuilder().setUserId(77).build()))
            .getErrorCode());
    assertFails(
        Status.Code.INVALID_ARGUMENT,
        () ->
            ann.friends()
                .requestFriend(
                    RequestFriendRequest.newBuilder()
                        .setUserId(bob.id())
                        .setNote("x".repeat(201))
                        .build()));
  }

  @Test
  void friendsAndRequests_overTheirLimits_areRefusedByName() {
    try (GrpcPerson cat = GrpcPerson.register(server, "cat");
        GrpcPerson dan = GrpcPerson.register(server, "dan")) {
      ann.befriend(bob);
      ann.befriend(cat);
      policy(ann, FriendPolicy.FRIEND_OPEN);
      var full = assertFails(Status.Code.RESOURCE_EXHAUSTED, () -> ask(dan, ann));
      assertTrue(full.getMessage().contains("friends_per_account_max"), full.getMessage());
      policy(dan, FriendPolicy.FRIEND_APPROVAL);
      assertFalse(ask(bob, dan));
      assertFalse(ask(cat, dan));
      assertFails(Status.Code.RESOURCE_EXHAUSTED, () -> ask(ann, dan));
    }
  }

  @Test
  void remark_isTheOwnersAlone_andFindsTheFriend() {
    ann.befriend(bob);
    ann.friends()
        .setRemark(
            SetRemarkRequest.newBuilder().setUserId(bob.id()).setRemark("小鲍 Müller").build());
    assertEquals("小鲍 Müller", relation(ann, bob).getRemark());
    assertEquals("", relation(bob, ann).getRemark());
    assertEquals(List.of("bob"), friendsOf(ann, "鲍"));
    assertEquals(List.of("bob"), friendsOf(ann, "mÜLLER"));
    assertEquals(List.of("bob"), friendsOf(ann, "BO"));
    assertEquals(List.of(), friendsOf(ann, "%"));
    assertFails(
        Status.Code.NOT_FOUND,
        () ->
            ann.friends()
                .setRemark(
                    SetRemarkRequest.newBuilder().setUserId(ann.id()).setRemark("me").build()));
  }

  @Test
  void remove_endsItForBoth() {
    ann.befriend(bob);
    assertEquals(List.of("ann"), friendsOf(bob, ""));
    bob.friends().removeFriend(RemoveFriendRequest.newBuilder().setUserId(ann.id()).build());
    bob.friends().removeFriend(RemoveFriendRequest.newBuilder().setUserId(ann.id()).build());
    assertEquals(List.of(), friendsOf(ann, ""));
    assertEquals(List.of(), friendsOf(bob, ""));
  }

  @Test
  void follow_isOneSidedAndListed() {
    follow(ann, bob);
    follow(ann, bob);
    assertTrue(relation(ann, bob).getFollowing());
    assertTrue(relation(bob, ann).getFollowed());
    assertFalse(relation(bob, ann).getFollowing());
    var followers =
        bob.follows().listFollowers(ListFollowersRequest.getDefaultInstance()).getUserList();
    assertEquals(1, followers.size());
    assertEquals(ann.id(), followers.getFirst().getId());
    var following =
        bob.follows()
            .listFollowing(ListFollowingRequest.newBuilder().setUserId(ann.id()).build())
            .getUserList();
    assertEquals(bob.id(), following.getFirst().getId());
    ann.follows().unfollow(UnfollowRequest.newBuilder().setUserId(bob.id()).build());
    assertFalse(relation(ann, bob).getFollowing());
    assertFails(Status.Code.INVALID_ARGUMENT, () -> follow(ann, ann));
  }

  @Test
  void follow_overTheLimit_isRefusedByName() {
    try (GrpcPerson cat = GrpcPerson.register(server, "cat");
        GrpcPerson dan = GrpcPerson.register(server, "dan")) {
      follow(ann, bob);
      follow(ann, cat);
      var full = assertFails(Status.Code.RESOURCE_EXHAUSTED, () -> follow(ann, dan));
      assertTrue(full.getMessage().contains("follows_per_account_max"), full.getMessage());
    }
  }

  @Test
  void block_endsFriendshipAndFollows_andStopsMessagesBothWays() {
    ann.befriend(bob);
    follow(ann, bob);
    follow(bob, ann);
    ann.text(bob.id(), "before", "");
    block(ann, bob);
    assertEquals(Relation.newBuilder().setBlocking(true).build(), relation(ann, bob));
    assertEquals(Relation.getDefaultInstance(), relation(bob, ann), "the blocked one is not told");
    assertFails(Status.Code.PERMISSION_DENIED, () -> bob.text(ann.id(), "hey", ""));
    assertFails(Status.Code.PERMISSION_DENIED, () -> ann.text(bob.id(), "hey", ""));
    assertFails(Status.Code.PERMISSION_DENIED, () -> ask(bob, ann));
    assertFails(Status.Code.PERMISSION_DENIED, () -> follow(bob, ann));
    assertEquals(
        bob.id(),
        ann.friends().listBlocked(ListBlockedRequest.getDefaultInstance()).getUser(0).getId());
    ann.friends().unblock(UnblockRequest.newBuilder().setUserId(bob.id()).build());
    assertEquals(2, bob.text(ann.id(), "again", "").getSeq(), "nothing was stored meanwhile");
  }

  @Test
  void block_beforeTheFirstMessage_holdsToo_andEachSideHasItsOwn() {
    block(ann, bob);
    block(bob, ann);
    assertFails(Status.Code.PERMISSION_DENIED, () -> bob.text(ann.id(), "hey", ""));
    ann.friends().unblock(UnblockRequest.newBuilder().setUserId(bob.id()).build());
    assertFails(Status.Code.PERMISSION_DENIED, () -> ann.text(bob.id(), "hey", ""));
    bob.friends().unblock(UnblockRequest.newBuilder().setUserId(ann.id()).build());
    assertEquals(1, ann.text(bob.id(), "hey", "").getSeq());
  }

  @Test
  void change_isPushedToTheOtherSide() throws Exception {
    policy(bob, FriendPolicy.FRIEND_OPEN);
    try (LivePerson live = new LivePerson(server, bob.token(), "d1")) {
      ask(ann, bob);
      JsonNode push = live.next();
      assertEquals("push.friend", push.get("cmd").asText());
      assertEquals("accepted", push.at("/data/kind").asText());
      assertEquals(Long.toString(ann.id()), push.at("/data/id").asText());
      assertEquals(Long.toString(ann.id()), push.at("/data/user_id").asText());
    }
  }

  private static boolean ask(GrpcPerson from, GrpcPerson to) {
    return from.friends()
        .requestFriend(
            RequestFriendRequest.newBuilder().setUserId(to.id()).setNote("hello").build())
        .getFriend();
  }

  private static Object follow(GrpcPerson from, GrpcPerson to) {
    return from.follows().follow(FollowRequest.newBuilder().setUserId(to.id()).build());
  }

  private static Object block(GrpcPerson from, GrpcPerson to) {
    return from.friends().block(BlockRequest.newBuilder().setUserId(to.id()).build());
  }

  private static Relation relation(GrpcPerson from, GrpcPerson to) {
    return from.friends()
        .getRelation(GetRelationRequest.newBuilder().setUserId(to.id()).build())
        .getRelation();
  }

  private static void policy(GrpcPerson who, FriendPolicy policy) {
    who.friends()
        .setPrivacy(
            SetPrivacyRequest.newBuilder()
                .setPrivacy(
                    Privacy.newBuilder()
                        .setFriendPolicy(policy)
                        .setPresencePolicy(PresencePolicy.PRESENCE_FRIENDS))
                .build());
  }

  private static List<String> friendsOf(GrpcPerson who, String keyword) {
    return who
        .friends()
        .listFriends(ListFriendsRequest.newBuilder().setKeyword(keyword).build())
        .getFriendList()
        .stream()
        .map(friend -> friend.getUser().getNickname())
        .toList();
  }
}
