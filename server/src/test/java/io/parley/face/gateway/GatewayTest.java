package io.parley.face.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.parley.api.conversation.HistoryRequest;
import io.parley.api.conversation.HistoryResponse;
import io.parley.api.conversation.Message;
import io.parley.api.gateway.SendMessageRequest;
import io.parley.api.gateway.SendMessageResponse;
import io.parley.api.gateway.SendToAllRequest;
import io.parley.api.gateway.UnRegisterRequest;
import io.parley.api.group.MemberRole;
import io.parley.api.message.SendGroupTextMessageRequest;
import io.parley.api.message.SendUserTextMessageRequest;
import io.parley.api.message.SendUserTextMessageResponse;
import io.parley.api.message.TextMessage;
import io.parley.api.session.EndSessionRequest;
import io.parley.api.session.ListSessionsRequest;
import io.parley.api.user.UpdatePasswordRequest;
import io.parley.harness.GrpcPerson;
import io.parley.harness.TestGateway;
import io.parley.harness.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// External gateways, as the gateway contract and its rulings have them.
class GatewayTest {
  private static final String OTHER_TOKEN = "f".repeat(32);

  @TempDir static Path dir;
  private static TestServer server;
  private static GrpcPerson ann;
  private static GrpcPerson bob;
  private static GrpcPerson eve;

  @BeforeAll
  static void start() {
    server = TestServer.start(dir, keys());
    ann = GrpcPerson.register(server, "ann");
    bob = GrpcPerson.register(server, "bob");
    eve = GrpcPerson.register(server, "eve");
  }

  private static Map<String, String> keys() {
    Map<String, String> keys = new HashMap<>();
    keys.put(
        "security.service_tokens",
        "[{name: gw, token: "
            + TestGateway.TOKEN
            + ", rights: [gateway]}, {name: other, token: "
            + OTHER_TOKEN
            + ", rights: [gateway]}]");
    keys.put("limits.gateway_clients_max", "2");
    keys.put("limits.gateways_max", "8");
    keys.put("limits.gateway_outbox_bytes_max", "200000");
    keys.put("security.throttle", "off");
    return keys;
  }

  @AfterAll
  static void stop() {
    ann.close();
    bob.close();
    eve.close();
    server.close();
  }

  // --- the stream

  @Test
  void stream_needsTheRight() {
    try (TestGateway nobody = new TestGateway(server, "g", "");
        TestGateway person = new TestGateway(server, "g", ann.token())) {
      assertEquals(Status.Code.UNAUTHENTICATED, nobody.ended().getCode());
      assertEquals(Status.Code.PERMISSION_DENIED, person.ended().getCode());
      StatusRuntimeException refused =
          assertThrows(StatusRuntimeException.class, () -> person.register(ann.id()));
      assertEquals(Status.Code.PERMISSION_DENIED, refused.getStatus().getCode());
    }
  }

  @Test
  void trustedPeer_needsNoToken(@TempDir Path other) {
    Map<String, String> trusting =
        Map.of("security.trusted_peers", "[{cidr: 127.0.0.1/32, rights: [gateway]}]");
    try (TestServer own = TestServer.start(other, trusting);
        GrpcPerson person = GrpcPerson.register(own, "ann");
        TestGateway gateway = new TestGateway(own, "g", "")) {
      gateway.send("A001", 1, "", "");
      gateway.expect("A002", 1);
      gateway.register(person.id());
    }
  }

  @Test
  void firstFrame_bindsTheGatewayWhateverItsCmd() {
    for (String cmd : List.of("B001", "A002", "", "nonsense", "B101")) {
      try (TestGateway gateway = new TestGateway(server, "g", TestGateway.TOKEN)) {
        gateway.send(cmd, 1, "", "");
        gateway.send("A001", 2, "", "");
        SendMessageResponse frame = gateway.next();
        while (!frame.getCmd().equals("A002")) {
          frame = gateway.next();
        }
        gateway.register(ann.id());
      }
    }
    try (TestGateway nameless = new TestGateway(server, "", TestGateway.TOKEN)) {
      nameless.send("A001", 1, "", "");
      assertEquals(Status.Code.FAILED_PRECONDITION, nameless.ended().getCode());
    }
    for (String id : List.of("two words", "x".repeat(51))) {
      try (TestGateway gateway = new TestGateway(server, id, TestGateway.TOKEN)) {
        gateway.send("A001", 1, "", "");
        assertEquals(Status.Code.INVALID_ARGUMENT, gateway.ended().getCode());
      }
    }
  }

