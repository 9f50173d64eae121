package io.parley.realtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.api.conversation.MarkReadRequest;
import io.parley.api.conversation.RecallRequest;
import io.parley.api.message.SendGroupTextMessageRequest;
import io.parley.api.message.TextMessage;
import io.parley.api.session.LogoutRequest;
import io.parley.harness.GrpcPerson;
import io.parley.harness.LivePerson;
import io.parley.harness.TestServer;
import io.parley.harness.TestWorld;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The whole server, live: what one does, the others see.
class LiveTest {
  @RegisterExtension private final TestWorld world = new TestWorld();
  private final TestServer server = world.server();
  private final GrpcPerson ann = world.register("ann");
  private final GrpcPerson bob = world.register("bob");

  @Test
  void message_reachesEveryDeviceButTheOneThatSentIt() throws Exception {
    try (LivePerson annPhone = new LivePerson(server, ann.token(), "phone");
        LivePerson annDesk = new LivePerson(server, ann.token(), "desk");
        LivePerson bobPhone = new LivePerson(server, bob.token(), "phone")) {
      JsonNode answer =
          annPhone.call(
              "message.MessageService/SendUserTextMessage",
              """
              {"toUserId":%d,"text":{"content":"hi bob"},"client_message_id":"k"}\
              """
                  .formatted(bob.id()));
      assertEquals("1", answer.at("/data/seq").asText());
      for (LivePerson each : new LivePerson[] {annDesk, bobPhone}) {
        JsonNode push = each.next();
        assertEquals("push.message", push.get("cmd").asText());
        assertEquals(0, push.get("request_id").asInt());
        assertEquals("hi bob", push.at("/data/message/text/content").asText());
        assertEquals(Long.toString(ann.id()), push.at("/data/message/sender_id").asText());
        assertEquals("k", push.at("/data/message/client_message_id").asText());
      }
      annPhone.call("ping", "{}");
      assertEquals(0, annPhone.waiting());
    }
  }

  @Test
  void readAndRecall_areTold() throws Exception {
    var sent = ann.text(bob.id(), "oops", "");
    try (LivePerson annPhone = new LivePerson(server, ann.token(), "phone")) {
      bob.conversations()
          .markRead(
              MarkReadRequest.newBuilder()
                  .setConversationId(sent.getConversationId())
                  .setSeq(1)
                  .build());
      JsonNode read = annPhone.next();
      assertEquals("push.read", read.get("cmd").asText());
      assertEquals(Long.toString(bob.id()), read.at("/data/user_id").asText());
      ann.conversations().recall(RecallRequest.newBuilder().setId(sent.getId()).build());
      JsonNode recall = annPhone.next();
      assertEquals("push.recall", recall.get("cmd").asText());
      assertEquals(Long.toString(sent.getId()), recall.at("/data/id").asText());
    }
  }

  @Test
  void group_pushesReachWhoeverHasJoined() throws Exception {
    long group = ann.createGroup("g");
    try (LivePerson bobPhone = new LivePerson(server, bob.token(), "phone")) {
      groupText(group, "bob is not here yet");
      bob.joinGroup(group);
      assertEquals("push.group", bobPhone.next().get("cmd").asText());
      assertEquals(
          "SYSTEM_EVENT_JOINED", bobPhone.next().at("/data/message/system/event").asText());
      groupText(group, "now he is");
      JsonNode push = bobPhone.next();
      assertEquals("now he is", push.at("/data/message/text/content").asText());
      assertEquals("3", push.at("/data/message/seq").asText());
    }
  }

  @Test
  void logout_closesTheSessionsSocketsWithinASecond() throws Exception {
    try (LivePerson bobPhone = new LivePerson(server, bob.token(), "phone")) {
      long start = System.nanoTime();
      bob.sessions().logout(LogoutRequest.getDefaultInstance());
      assertClosed(bobPhone, "session_ended");
      assertTrue(Duration.ofNanos(System.nanoTime() - start).toMillis() < 1_000);
    }
  }

  @Test
  void passwordChange_closesTheSocketsOfOtherSessionsOnly() throws Exception {
    GrpcPerson other = GrpcPerson.login(server, "ann", "secret1");
    try (LivePerson changing = new LivePerson(server, ann.token(), "phone");
        LivePerson ended = new LivePerson(server, other.token(), "desk")) {
      ann.changePassword("", "changed1");
      assertClosed(ended, "session_ended");
      assertEquals(
          "pong", changing.call("common.CommonService/Ping", "{}").at("/data/content").asText());
    }
    other.close();
  }

  @Test
  void sameDeviceAgain_replacesTheOlderSocket() throws Exception {
    try (LivePerson older = new LivePerson(server, bob.token(), "phone");
        LivePerson newer = new LivePerson(server, bob.token(), "phone")) {
      assertClosed(older, "replaced");
      ann.text(bob.id(), "to the newer", "");
      assertEquals("push.message", newer.next().get("cmd").asText());
    }
  }

  @Test
  void stop_tellsSocketsToComeBack() throws Exception {
    try (LivePerson bobPhone = new LivePerson(server, bob.token(), "phone")) {
      server.close();
      JsonNode closing = bobPhone.next();
      assertEquals("restart", closing.at("/data/reason").asText());
      assertTrue(closing.at("/data/reconnect_after_ms").asInt() > 0);
    }
  }

  private static void assertClosed(LivePerson person, String reason) throws InterruptedException {
    JsonNode closing = person.next();
    assertEquals("push.closing", closing.get("cmd").asText());
    assertEquals(reason, closing.at("/data/reason").asText());
    assertEquals("closed", person.next().get("cmd").asText());
  }

  private void groupText(long group, String text) {
    ann.messages()
        .sendGroupTextMessage(
            SendGroupTextMessageRequest.newBuilder()
                .setToGroupId(group)
                .setText(TextMessage.newBuilder().setContent(text))
                .build());
  }
}
