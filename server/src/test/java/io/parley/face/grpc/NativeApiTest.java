package io.parley.face.grpc;

import static io.parley.harness.GrpcPerson.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.parley.api.common.CommonResponse;
import io.parley.api.common.CommonServiceGrpc;
import io.parley.api.common.Gender;
import io.parley.api.common.PingRequest;
import io.parley.api.conversation.Conversation;
import io.parley.api.conversation.HistoryRequest;
import io.parley.api.conversation.MarkReadRequest;
import io.parley.api.conversation.Message;
import io.parley.api.conversation.RecallRequest;
import io.parley.api.conversation.SubscribeRequest;
import io.parley.api.conversation.SyncRequest;
import io.parley.api.conversation.SyncResponse;
import io.parley.api.group.CreateGroupRequest;
import io.parley.api.group.GetGroupRequest;
import io.parley.api.group.JoinGroupRequest;
import io.parley.api.group.MemberRole;
import io.parley.api.message.FaceMessage;
import io.parley.api.message.FileMessage;
import io.parley.api.message.IMAGE_FORMAT;
import io.parley.api.message.ImageMessageItem;
import io.parley.api.message.LocationMessage;
import io.parley.api.message.MESSAGE_TYPE;
import io.parley.api.message.ParseMessageRequest;
import io.parley.api.message.SendGroupFaceMessageRequest;
import io.parley.api.message.SendGroupTextMessageRequest;
import io.parley.api.message.SendUserFaceMessageRequest;
import io.parley.api.message.SendUserFileMessageRequest;
import io.parley.api.message.SendUserImageMessageRequest;
import io.parley.api.message.SendUserLocationMessageRequest;
import io.parley.api.message.SendUserSoundMessageRequest;
import io.parley.api.message.SendUserTextMessageRequest;
import io.parley.api.message.SendUserTextMessageResponse;
import io.parley.api.message.SendUserVideoMessageRequest;
import io.parley.api.message.SoundMessage;
import io.parley.api.message.TextMessage;
import io.parley.api.message.VideoMessage;
import io.parley.api.realtime.MessagePush;
import io.parley.api.session.EndSessionRequest;
import io.parley.api.session.ListSessionsRequest;
import io.parley.api.session.LogoutRequest;
import io.parley.api.session.Session;
import io.parley.api.user.UpdateAvatarRequest;
import io.parley.api.user.User;
import io.parley.api.user.UserCreateRequest;
import io.parley.api.user.UserGetRequest;
import io.parley.api.user.UserLoginRequest;
import io.parley.api.user.UserQueryRequest;
import io.parley.base.Clock;
import io.parley.harness.GrpcPerson;
import io.parley.harness.TestServer;
import io.parley.harness.TestWorld;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The native API as a gRPC client of another maker sees it (grpc-java over its own Netty).
class NativeApiTest {
  @RegisterExtension static final TestWorld world = new TestWorld();
  private static TestServer server = world.server();
  private static int tests;

  private String annsName;
  private GrpcPerson ann;
  private GrpcPerson bob;

  /// Two people whom no other test knows.
  @BeforeEach
  void register() {
    tests++;
    annsName = "ann" + tests;
    ann = GrpcPerson.register(server, annsName);
    bob = GrpcPerson.register(server, "bob" + tests);
  }

  @AfterEach
  void hangUp() {
    ann.close();
    bob.close();
  }

  @Test
  void ping_needsNoToken() {
    try (GrpcPerson nobody = GrpcPerson.anonymous(server)) {
      var common = CommonServiceGrpc.newBlockingStub(nobody.channel());
      assertEquals("pong", common.ping(PingRequest.getDefaultInstance()).getContent());
    }
  }

  @Test
  void createUser_answersWhatWasGiven() {
    User user =
        ann.users()
            .createUser(
                UserCreateRequest.newBuilder()
                    .setNickname("Zoë 张")
                    .setGender(Gender.Female)
                    .setAvatarUrl("/a.png")
                    .setPassword("secret1")
                    .setPasswordRpt("secret1")
                    .build())
            .getUser();
    assertTrue(user.getId() > 0);
    assertEquals("Zoë 张", user.getNickname());
    assertEquals(Gender.Female, user.getGender());
    assertTrue(user.getCreatedAt().getSeconds() > 1_700_000_000L);
    assertFalse(user.hasDeletedAt());
    assertEquals(
        user,
        ann.users().getUser(UserGetRequest.newBuilder().setId(user.getId()).build()).getUser());
  }