  @Test
  void newerStream_ofTheSameGateway_takesItsClientsOver() {
    try (TestGateway older = TestGateway.bound(server, "same")) {
      String client = Long.toString(ann.id());
      older.send("B001", 2, client, login(client, ann.token()));
      older.expect("B002", 2);
      try (TestGateway newer = TestGateway.bound(server, "same")) {
        assertEquals(Status.Code.FAILED_PRECONDITION, older.ended().getCode());
        bob.text(ann.id(), "to the newer", "");
        assertContent("to the newer", newer.expect("B101", 0));
        newer.send("B101", 5, client, text(ann.id(), bob.id(), "from the newer"));
        assertEquals(0, newer.expect("B101", 5).getError().getErrorCode());
      }
    }
    try (TestGateway back = TestGateway.bound(server, "same")) {
      bob.text(ann.id(), "to nobody's gateway", "");
      back.expectNothing();
    }
  }

  @Test
  void newerStream_ofAnotherProgram_getsNoClients() {
    try (TestGateway older = TestGateway.bound(server, "disputed")) {
      String client = Long.toString(ann.id());
      older.send("B001", 2, client, login(client, ann.token()));
      older.expect("B002", 2);
      try (TestGateway other = TestGateway.bound(server, "disputed", OTHER_TOKEN)) {
        assertEquals(Status.Code.FAILED_PRECONDITION, older.ended().getCode());
        bob.text(ann.id(), "not to the other", "");
        other.send("B101", 3, client, text(ann.id(), bob.id(), "spoken by another"));
        assertEquals(2004, other.expect("B101", 3).getError().getBusinessCode());
        other.expectNothing();
      }
    }
  }

  @Test
  void halfClose_endsTheStreamWell() {
    try (TestGateway gateway = TestGateway.bound(server, "polite")) {
      gateway.end();
      assertEquals(Status.Code.OK, gateway.ended().getCode());
      assertCode(Status.Code.FAILED_PRECONDITION, () -> gateway.register(ann.id()));
    }
  }

  // --- registration

  @Test
  void login_answersB002OrB003() {
    try (TestGateway gateway = TestGateway.bound(server, "login")) {
      String client = Long.toString(ann.id());
      gateway.send("B001", 7, client, login(client, ann.token()));
      SendMessageResponse done = gateway.expect("B002", 7);
      assertEquals("auth success", done.getData().toStringUtf8());
      assertEquals(client, done.getReceiverId());
      assertEquals("login", done.getGatewayId());
      for (String data :
          List.of(
              login(client, "wrong"),
              login(client, bob.token()),
              login(Long.toString(bob.id()), ann.token()),
              login("0", ann.token()),
              login(client, ""),
              "",
              "[]",
              "{\"client_id\":5}",
              "{\"client_id\":\"" + "9".repeat(19) + "\",\"token\":\"x\"}")) {
        gateway.send("B001", 8, client, data);
        assertTrue(!gateway.expect("B003", 8).getData().isEmpty(), data);
      }
    }
  }

  @Test
  void logout_endsTheSessionAndTheRegistration() {
    try (GrpcPerson leaver = GrpcPerson.login(server, "eve", "secret1");
        TestGateway gateway = TestGateway.bound(server, "logout")) {
      String client = Long.toString(eve.id());
      gateway.send("B001", 1, client, login(client, leaver.token()));
      gateway.expect("B002", 1);
      gateway.send("B004", 2, client, "");
      assertEquals("", gateway.expect("B004", 2).getData().toStringUtf8());
      assertCode(Status.Code.UNAUTHENTICATED, () -> leaver.text(ann.id(), "still here", ""));
      ann.text(eve.id(), "gone", "");
      gateway.expectNothing();
      gateway.send("B101", 3, client, text(eve.id(), ann.id(), "spoken by nobody"));
      assertEquals(2004, gateway.expect("B101", 3).getError().getBusinessCode());
    }
  }

