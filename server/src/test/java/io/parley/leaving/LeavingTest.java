package io.parley.leaving;

import static io.parley.harness.GrpcPerson.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status.Code;
import io.parley.account.Authenticator;
import io.parley.api.conversation.HistoryRequest;
import io.parley.api.group.MemberRole;
import io.parley.api.leaving.DeleteAccountRequest;
import io.parley.api.leaving.LeavingServiceGrpc;
import io.parley.api.profile.GetProfileRequest;
import io.parley.api.social.ListFriendsRequest;
import io.parley.api.totp.BeginTotpRequest;
import io.parley.api.totp.ConfirmTotpRequest;
import io.parley.api.totp.TotpServiceGrpc;
import io.parley.api.user.UserGetRequest;
import io.parley.harness.FeedPerson;
import io.parley.harness.GrpcPerson;
import io.parley.harness.TestClock;
import io.parley.harness.TestWorld;
import io.parley.harness.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// An account that its owner deletes, as others see it.
class LeavingTest {
  private static final int NEEDED = 2007;
  private static final int OWNS = 2107;

  private final TestClock clock = new TestClock();
  @RegisterExtension private final TestWorld world = new TestWorld(Map.of(), clock);
  private final FeedPerson anns = new FeedPerson(world.register("ann"));
  private final FeedPerson bobs = new FeedPerson(world.register("bob"));
  private final GrpcPerson ann = anns.person();
  private final GrpcPerson bob = bobs.person();

  private static Object delete(GrpcPerson who, String password, String code) {
    return who.with(LeavingServiceGrpc.newBlockingStub(who.channel()))
        .deleteAccount(
            DeleteAccountRequest.newBuilder().setPassword(password).setTotpCode(code).build());
  }

  private static Object look(GrpcPerson who, long id) {
    return who.users().getUser(UserGetRequest.newBuilder().setId(id).build());
  }

  private static boolean fails(Callable<?> call) {
    try {
      var unused = call.call();
      return false;
    } catch (Exception e) {
      return true;
    }
  }

  @Test
  void deleted_isFoundByNobodyAtOnce_andNeverLogsInAgain() {
    GrpcPerson second = world.joinedBy(GrpcPerson.login(world.server(), "ann", "secret1"));
    assertFails(Code.INVALID_ARGUMENT, () -> delete(ann, "wrong", ""));
    var unused = delete(ann, "secret1", "");
    GetProfileRequest own = GetProfileRequest.getDefaultInstance();
    assertFails(Code.UNAUTHENTICATED, () -> ann.profiles().getProfile(own));
    assertFails(Code.UNAUTHENTICATED, () -> second.profiles().getProfile(own));
    assertFails(Code.NOT_FOUND, () -> look(bob, ann.id()));
    assertFails(
        Code.UNAUTHENTICATED, () -> GrpcPerson.login(world.server(), "ann", "secret1").token());
    assertFails(Code.NOT_FOUND, () -> bob.text(ann.id(), "are you there?", ""));
    assertFails(Code.ALREADY_EXISTS, () -> GrpcPerson.register(world.server(), "Ann").token());
  }

  @Test
  void whatThereIs_isErased_andMessagesStayWithTheOthers() {
    ann.befriend(bob);
    long conversation = bob.text(ann.id(), "hello", "").getConversationId();
    var unusedSent = ann.text(bob.id(), "goodbye", "");
    long group = bob.createGroup("Hikers");
    assertTrue(ann.joinGroup(group));
    long post = bobs.post("of bob").getId();
    var unusedLike = anns.like(post);
    var unusedComment = anns.comment(post, "of ann");
    long own = anns.post("mine").getId();
    bobs.follows(anns);
    assertEquals(List.of("of ann"), bobs.comments(post));
    var unused = delete(ann, "secret1", "");
    Waiting.until(() -> bob.group(group).getMemberCount() == 1);
    Waiting.until(() -> bobs.get(post).getLikeCount() == 0);
    Waiting.until(() -> bobs.get(post).getCommentCount() == 0);
    Waiting.until(
        () ->
            bob.friends().listFriends(ListFriendsRequest.getDefaultInstance()).getFriendCount()
                == 0);
    assertEquals(List.of(), bobs.comments(post));
    assertFails(Code.NOT_FOUND, () -> bobs.get(own));
    assertEquals(List.of(), bobs.find("mine"));
    List<String> said =
        bob
            .conversations()
            .history(HistoryRequest.newBuilder().setConversationId(conversation).build())
            .getMessageList()
            .stream()
            .map(message -> message.getText().getContent())
            .toList();
    assertEquals(List.of("hello", "goodbye"), said);
  }

  @Test
  void name_isAnybodysAfterThirtyDays() {
    var unused = delete(ann, "secret1", "");
    clock.advance(Duration.ofMinutes(2));
    GrpcPerson carl = world.register("carl");
    var unusedWakes = delete(carl, "secret1", "");
    clock.advance(Duration.ofDays(29));
    assertTrue(fails(() -> GrpcPerson.register(world.server(), "ann")));
    clock.advance(Duration.ofDays(2));
    GrpcPerson dora = world.register("dora");
    var unusedAgain = delete(dora, "secret1", "");
    Waiting.until(() -> !fails(() -> world.register("ann")));
  }

  @Test
  void owner_handsItsGroupsOverFirst_andTakesThoseAlong_thatItIsAloneIn() {
    long alone = ann.createGroup("Alone");
    long group = ann.createGroup("Hikers");
    assertTrue(bob.joinGroup(group));
    assertEquals(
        OWNS,
        assertFails(Code.FAILED_PRECONDITION, () -> delete(ann, "secret1", "")).getBusinessCode());
    var unusedRole = ann.setRole(group, bob, MemberRole.ROLE_ADMIN);
    var unusedHanded =
        ann.memberships()
            .transfer(
                io.parley.api.membership.TransferRequest.newBuilder()
                    .setGroupId(group)
                    .setUserId(bob.id())
                    .build());
    var unused = delete(ann, "secret1", "");
    Waiting.until(() -> bob.group(group).getMemberCount() == 1);
    Waiting.until(() -> fails(() -> bob.group(alone)));
  }

  @Test
  void secondFactor_isAskedFor() {
    var totp = ann.with(TotpServiceGrpc.newBlockingStub(ann.channel()));
    String secret = totp.beginTotp(BeginTotpRequest.getDefaultInstance()).getSecret();
    var unusedCodes =
        totp.confirmTotp(
            ConfirmTotpRequest.newBuilder()
                .setCode(Authenticator.code(secret, clock.millis()))
                .build());
    clock.advance(Duration.ofSeconds(30));
    assertEquals(
        NEEDED,
        assertFails(Code.FAILED_PRECONDITION, () -> delete(ann, "secret1", "")).getBusinessCode());
    var unusedSeen = look(bob, ann.id());
    var unused = delete(ann, "secret1", Authenticator.code(secret, clock.millis()));
    assertFails(Code.NOT_FOUND, () -> look(bob, ann.id()));
  }

  @Test
  void lastAdmin_stays() {
    world.command("account", "grant", "ann", "admin");
    assertFails(Code.FAILED_PRECONDITION, () -> delete(ann, "secret1", ""));
    world.command("account", "grant", "bob", "admin");
    var unused = delete(ann, "secret1", "");
    assertFails(Code.FAILED_PRECONDITION, () -> delete(bob, "secret1", ""));
  }
}