  @Test
  void createUser_badInput_namesTheField() {
    UserCreateRequest good =
        UserCreateRequest.newBuilder()
            .setNickname("new")
            .setPassword("secret1")
            .setPasswordRpt("secret1")
            .build();
    assertInvalid("nickname", () -> create(good.toBuilder().setNickname("").build()));
    assertInvalid("nickname", () -> create(good.toBuilder().setNickname("x".repeat(65)).build()));
    assertInvalid("nickname", () -> create(good.toBuilder().setNickname("a\u0000b").build()));
    assertInvalid("password_rpt", () -> create(good.toBuilder().setPasswordRpt("other").build()));
    assertInvalid(
        "password",
        () -> create(good.toBuilder().setPassword("short").setPasswordRpt("short").build()));
    assertInvalid(
        "password",
        () ->
            create(
                good.toBuilder()
                    .setPassword("x".repeat(129))
                    .setPasswordRpt("x".repeat(129))
                    .build()));
    assertInvalid("gender", () -> create(good.toBuilder().setGenderValue(7).build()));
    assertInvalid(
        "avatar_url", () -> create(good.toBuilder().setAvatarUrl("x".repeat(2049)).build()));
    // NFKC and case folding: the full-width form of ANN is ann.
    CommonResponse taken =
        assertFails(
            Status.Code.ALREADY_EXISTS,
            () -> create(good.toBuilder().setNickname("ＡＮＮ" + tests).build()));
    assertEquals(1001, taken.getErrorCode());
    assertEquals(2106, taken.getBusinessCode());
  }

  @Test
  void login_unknownNameAndWrongPassword_areOneAnswer() {
    try (GrpcPerson nobody = GrpcPerson.anonymous(server)) {
      CommonResponse unknown =
          assertFails(Status.Code.UNAUTHENTICATED, () -> login(nobody, "nobody", "secret1"));
      CommonResponse wrong =
          assertFails(Status.Code.UNAUTHENTICATED, () -> login(nobody, annsName, "wrong12"));
      assertEquals(unknown, wrong);
      assertEquals(1003, wrong.getErrorCode());
      assertEquals(2002, wrong.getBusinessCode());
    }
  }

  @Test
  void calls_withoutOrWithADeadToken_areUnauthenticated() {
    try (GrpcPerson nobody = GrpcPerson.anonymous(server);
        GrpcPerson forger = GrpcPerson.withToken(server, "0".repeat(32), 0)) {
      for (GrpcPerson each : List.of(nobody, forger)) {
        CommonResponse detail =
            assertFails(
                Status.Code.UNAUTHENTICATED,
                () -> each.users().getUser(UserGetRequest.newBuilder().setId(ann.id()).build()));
        assertEquals(1000, detail.getErrorCode());
        assertFails(Status.Code.UNAUTHENTICATED, () -> each.text(bob.id(), "hi", ""));
      }
    }
  }

  @Test
  void getUser_unknownId_isNotFoundWithTheIdAtFault() {
    CommonResponse detail =
        assertFails(
            Status.Code.NOT_FOUND,
            () -> ann.users().getUser(UserGetRequest.newBuilder().setId(12345).build()));
    assertEquals(1002, detail.getErrorCode());
    CommonResponse zero =
        assertFails(
            Status.Code.INVALID_ARGUMENT,
            () -> ann.users().getUser(UserGetRequest.getDefaultInstance()));
    assertEquals(1002, zero.getErrorCode());
  }