  @Test
  void sessionThatEnds_closesItsClientOnly() {
    try (GrpcPerson second = GrpcPerson.login(server, "eve", "secret1");
        TestGateway gateway = TestGateway.bound(server, "ending")) {
      gateway.register(ann.id());
      String client = Long.toString(eve.id());
      gateway.send("B001", 1, client, login(client, second.token()));
      gateway.expect("B002", 1);
      second
          .sessions()
          .endSession(
              EndSessionRequest.newBuilder()
                  .setId(
                      second
                          .sessions()
                          .listSessions(ListSessionsRequest.getDefaultInstance())
                          .getSession(0)
                          .getId())
                  .build());
      SendMessageResponse closed = gateway.expect("A999", 0);
      assertEquals(client, closed.getReceiverId());
      assertTrue(closed.getData().toStringUtf8().contains("session_ended"), closed.toString());
      bob.text(ann.id(), "you stay", "");
      assertContent("you stay", gateway.expect("B101", 0));
    }
  }

  @Test
  void passwordChange_closesTheClientOfAnotherSession() {
    try (GrpcPerson owner = GrpcPerson.register(server, "careful");
        GrpcPerson other = GrpcPerson.login(server, "careful", "secret1");
        TestGateway gateway = TestGateway.bound(server, "password")) {
      String client = Long.toString(owner.id());
      gateway.send("B001", 1, client, login(client, other.token()));
      gateway.expect("B002", 1);
      owner
          .users()
          .updatePassword(
              UpdatePasswordRequest.newBuilder()
                  .setPassword("changed1")
                  .setPasswordRpt("changed1")
                  .build());
      assertEquals(client, gateway.expect("A999", 0).getReceiverId());
    }
  }

  @Test
  void gatewayThatIsAnAccount_endsWithItsSession_andAllWithTheServer(@TempDir Path other) {
    TestServer.command(other, "account", "create", "--nickname", "gate", "--password", "secret1");
    TestServer.command(other, "account", "grant", "gate", "gateway");
    TestServer own = TestServer.start(other, keys());
    try (GrpcPerson person = GrpcPerson.login(own, "gate", "secret1");
        GrpcPerson client = GrpcPerson.register(own, "ann");
        TestGateway account = new TestGateway(own, "account", person.token());
        TestGateway service = TestGateway.bound(own, "service")) {
      account.send("A001", 1, "", "");
      account.expect("A002", 1);
      account.register(client.id());
      long session =
          person
              .sessions()
              .listSessions(ListSessionsRequest.getDefaultInstance())
              .getSession(0)
              .getId();
      person.sessions().endSession(EndSessionRequest.newBuilder().setId(session).build());
      assertEquals(Status.Code.UNAUTHENTICATED, account.ended().getCode());
      own.close();
      assertEquals(Status.Code.UNAVAILABLE, service.ended().getCode());
    }
  }

  @Test
  void registration_isOfKnownAccountsAndBounded() {
    try (TestGateway gateway = TestGateway.bound(server, "few")) {
      gateway.register(ann.id());
      gateway.register(bob.id());
      gateway.register(bob.id());
      assertCode(Status.Code.RESOURCE_EXHAUSTED, () -> gateway.register(eve.id()));
      assertCode(Status.Code.NOT_FOUND, () -> gateway.register(5));
      assertCode(Status.Code.INVALID_ARGUMENT, () -> gateway.register(0));
      gateway.send("A998", 1, Long.toString(bob.id()), "");
      gateway.expectNothing();
      gateway.register(eve.id());
      gateway
          .unary()
          .unRegister(
              UnRegisterRequest.newBuilder()
                  .setGatewayId("few")
                  .setClientId(Long.toString(eve.id()))
                  .build());
      gateway.register(bob.id());
    }
  }

  // --- messages

