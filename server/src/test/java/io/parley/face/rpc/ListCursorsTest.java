package io.parley.face.rpc;

import static io.parley.harness.GrpcPerson.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grpc.Status;
import io.parley.api.chat.ChatServiceGrpc;
import io.parley.api.chat.ListReadersRequest;
import io.parley.api.conversation.MarkReadRequest;
import io.parley.api.group.GetGroupUserRequest;
import io.parley.api.group.JoinPolicy;
import io.parley.api.group.QuitGroupRequest;
import io.parley.api.membership.ListJoinRequestsRequest;
import io.parley.api.membership.ListMembersRequest;
import io.parley.api.membership.ListMyGroupsRequest;
import io.parley.api.membership.SetJoinPolicyRequest;
import io.parley.api.message.SendGroupTextMessageRequest;
import io.parley.api.message.TextMessage;
import io.parley.api.social.BlockRequest;
import io.parley.api.social.FollowRequest;
import io.parley.api.social.ListBlockedRequest;
import io.parley.api.social.ListFollowersRequest;
import io.parley.api.social.ListFollowingRequest;
import io.parley.api.social.ListFriendsRequest;
import io.parley.api.social.ListRequestsRequest;
import io.parley.api.social.RemoveFriendRequest;
import io.parley.api.social.UnblockRequest;
import io.parley.api.social.UnfollowRequest;
import io.parley.api.user.User;
import io.parley.harness.GrpcPerson;
import io.parley.harness.TestServer;
import io.parley.harness.TestWorld;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Lists read on by cursor while rows leave them: whoever stays is told exactly once.
class ListCursorsTest {
  private static final int PEOPLE = 7;

  @RegisterExtension private final TestWorld world = new TestWorld();
  private final TestServer server = world.server();
  private final GrpcPerson ann = world.register("ann");
  private final List<GrpcPerson> people = new ArrayList<>();

  /// A part of a list: whom it tells, and the cursor of what follows.
  private record Part(List<Long> ids, String next) {
    static Part of(List<User> users, String next) {
      return new Part(users.stream().map(User::getId).toList(), next);
    }
  }

  @BeforeEach
  void start() {
    for (int i = 0; i < PEOPLE; i++) {
      people.add(GrpcPerson.register(server, "person " + i));
    }
  }

  @AfterEach
  void stop() {
    people.forEach(GrpcPerson::close);
  }

  @Test
  void friends() {
    for (GrpcPerson each : people) {
      ann.befriend(each);
    }
    for (String keyword : List.of("", "person")) {
      everybodyWhoStays(
          cursor -> {
            var answer =
                ann.friends()
                    .listFriends(
                        ListFriendsRequest.newBuilder()
                            .setKeyword(keyword)
                            .setPageSize(2)
                            .setCursor(cursor)
                            .build());
            return Part.of(
                answer.getFriendList().stream().map(friend -> friend.getUser()).toList(),
                answer.getNextCursor());
          },
          gone -> {
            var unused =
                ann.friends()
                    .removeFriend(RemoveFriendRequest.newBuilder().setUserId(gone).build());
          });
    }
  }

  @Test
  void blocked() {
    for (GrpcPerson each : people) {
      var unused = ann.friends().block(BlockRequest.newBuilder().setUserId(each.id()).build());
    }
    everybodyWhoStays(
        cursor -> {
          var answer =
              ann.friends()
                  .listBlocked(
                      ListBlockedRequest.newBuilder().setPageSize(2).setCursor(cursor).build());
          return Part.of(answer.getUserList(), answer.getNextCursor());
        },
        gone -> {
          var unused = ann.friends().unblock(UnblockRequest.newBuilder().setUserId(gone).build());
        });
  }

  @Test
  void following_andFollowers() {
    for (GrpcPerson each : people) {
      follow(ann, each);
      follow(each, ann);
    }
    everybodyWhoStays(
        cursor -> {
          var answer =
              ann.follows()
                  .listFollowing(
                      ListFollowingRequest.newBuilder().setPageSize(2).setCursor(cursor).build());
          return Part.of(answer.getUserList(), answer.getNextCursor());
        },
        gone -> {
          var unused = ann.follows().unfollow(UnfollowRequest.newBuilder().setUserId(gone).build());
        });
    everybodyWhoStays(
        cursor -> {
          var answer =
              ann.follows()
                  .listFollowers(
                      ListFollowersRequest.newBuilder().setPageSize(2).setCursor(cursor).build());
          return Part.of(answer.getUserList(), answer.getNextCursor());
        },
        gone -> {
          var unused =
              person(gone)
                  .follows()
                  .unfollow(UnfollowRequest.newBuilder().setUserId(ann.id()).build());
        });
  }