  @Test
  void queryUser_findsBySubstringInPages() {
    for (int i = 0; i < 5; i++) {
      GrpcPerson.register(server, "Page_" + i + "%").close();
    }
    var first =
        ann.users()
            .queryUser(
                UserQueryRequest.newBuilder()
                    .setKeyword("PAGE_")
                    .setPage(1)
                    .setPageSize(2)
                    .build());
    assertEquals(5, first.getPager().getTotalRows());
    assertEquals(3, first.getPager().getTotalPages());
    assertEquals(2, first.getPager().getPageZie());
    assertEquals("Page_4%", first.getUser(0).getNickname());
    var last =
        ann.users()
            .queryUser(
                UserQueryRequest.newBuilder()
                    .setKeyword("page_")
                    .setPage(3)
                    .setPageSize(2)
                    .build());
    assertEquals("Page_0%", last.getUser(0).getNickname());
    // % and _ are letters here, not wildcards.
    var percent = ann.users().queryUser(UserQueryRequest.newBuilder().setKeyword("%").build());
    assertEquals(5, percent.getPager().getTotalRows());
  }

  @Test
  void updateAvatar_isSeenByOthers() {
    ann.users().updateAvatar(UpdateAvatarRequest.newBuilder().setUrl("/media/x.png").build());
    User seen = bob.users().getUser(UserGetRequest.newBuilder().setId(ann.id()).build()).getUser();
    assertEquals("/media/x.png", seen.getAvatarUrl());
    assertInvalid("url", () -> ann.users().updateAvatar(UpdateAvatarRequest.getDefaultInstance()));
  }

  @Test
  void updatePassword_endsAllOtherSessionsAndOnlyThose() {
    try (GrpcPerson other = GrpcPerson.login(server, annsName, "secret1")) {
      ann.changePassword("", "changed1");
      assertFails(Status.Code.UNAUTHENTICATED, () -> other.text(bob.id(), "x", ""));
      ann.text(bob.id(), "still here", "");
      assertFails(Status.Code.UNAUTHENTICATED, () -> login(bob, annsName, "secret1"));
      GrpcPerson.login(server, annsName, "changed1").close();
    }
  }

  @Test
  void sessions_canBeListedAndEndedByTheirOwnerOnly() {
    try (GrpcPerson second = GrpcPerson.login(server, annsName, "secret1")) {
      List<Session> sessions =
          ann.sessions().listSessions(ListSessionsRequest.getDefaultInstance()).getSessionList();
      assertEquals(2, sessions.size());
      Session secondSession =
          sessions.stream().filter(each -> !each.getCurrent()).findFirst().orElseThrow();
      EndSessionRequest end = EndSessionRequest.newBuilder().setId(secondSession.getId()).build();
      assertFails(Status.Code.NOT_FOUND, () -> bob.sessions().endSession(end));
      second.text(bob.id(), "alive", "");
      ann.sessions().endSession(end);
      assertFails(Status.Code.UNAUTHENTICATED, () -> second.text(bob.id(), "x", ""));
      ann.sessions().logout(LogoutRequest.getDefaultInstance());
      assertFails(Status.Code.UNAUTHENTICATED, () -> ann.text(bob.id(), "x", ""));
    }
  }