  @Test
  void message_goesVerbatimFromGatewayToGatewayAndIsAcknowledged() throws Exception {
    try (TestGateway one = TestGateway.bound(server, "one");
        TestGateway two = TestGateway.bound(server, "two")) {
      one.register(ann.id());
      two.register(bob.id());
      String data =
          "{\"type\":\"text\", \"data\":{\"sender_id\":\"%d\",\"sender_name\":\"Ann\",\"x\":1,"
                  .formatted(ann.id())
              + "\"sender_avatar\":\"\",\"receiver_id\":\"%d\",\"content\":\"你好\"}}"
                  .formatted(bob.id());
      one.send("B101", 42, Long.toString(ann.id()), data);
      SendMessageResponse acked = one.expect("B101", 42);
      SendMessageResponse pushed = two.expect("B101", 42);
      assertEquals(data, pushed.getData().toStringUtf8());
      assertEquals(Long.toString(bob.id()), pushed.getReceiverId());
      assertEquals(
          "{\"receiver_id\":\"%d\",\"request_id\":42,\"message_id\":%d}"
              .formatted(ann.id(), pushed.getMessageId()),
          acked.getData().toStringUtf8());
      assertEquals(Long.toString(ann.id()), acked.getReceiverId());
      one.expectNothing();
      Message stored =
          bob.conversations()
              .history(
                  HistoryRequest.newBuilder().setConversationId(pushed.getConversationId()).build())
              .getMessageList()
              .getLast();
      assertEquals("你好", stored.getText().getContent());
      assertEquals(pushed.getSeq(), stored.getSeq());
    }
  }

  @Test
  void allSevenKinds_arriveInTheNativeApiAndBackAgain() {
    Map<String, String> kinds = new HashMap<>();
    kinds.put("text", "\"content\":\"x\"");
    kinds.put("location", "\"lat\":1.5,\"lng\":-2.0,\"desc\":\"d\",\"cover_image\":\"/c.png\"");
    kinds.put("face", "\"symbol\":\":-)\"");
    kinds.put("sound", "\"url\":\"/s.mp3\",\"size\":\"10\",\"seconds\":3");
    kinds.put("image", "\"url\":\"/i.png\",\"format\":\"PNG\",\"width\":\"8\"");
    kinds.put("file", "\"url\":\"/f.bin\",\"name\":\"f.bin\",\"size\":1");
    kinds.put("video", "\"url\":\"/v.mp4\",\"thumb_url\":\"/t.png\",\"seconds\":9");
    try (TestGateway gateway = TestGateway.bound(server, "kinds")) {
      gateway.register(eve.id());
      List<String> types = new ArrayList<>(kinds.keySet());
      for (String type : types) {
        String data =
            "{\"type\":\"%s\",\"data\":{\"receiver_id\":%d,%s}}"
                .formatted(type, ann.id(), kinds.get(type));
        gateway.send("B101", 1, Long.toString(eve.id()), data);
        SendMessageResponse acked = gateway.expect("B101", 1);
        assertEquals(0, acked.getError().getErrorCode(), acked.toString());
      }
      long conversation = eve.text(ann.id(), "last", "").getConversationId();
      gateway.expect("B101", 0);
      List<Message> stored =
          ann.conversations()
              .history(HistoryRequest.newBuilder().setConversationId(conversation).build())
              .getMessageList();
      int from = stored.size() - types.size() - 1;
      for (int i = 0; i < types.size(); i++) {
        assertEquals(
            types.get(i),
            stored.get(from + i).getContentCase().name().toLowerCase(java.util.Locale.ROOT));
      }
    }
  }

  @Test
  void messageOfAnotherContract_comesInTheSameJson() {
    try (TestGateway gateway = TestGateway.bound(server, "other")) {
      gateway.register(bob.id());
      ann.text(bob.id(), "quote \" and 字", "");
      assertEquals(
          "{\"type\":\"text\",\"data\":{\"sender_id\":\"%d\",\"sender_name\":\"ann\","
                  .formatted(ann.id())
              + "\"sender_avatar\":\"\",\"receiver_id\":\"%d\",\"content\":\"quote \\\" and 字\"}}"
                  .formatted(bob.id()),
          gateway.expect("B101", 0).getData().toStringUtf8());
    }
  }