  @Test
  void membersInBothLists() {
    long group = group();
    people.forEach(each -> join(each, group));
    everybodyWhoStays(
        cursor -> {
          var answer =
              ann.memberships()
                  .listMembers(
                      ListMembersRequest.newBuilder()
                          .setGroupId(group)
                          .setPageSize(3)
                          .setCursor(cursor)
                          .build());
          return Part.of(
              answer.getMemberList().stream().map(member -> member.getUser()).toList(),
              answer.getNextCursor());
        },
        gone -> quit(person(gone), group));
    people.forEach(each -> join(each, group));
    everybodyWhoStays(
        cursor -> {
          var answer =
              ann.groups()
                  .getGroupUser(
                      GetGroupUserRequest.newBuilder()
                          .setId(group)
                          .setPageSize(3)
                          .setCursor(cursor)
                          .build());
          return Part.of(answer.getUserList(), answer.getNextCursor());
        },
        gone -> quit(person(gone), group));
  }

  @Test
  void requestsToJoin() {
    long group = group();
    var unused =
        ann.memberships()
            .setJoinPolicy(
                SetJoinPolicyRequest.newBuilder()
                    .setGroupId(group)
                    .setJoinPolicy(JoinPolicy.JOIN_APPROVAL)
                    .build());
    people.forEach(each -> join(each, group));
    everybodyWhoStays(
        cursor -> {
          var answer =
              ann.memberships()
                  .listJoinRequests(
                      ListJoinRequestsRequest.newBuilder()
                          .setGroupId(group)
                          .setPageSize(2)
                          .setCursor(cursor)
                          .build());
          return Part.of(
              answer.getRequestList().stream().map(request -> request.getUser()).toList(),
              answer.getNextCursor());
        },
        gone -> quit(person(gone), group));
  }

  @Test
  void readers() {
    long group = group();
    people.forEach(each -> join(each, group));
    long message =
        ann.messages()
            .sendGroupTextMessage(
                SendGroupTextMessageRequest.newBuilder()
                    .setToGroupId(group)
                    .setText(TextMessage.newBuilder().setContent("all"))
                    .build())
            .getId();
    for (GrpcPerson each : people) {
      var unused =
          each.conversations()
              .markRead(MarkReadRequest.newBuilder().setConversationId(group).setSeq(1).build());
    }
    everybodyWhoStays(
        cursor -> {
          var answer =
              ann.with(ChatServiceGrpc.newBlockingStub(ann.channel()))
                  .listReaders(
                      ListReadersRequest.newBuilder()
                          .setId(message)
                          .setPageSize(2)
                          .setCursor(cursor)
                          .build());
          return new Part(answer.getUserIdList(), answer.getNextCursor());
        },
        gone -> quit(person(gone), group));
  }

  @Test
  void myGroups_newOnesInFront_repeatNone() {
    List<Long> groups = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      groups.add(group());
    }
    List<Long> told = new ArrayList<>();
    String cursor = "";
    do {
      var answer =
          ann.memberships()
              .listMyGroups(
                  ListMyGroupsRequest.newBuilder().setPageSize(2).setCursor(cursor).build());
      answer.getGroupList().forEach(group -> told.add(group.getId()));
      cursor = answer.getNextCursor();
      assertEquals(true, group() > 0);
    } while (!cursor.isEmpty());
    assertEquals(groups.reversed(), told);
  }

  @Test
  void aCursorOfAnotherKind_isRefused() {
    for (String cursor : List.of("x", "1", "1.2.3", "-1.2", "1.99999999999999999999", "1.")) {
      assertFails(
          Status.Code.INVALID_ARGUMENT,
          () ->
              ann.friends()
                  .listRequests(ListRequestsRequest.newBuilder().setCursor(cursor).build()));
    }
  }

  /// Reads a list to its end while the first one told leaves it after each part.
  private void everybodyWhoStays(Function<String, Part> list, Consumer<Long> leave) {
    List<Long> told = new ArrayList<>();
    List<Long> left = new ArrayList<>();
    Part part = list.apply("");
    while (true) {
      told.addAll(part.ids());
      if (part.next().isEmpty()) {
        break;
      }
      long gone = part.ids().getLast();
      if (gone != ann.id()) {
        leave.accept(gone);
        left.add(gone);
      }
      part = list.apply(part.next());
    }
    assertEquals(new HashSet<>(told).size(), told.size(), "nobody is told twice");
    List<Long> expected = new ArrayList<>(people.stream().map(GrpcPerson::id).toList());
    expected.removeAll(left);
    for (long each : expected) {
      if (!told.contains(each) && stillListed(list, each)) {
        throw new AssertionError(each + " was skipped");
      }
    }
  }

  private static boolean stillListed(Function<String, Part> list, long id) {
    Part part = list.apply("");
    while (!part.ids().contains(id) && !part.next().isEmpty()) {
      part = list.apply(part.next());
    }
    return part.ids().contains(id);
  }

  private GrpcPerson person(long id) {
    return people.stream().filter(each -> each.id() == id).findFirst().orElseThrow();
  }

  private static void follow(GrpcPerson who, GrpcPerson whom) {
    var unused = who.follows().follow(FollowRequest.newBuilder().setUserId(whom.id()).build());
  }

  private static void join(GrpcPerson who, long group) {
    var unused = who.joinGroup(group);
  }

  private static void quit(GrpcPerson who, long group) {
    var unused = who.groups().quitGroup(QuitGroupRequest.newBuilder().setId(group).build());
  }

  private long group() {
    return ann.createGroup("group");
  }
}