  @Test
  void allSevenKinds_arriveAsSentWithDenseSeqs() {
    var api = ann.messages();
    long to = bob.id();
    LocationMessage location =
        LocationMessage.newBuilder()
            .setLat(31.2)
            .setLng(121.5)
            .setDesc("外滩")
            .setMapLink("https://m.example/x")
            .build();
    SoundMessage sound =
        SoundMessage.newBuilder().setUrl("/s.mp3").setSize(9).setSeconds(3).build();
    ImageMessageItem image =
        ImageMessageItem.newBuilder()
            .setFormat(IMAGE_FORMAT.PNG)
            .setUrl("/i.png")
            .setWidth(4)
            .setHeight(5)
            .setSize(6)
            .build();
    FileMessage file = FileMessage.newBuilder().setName("a.pdf").setUrl("/f").setSize(7).build();
    VideoMessage video =
        VideoMessage.newBuilder()
            .setUrl("/v.mp4")
            .setFormat("mp4")
            .setSeconds(8)
            .setThumbUrl("/t.jpg")
            .setThumbWidth(1.5)
            .build();
    api.sendUserTextMessage(
        SendUserTextMessageRequest.newBuilder()
            .setToUserId(to)
            .setText(TextMessage.newBuilder().setContent("你好 👋"))
            .build());
    api.sendUserLocationMessage(
        SendUserLocationMessageRequest.newBuilder().setToUserId(to).setLocation(location).build());
    api.sendUserFaceMessage(
        SendUserFaceMessageRequest.newBuilder()
            .setToUserId(to)
            .setFace(FaceMessage.newBuilder().setSymbol("smile"))
            .build());
    api.sendUserSoundMessage(
        SendUserSoundMessageRequest.newBuilder().setToUserId(to).setSound(sound).build());
    api.sendUserImageMessage(
        SendUserImageMessageRequest.newBuilder().setToUserId(to).setImage(image).build());
    api.sendUserFileMessage(
        SendUserFileMessageRequest.newBuilder().setToUserId(to).setFile(file).build());
    var last =
        api.sendUserVideoMessage(
            SendUserVideoMessageRequest.newBuilder().setToUserId(to).setVideo(video).build());
    assertEquals(7, last.getSeq());
    List<Message> got = history(bob, last.getConversationId(), 0);
    assertEquals(
        LongStream.rangeClosed(1, 7).boxed().toList(), got.stream().map(Message::getSeq).toList());
    assertEquals("你好 👋", got.get(0).getText().getContent());
    assertEquals(location.toBuilder().setId(got.get(1).getId()).build(), got.get(1).getLocation());
    assertEquals("smile", got.get(2).getFace().getSymbol());
    assertEquals(sound.toBuilder().setId(got.get(3).getId()).build(), got.get(3).getSound());
    assertEquals(image, got.get(4).getImage());
    assertEquals(file.toBuilder().setId(got.get(5).getId()).build(), got.get(5).getFile());
    assertEquals(video.toBuilder().setId(got.get(6).getId()).build(), got.get(6).getVideo());
    assertEquals(MESSAGE_TYPE.Video, got.get(6).getType());
    assertEquals(ann.id(), got.get(6).getSenderId());
    assertEquals(bob.id(), got.get(6).getToUserId());
  }

  @Test
  void send_sameClientMessageId_repeatsTheFirstAnswer() {
    SendUserTextMessageResponse first = ann.text(bob.id(), "once", "key-1");
    SendUserTextMessageResponse again = ann.text(bob.id(), "other text", "key-1");
    assertEquals(first, again);
    SendUserTextMessageResponse bobs = bob.text(ann.id(), "mine", "key-1");
    assertEquals(first.getConversationId(), bobs.getConversationId());
    assertEquals(2, bobs.getSeq());
    List<Message> stored = history(ann, first.getConversationId(), 0);
    assertEquals(
        List.of("once", "mine"), stored.stream().map(each -> each.getText().getContent()).toList());
    assertEquals("key-1", stored.get(0).getClientMessageId());
  }

  @Test
  void send_badInput_isRefusedAndStoresNothing() {
    assertInvalid(
        "text",
        () ->
            ann.messages()
                .sendUserTextMessage(
                    SendUserTextMessageRequest.newBuilder().setToUserId(bob.id()).build()));
    assertInvalid("text.content", () -> ann.text(bob.id(), " ", ""));
    assertInvalid("text.content", () -> ann.text(bob.id(), "x".repeat(8001), ""));
    assertInvalid("client_message_id", () -> ann.text(bob.id(), "x", "k".repeat(65)));
    assertInvalid(
        "location.lat",
        () ->
            ann.messages()
                .sendUserLocationMessage(
                    SendUserLocationMessageRequest.newBuilder()
                        .setToUserId(bob.id())
                        .setLocation(LocationMessage.newBuilder().setLat(Double.NaN))
                        .build()));
    SendUserFileMessageRequest script =
        SendUserFileMessageRequest.newBuilder()
            .setToUserId(bob.id())
            .setFile(FileMessage.newBuilder().setName("x").setUrl("javascript:alert(1)"))
            .build();
    assertInvalid("file.url", () -> ann.messages().sendUserFileMessage(script));
    assertEquals(
        1002, assertFails(Status.Code.INVALID_ARGUMENT, () -> ann.text(0, "x", "")).getErrorCode());
    assertEquals(
        1002, assertFails(Status.Code.NOT_FOUND, () -> ann.text(424242, "x", "")).getErrorCode());
    assertEquals(0, sync(ann, "").getConversationCount());
    assertEquals(1, ann.text(bob.id(), "👋".repeat(8000), "").getSeq());
  }