  @Test
  void group_isFannedOutToEveryGatewayInOrder() {
    long group = ann.createGroup("g");
    bob.joinGroup(group);
    try (TestGateway one = TestGateway.bound(server, "g1");
        TestGateway two = TestGateway.bound(server, "g2")) {
      one.register(ann.id());
      one.register(bob.id());
      two.register(bob.id());
      for (int i = 1; i <= 20; i++) {
        one.send("B102", i, Long.toString(ann.id()), text(ann.id(), group, "n" + i));
      }
      for (int i = 1; i <= 20; i++) {
        assertContent("n" + i, two.expect("B102", i));
      }
      int acks = 0;
      int pushes = 0;
      while (acks < 20 || pushes < 20) {
        SendMessageResponse frame = one.next();
        if (frame.getReceiverId().equals(Long.toString(bob.id()))) {
          assertEquals("B102", frame.getCmd());
          assertEquals(++pushes, frame.getRequestId());
          assertContent("n" + pushes, frame);
        } else {
          assertEquals("B101", frame.getCmd());
          assertEquals(++acks, frame.getRequestId());
        }
      }
      one.send("B102", 1, Long.toString(ann.id()), text(ann.id(), bob.id(), "no group"));
      assertEquals(2105, one.expect("B102", 1).getError().getBusinessCode());
      bob.messages()
          .sendGroupTextMessage(
              SendGroupTextMessageRequest.newBuilder()
                  .setToGroupId(group)
                  .setText(TextMessage.newBuilder().setContent("native"))
                  .build());
      SendMessageResponse fromNative = two.expect("B102", 0);
      assertContent("native", fromNative);
      assertTrue(fromNative.getData().toStringUtf8().contains("\"receiver_id\":\"" + group + "\""));
    }
  }

  @Test
  void whatTheServerSaysInAGroup_isNoMessageOfAGateway_butAChange() {
    long group = ann.createGroup("g");
    bob.joinGroup(group);
    try (TestGateway gateway = TestGateway.bound(server, "lines")) {
      gateway.register(bob.id());
      var unused = ann.setRole(group, bob, MemberRole.ROLE_ADMIN);
      assertTrue(said(gateway.expect("B103", 0)).startsWith("{\"type\":\"group\""));
      String line = said(gateway.expect("B103", 0));
      assertTrue(line.startsWith("{\"type\":\"line\",\"data\":{"), line);
      assertTrue(line.contains("SYSTEM_EVENT_ADMIN_ADDED"), line);
      String asText = text(bob.id(), group, "x");
      String bobs = Long.toString(bob.id());
      assertRefused(gateway, 2101, "B102", bobs, asText.replace("\"text\"", "\"system\""));
    }
  }

  private static String said(SendMessageResponse frame) {
    return frame.getData().toStringUtf8();
  }

  @Test
  void retry_withAClientMessageId_storesOnce() {
    try (TestGateway gateway = TestGateway.bound(server, "retry")) {
      gateway.register(eve.id());
      String data =
          "{\"type\":\"text\",\"data\":{\"receiver_id\":\"%d\",\"content\":\"once\","
                  .formatted(bob.id())
              + "\"client_message_id\":\"k1\"}}";
      gateway.send("B101", 1, Long.toString(eve.id()), data);
      gateway.send("B101", 2, Long.toString(eve.id()), data);
      String first = gateway.expect("B101", 1).getData().toStringUtf8();
      String second = gateway.expect("B101", 2).getData().toStringUtf8();
      assertEquals(first.replace("\"request_id\":1", "\"request_id\":2"), second);
    }
  }

  @Test
  void methodName_callsTheNativeApiForTheClient() throws Exception {
    try (TestGateway gateway = TestGateway.bound(server, "methods")) {
      gateway.register(eve.id());
      String client = Long.toString(eve.id());
      ByteString request =
          SendUserTextMessageRequest.newBuilder()
              .setToUserId(ann.id())
              .setText(TextMessage.newBuilder().setContent("by name"))
              .build()
              .toByteString();
      String send = "message.MessageService/SendUserTextMessage";
      gateway.send(send, 3, client, request);
      SendUserTextMessageResponse sent =
          SendUserTextMessageResponse.parseFrom(gateway.expect(send, 3).getData());
      String history = "conversation.ConversationService/History";
      gateway.send(
          history,
          4,
          client,
          HistoryRequest.newBuilder()
              .setConversationId(sent.getConversationId())
              .build()
              .toByteString());
      List<Message> pulled =
          HistoryResponse.parseFrom(gateway.expect(history, 4).getData()).getMessageList();
      assertEquals(sent.getId(), pulled.getLast().getId());
      gateway.send(send, 5, client, ByteString.copyFrom(new byte[] {10, -1, -1}));
      assertEquals(2103, gateway.expect(send, 5).getError().getBusinessCode());
      gateway.send(send, 6, "", request);
      assertEquals(2108, gateway.expect(send, 6).getError().getBusinessCode());
      String register = "gateway.GatewayService/Register";
      gateway.send(register, 7, client, ByteString.EMPTY);
      assertEquals(2301, gateway.expect(register, 7).getError().getBusinessCode());
    }
  }