  @Test
  void foreignConversation_isForbiddenAndAMissingOneNotFound() {
    long conversation = ann.text(bob.id(), "private", "").getConversationId();
    try (GrpcPerson eve = GrpcPerson.register(server, "eve" + tests)) {
      assertEquals(
          1003,
          assertFails(Status.Code.PERMISSION_DENIED, () -> history(eve, conversation, 0))
              .getErrorCode());
      assertFails(Status.Code.PERMISSION_DENIED, () -> markRead(eve, conversation, 1));
      assertFails(Status.Code.NOT_FOUND, () -> history(eve, 4711, 0));
      long message = history(ann, conversation, 0).getFirst().getId();
      assertFails(Status.Code.NOT_FOUND, () -> recall(eve, message));
    }
  }

  @Test
  void history_boundsAreExclusiveAndDefaultIsTheNewest() {
    long conversation = 0;
    for (int i = 1; i <= 10; i++) {
      conversation = ann.text(bob.id(), "m" + i, "").getConversationId();
    }
    HistoryRequest.Builder request =
        HistoryRequest.newBuilder().setConversationId(conversation).setLimit(3);
    assertEquals(List.of(8L, 9L, 10L), seqs(request.build()));
    assertEquals(List.of(4L, 5L, 6L), seqs(request.clone().setBeforeSeq(7).build()));
    assertEquals(List.of(8L, 9L, 10L), seqs(request.clone().setAfterSeq(7).build()));
    assertEquals(List.of(1L, 2L, 3L), seqs(request.clone().setAfterSeq(0).build()));
    assertEquals(List.of(5L, 6L), seqs(request.clone().setAfterSeq(4).setBeforeSeq(7).build()));
    assertEquals(List.of(), seqs(request.clone().setAfterSeq(10).build()));
  }

  @Test
  void history_andSync_endWhereAnAnswerIsFull() {
    long conversation = 0;
    String long_ = "漢".repeat(8000);
    for (int i = 0; i < 200; i++) {
      conversation = ann.text(bob.id(), long_, "").getConversationId();
    }
    HistoryRequest up =
        HistoryRequest.newBuilder()
            .setConversationId(conversation)
            .setAfterSeq(0)
            .setLimit(200)
            .build();
    List<Long> first = seqs(up);
    assertTrue(first.size() > 100 && first.size() < 200, "got " + first.size());
    assertEquals(1L, first.getFirst());
    List<Long> newest = seqs(up.toBuilder().clearAfterSeq().build());
    assertEquals(200L, newest.getLast());
    assertTrue(newest.size() > 100 && newest.size() < 200, "got " + newest.size());
  }

  @Test
  void sync_tellsChangesOnceAndUnreadIsWhatOthersWrote() {
    ann.text(bob.id(), "one", "");
    bob.text(ann.id(), "two", "");
    ann.text(bob.id(), "three", "");
    SyncResponse all = sync(bob, "");
    Conversation conversation = all.getConversation(0);
    assertEquals(ann.id(), conversation.getPeerUserId());
    assertEquals(3, conversation.getLastSeq());
    assertEquals(2, conversation.getUnread());
    assertEquals("three", conversation.getLastMessage().getText().getContent());
    assertEquals(0, sync(bob, all.getNextCursor()).getConversationCount());
    markRead(bob, conversation.getId(), 99);
    markRead(bob, conversation.getId(), 1);
    Conversation read = sync(bob, all.getNextCursor()).getConversation(0);
    assertEquals(3, read.getReadSeq());
    assertEquals(0, read.getUnread());
    assertInvalid("cursor", () -> sync(bob, "nonsense"));
  }

  @Test
  void sync_pagesThroughManyConversations() {
    for (int i = 0; i < 5; i++) {
      try (GrpcPerson other = GrpcPerson.register(server, "other-" + i)) {
        other.text(ann.id(), "hello", "");
      }
    }
    var request = SyncRequest.newBuilder().setLimit(2);
    SyncResponse one = ann.conversations().sync(request.build());
    SyncResponse two = ann.conversations().sync(request.setCursor(one.getNextCursor()).build());
    SyncResponse three = ann.conversations().sync(request.setCursor(two.getNextCursor()).build());
    assertEquals(
        List.of(2, 2, 1),
        List.of(
            one.getConversationCount(), two.getConversationCount(), three.getConversationCount()));
    assertEquals(
        List.of(true, true, false), List.of(one.getMore(), two.getMore(), three.getMore()));
  }

  @Test
  void recall_removesTheContentAndKeepsTheSeq() {
    var sent = ann.text(bob.id(), "oops", "k");
    assertFails(Status.Code.PERMISSION_DENIED, () -> recall(bob, sent.getId()));
    recall(ann, sent.getId());
    recall(ann, sent.getId());
    Message gone = history(bob, sent.getConversationId(), 0).getFirst();
    assertTrue(gone.getRecalled());
    assertEquals(Message.ContentCase.CONTENT_NOT_SET, gone.getContentCase());
    assertEquals(1, gone.getSeq());
    assertEquals(sent, ann.text(bob.id(), "oops", "k"));
    assertTrue(sync(bob, "").getConversation(0).getLastMessage().getRecalled());
  }

  @Test
  void group_membersTalkAndOthersCannot() {
    var group =
        ann.groups()
            .createGroup(CreateGroupRequest.newBuilder().setName("friends").build())
            .getGroup();
    assertEquals(ann.id(), group.getUserId());
    assertFails(Status.Code.PERMISSION_DENIED, () -> groupText(bob, group.getId(), "let me in"));
    assertEquals(1, groupText(ann, group.getId(), "welcome").getSeq());
    JoinGroupRequest join = JoinGroupRequest.newBuilder().setId(group.getId()).build();
    bob.groups().joinGroup(join);
    bob.groups().joinGroup(join);
    var request =
        SendGroupFaceMessageRequest.newBuilder()
            .setToGroupId(group.getId())
            .addAtUserId(ann.id())
            .setFace(FaceMessage.newBuilder().setSymbol("wave"))
            .build();
    assertEquals(3, bob.messages().sendGroupFceMessage(request).getSeq());
    assertEquals(4, bob.messages().sendGroupFaceMessage(request).getSeq());
    List<Message> seen = history(bob, group.getId(), 0);
    assertEquals(4, seen.size(), "the line of his coming too");
    assertEquals(List.of(ann.id()), seen.get(2).getAtUserIdList());
    assertEquals(group.getId(), seen.get(2).getToGroupId());
    assertEquals(group.getId(), sync(bob, "").getConversation(0).getGroupId());
    assertEquals(
        group.toBuilder().setMemberCount(2).setRole(MemberRole.ROLE_MEMBER).build(),
        bob.groups()
            .getGroup(GetGroupRequest.newBuilder().setId(group.getId()).build())
            .getGroup());
    recall(ann, seen.get(2).getId());
    assertFails(
        Status.Code.NOT_FOUND,
        () -> bob.groups().getGroup(GetGroupRequest.newBuilder().setId(1).build()));
    try (GrpcPerson eve = GrpcPerson.register(server, "eve" + tests)) {
      assertFails(
          Status.Code.PERMISSION_DENIED,
          () -> bob.groups().joinGroup(join.toBuilder().setUserId(eve.id()).build()));
      ann.befriend(eve);
      ann.groups().joinGroup(join.toBuilder().setUserId(eve.id()).build());
      assertEquals(6, groupText(eve, group.getId(), "thanks").getSeq());
    }
  }

  @Test
  void subscribe_pushesInOrderAndEndsWithTheSession() throws Exception {
    var stream =
        bob.conversations().subscribe(SubscribeRequest.newBuilder().setDeviceId("phone").build());
    // The stream opens at a time of its own: ann talks until bob has heard three in a row.
    AtomicBoolean heard = new AtomicBoolean();
    Thread talking =
        Thread.startVirtualThread(
            () -> {
              while (!heard.get()) {
                ann.text(bob.id(), "hello?", "");
                Clock.SYSTEM.sleep(Duration.ofMillis(10));
              }
            });
    long last = 0;
    for (int pushes = 0; pushes < 3; pushes++) {
      var frame = stream.next();
      assertEquals("push.message", frame.getCmd());
      Message pushed = MessagePush.parseFrom(frame.getData()).getMessage();
      assertTrue(last == 0 || pushed.getSeq() == last + 1, "dense");
      last = pushed.getSeq();
    }
    heard.set(true);
    talking.join();
    bob.sessions().logout(LogoutRequest.getDefaultInstance());
    String cmd = stream.next().getCmd();
    while (cmd.equals("push.message")) {
      cmd = stream.next().getCmd();
    }
    assertEquals("push.closing", cmd);
    assertFalse(stream.hasNext());
  }