  @Test
  void hostileFrames_areRefusedAndTheStreamLivesOn() {
    try (TestGateway gateway = TestGateway.bound(server, "hostile")) {
      gateway.register(ann.id());
      String client = Long.toString(ann.id());
      assertRefused(gateway, 2004, "B101", Long.toString(bob.id()), text(bob.id(), eve.id(), "x"));
      assertRefused(gateway, 2004, "B101", client, text(bob.id(), eve.id(), "spoofed"));
      assertRefused(gateway, 2108, "B101", "", text(ann.id(), eve.id(), "x"));
      assertRefused(gateway, 2108, "B101", "x".repeat(1000), text(ann.id(), eve.id(), "x"));
      assertRefused(gateway, 2103, "B101", client, "");
      assertRefused(gateway, 2103, "B101", client, "[".repeat(60_000));
      assertRefused(gateway, 2103, "B101", client, "{\"type\":\"text\"} x");
      assertRefused(gateway, 2101, "B101", client, "{\"type\":\"text\"}");
      assertRefused(gateway, 2101, "B101", client, "{\"type\":5,\"data\":{}}");
      assertRefused(gateway, 2101, "B101", client, "{\"type\":\"poem\",\"data\":{}}");
      assertRefused(gateway, 2108, "B101", client, "{\"type\":\"text\",\"data\":{}}");
      assertRefused(gateway, 2104, "B101", client, text(ann.id(), 5, "nobody"));
      assertRefused(gateway, 2101, "B101", client, text(ann.id(), bob.id(), ""));
      assertRefused(gateway, 2102, "B101", client, text(ann.id(), bob.id(), "x".repeat(8001)));
      assertRefused(gateway, 2102, "B101", client, text(ann.id(), bob.id(), "x".repeat(66_000)));
      assertRefused(gateway, 2301, "B103", client, "x");
      assertRefused(gateway, 2301, "Z999", client, "");
      assertRefused(gateway, 2301, "no.Such/Method", client, "");
      gateway.send(
          SendMessageRequest.newBuilder()
              .setGatewayId("another")
              .setCmd("A001")
              .setRequestId(3)
              .build());
      assertEquals(2107, gateway.expect("A001", 3).getError().getBusinessCode());
      gateway.send("B101", 9, client, "{\"type\":\"ack\",\"data\":{\"receiver_id\":\"1\"}}");
      gateway.send("A002", 9, "", "");
      gateway.expectNothing();
    }
  }

  @Test
  void gatewayThatSpeaksInItsOwnName_speaksForItsClientsOnly() {
    try (TestGateway gateway = TestGateway.bound(server, "own-name")) {
      gateway.register(ann.id());
      gateway.send("B101", 1, "own-name", text(ann.id(), bob.id(), "for ann"));
      SendMessageResponse acked = gateway.expect("B101", 1);
      assertEquals(0, acked.getError().getErrorCode(), acked.toString());
      assertEquals(Long.toString(ann.id()), acked.getReceiverId());
      // Refusals go to the client too, where it is known.
      gateway.send("B101", 2, "own-name", text(ann.id(), 5, "for nobody"));
      SendMessageResponse refused = gateway.expect("B101", 2);
      assertEquals(2104, refused.getError().getBusinessCode());
      assertEquals(Long.toString(ann.id()), refused.getReceiverId());
      assertRefused(gateway, 2004, "B101", "own-name", text(eve.id(), ann.id(), "for eve"));
      assertRefused(
          gateway, 2108, "B101", "own-name", "{\"type\":\"text\",\"data\":{\"content\":\"x\"}}");
      assertRefused(gateway, 2108, "A998", "own-name", "");
      // Another gateway's name is no name here.
      assertRefused(gateway, 2108, "B101", "own-name-2", text(ann.id(), bob.id(), "x"));
      gateway.send("B101", 3, "own-name", "{\"type\":\"ack\",\"data\":{\"receiver_id\":\"1\"}}");
      gateway.expectNothing();
    }
  }