  @Test
  void parseMessage_validatesWhatAGatewayHolds() throws Exception {
    long conversation = ann.text(bob.id(), "parse me", "").getConversationId();
    Message message = history(ann, conversation, 0).getFirst();
    ByteString parsed =
        ann.messages()
            .parseMessage(
                ParseMessageRequest.newBuilder().setContent(message.toByteString()).build())
            .getMessage();
    assertEquals(message, Message.parseFrom(parsed));
    assertInvalid(
        "content",
        () ->
            ann.messages()
                .parseMessage(
                    ParseMessageRequest.newBuilder()
                        .setContent(ByteString.copyFromUtf8("not a message"))
                        .build()));
  }

  @Test
  void requestOverTheLimit_isRefusedWithDetailAndTheServerLivesOn() {
    CommonResponse detail =
        assertFails(
            Status.Code.INVALID_ARGUMENT, () -> ann.text(bob.id(), "x".repeat(5 << 20), ""));
    assertEquals(2102, detail.getBusinessCode());
    assertEquals(1, ann.text(bob.id(), "fine", "").getSeq());
  }

  @Test
  void restart_keepsSessionsMessagesAndSeqs() {
    long conversation = ann.text(bob.id(), "before", "k").getConversationId();
    ann.close();
    bob.close();
    server = world.restart(Map.of());
    ann = GrpcPerson.withToken(server, ann.token(), ann.id());
    bob = GrpcPerson.withToken(server, bob.token(), bob.id());
    assertEquals(1, ann.text(bob.id(), "before", "k").getSeq());
    assertEquals(2, bob.text(ann.id(), "after", "").getSeq());
    assertEquals(2, history(ann, conversation, 0).size());
    assertNotEquals(0, conversation);
  }

  private Object create(UserCreateRequest request) {
    return ann.users().createUser(request);
  }

  private static Object login(GrpcPerson over, String name, String password) {
    return over.users()
        .userLogin(UserLoginRequest.newBuilder().setNickname(name).setPassword(password).build());
  }

  private static SyncResponse sync(GrpcPerson person, String cursor) {
    return person.conversations().sync(SyncRequest.newBuilder().setCursor(cursor).build());
  }

  private static List<Message> history(GrpcPerson person, long conversation, long after) {
    return person
        .conversations()
        .history(
            HistoryRequest.newBuilder().setConversationId(conversation).setAfterSeq(after).build())
        .getMessageList();
  }

  private List<Long> seqs(HistoryRequest request) {
    return ann.conversations().history(request).getMessageList().stream()
        .map(Message::getSeq)
        .toList();
  }

  private static Object markRead(GrpcPerson person, long conversation, long seq) {
    return person
        .conversations()
        .markRead(MarkReadRequest.newBuilder().setConversationId(conversation).setSeq(seq).build());
  }

  private static Object recall(GrpcPerson person, long id) {
    return person.conversations().recall(RecallRequest.newBuilder().setId(id).build());
  }

  private static io.parley.api.message.SendGroupTextMessageResponse groupText(
      GrpcPerson person, long group, String text) {
    return person
        .messages()
        .sendGroupTextMessage(
            SendGroupTextMessageRequest.newBuilder()
                .setToGroupId(group)
                .setText(TextMessage.newBuilder().setContent(text))
                .build());
  }

  private static void assertInvalid(String field, Callable<?> call) {
    CommonResponse detail = assertFails(Status.Code.INVALID_ARGUMENT, call);
    assertEquals(1001, detail.getErrorCode());
    assertTrue(detail.getMessage().startsWith(field + ":"), detail.getMessage());
  }
}