  @Test
  void keysWithBlanks_areReadAsIfTheyHadNone_andNoneTwice() {
    try (TestGateway gateway = TestGateway.bound(server, "blanks")) {
      gateway.register(ann.id());
      String client = Long.toString(ann.id());
      String image =
          "{\" type\":\"image\",\"data \":{\"receiver_id \":\"%d\",%s\"size \":9,\"width \":8}}";
      for (String url :
          List.of(
              "\"url\":\"/u.png\",\"big_url\":\"/b.png\",",
              "\"icon_url \":\"/i.png\",\"big_url \":\"/b.png\",",
              "\"url\":\"\",\"icon_url \":\"/i.png\",")) {
        gateway.send("B101", 1, client, image.formatted(bob.id(), url));
        SendMessageResponse acked = gateway.expect("B101", 1);
        assertEquals(0, acked.getError().getErrorCode(), acked.toString());
      }
      long conversation = ann.text(bob.id(), "last", "").getConversationId();
      List<Message> stored =
          bob.conversations()
              .history(HistoryRequest.newBuilder().setConversationId(conversation).build())
              .getMessageList();
      stored = stored.subList(stored.size() - 4, stored.size() - 1);
      assertEquals(
          List.of("/u.png", "/b.png", "/i.png"),
          stored.stream().map(each -> each.getImage().getUrl()).toList());
      assertEquals(8, stored.getFirst().getImage().getWidth());
      gateway.expect("B101", 0);
      assertRefused(gateway, 2101, "B101", client, image.formatted(bob.id(), ""));
      assertRefused(
          gateway,
          2103,
          "B101",
          client,
          image.formatted(bob.id(), "\"url\":\"/a\",\"url \":\"/b\","));
    }
  }

  @Test
  void sendToAll_reachesEveryClientOfEveryGateway() {
    try (TestGateway one = TestGateway.bound(server, "all1");
        TestGateway two = TestGateway.bound(server, "all2")) {
      one.register(ann.id());
      one.register(bob.id());
      two.register(ann.id());
      ByteString data = ByteString.copyFromUtf8("{\"type\":\"notice\"}");
      one.unary().sendToAll(SendToAllRequest.newBuilder().setData(data).build());
      assertEquals(data, one.expect("B103", 0).getData());
      assertEquals(data, one.expect("B103", 0).getData());
      assertEquals(data, two.expect("B103", 0).getData());
      ByteString large = ByteString.copyFrom(new byte[65_537]);
      assertCode(
          Status.Code.INVALID_ARGUMENT,
          () -> one.unary().sendToAll(SendToAllRequest.newBuilder().setData(large).build()));
    }
  }

  @Test
  void slowGateway_isDroppedAndDelaysNobody() {
    try (TestGateway slow = TestGateway.bound(server, "slow");
        TestGateway quick = TestGateway.bound(server, "quick")) {
      slow.register(bob.id());
      quick.register(bob.id());
      slow.stopReading();
      ByteString data = ByteString.copyFrom(new byte[60_000]);
      SendToAllRequest all = SendToAllRequest.newBuilder().setData(data).build();
      for (int i = 0; i < 100; i++) {
        quick.unary().sendToAll(all);
        assertEquals(60_000, quick.expect("B103", 0).getData().size());
      }
      ann.text(bob.id(), "to the quick", "");
      assertContent("to the quick", quick.expect("B101", 0));
      assertCode(Status.Code.FAILED_PRECONDITION, () -> slow.register(ann.id()));
    }
  }

  private static String login(String client, String token) {
    return "{\"client_id\":\"" + client + "\",\"token\":\"" + token + "\"}";
  }

  private static String text(long sender, long receiver, String content) {
    return "{\"type\":\"text\",\"data\":{\"sender_id\":\"%d\",\"receiver_id\":\"%d\",\"content\":\"%s\"}}"
        .formatted(sender, receiver, content);
  }

  private static void assertContent(String content, SendMessageResponse frame) {
    String data = frame.getData().toStringUtf8();
    assertTrue(data.contains("\"content\":\"" + content + "\""), data);
  }

  private static void assertRefused(
      TestGateway gateway, int businessCode, String cmd, String sender, String data) {
    gateway.send(cmd, 77, sender, data);
    SendMessageResponse answer = gateway.expect(cmd, 77);
    assertEquals(businessCode, answer.getError().getBusinessCode(), answer.getError().getMessage());
  }

  private static void assertCode(Status.Code code, org.junit.jupiter.api.function.Executable call) {
    assertEquals(code, assertThrows(StatusRuntimeException.class, call).getStatus().getCode());
  }
}
