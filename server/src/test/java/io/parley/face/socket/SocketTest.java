package io.parley.face.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.parley.api.common.PingRequest;
import io.parley.api.common.PingResponse;
import io.parley.api.message.SendUserTextMessageRequest;
import io.parley.api.message.SendUserTextMessageResponse;
import io.parley.api.message.TextMessage;
import io.parley.api.realtime.AuthResponse;
import io.parley.api.realtime.Frame;
import io.parley.api.realtime.MessagePush;
import io.parley.api.user.UserGetRequest;
import io.parley.harness.TestLimits;
import io.parley.harness.Waiting;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The native protocol over real sockets.
class SocketTest {
  static final String SEND = "message.MessageService/SendUserTextMessage";
  static final String PING = "user.UserService/Ping";
  static final String GET = "user.UserService/GetUser";

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer(TestLimits.with(Map.of("limits.socket_in_flight_max", "8")));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static SendUserTextMessageRequest text(long to, String content) {
    return SendUserTextMessageRequest.newBuilder()
        .setToUserId(to)
        .setText(TextMessage.newBuilder().setContent(content))
        .build();
  }

  @Test
  void auth_byFrame_tellsUserDeviceHeartbeatAndLimits() throws Exception {
    try (TestClient client = TestClient.open(server.port())) {
      client.auth("11:21", "");
      Frame answer = client.frame();
      AuthResponse welcome = AuthResponse.parseFrom(answer.getData());
      assertEquals("auth", answer.getCmd());
      assertEquals(1, answer.getRequestId());
      assertEquals(11, welcome.getUserId());
      assertEquals("21", welcome.getDeviceId());
      assertEquals(30, welcome.getHeartbeatS());
      assertEquals(8_000, welcome.getLimits().getTextChars());
      assertEquals(10 << 20, welcome.getLimits().getImageBytes());
      assertEquals(100 << 20, welcome.getLimits().getFileBytes());
    }
  }

  @Test
  void auth_byHeader_needsNoFrame() throws Exception {
    try (TestClient client = TestClient.open(server.port(), "Authorization: Bearer 12:22")) {
      client.send(SEND, 5, text(12, "to myself"));
      assertEquals(5, client.frame().getRequestId());
    }
  }

  @Test
  void auth_deadToken_isAnErrorAndMayBeTriedAgain() throws Exception {
    try (TestClient client = TestClient.open(server.port())) {
      client.auth("nonsense", "");
      Frame refused = client.frame();
      assertEquals(16, refused.getError().getCode());
      assertEquals(1000, refused.getError().getErrorCode());
      client.auth("13:23", "");
      assertFalse(client.frame().hasError());
    }
  }

  @Test
  void auth_framesBehindIt_waitForIt() throws Exception {
    try (TestClient client = TestClient.open(server.port())) {
      client.auth("14:24", "");
      client.send(SEND, 2, text(14, "at once"));
      assertEquals(1, client.frame().getRequestId());
      Frame sent = client.frame();
      assertEquals(2, sent.getRequestId());
      assertFalse(sent.hasError());
    }
  }

  @Test
  void call_withoutLogin_isRefusedUnlessOpen() throws Exception {
    try (TestClient client = TestClient.open(server.port())) {
      client.send(PING, 1, PingRequest.getDefaultInstance());
      assertEquals("pong", PingResponse.parseFrom(client.frame().getData()).getContent());
      client.send(SEND, 2, text(1, "x"));
      assertEquals(1000, client.frame().getError().getErrorCode());
      client.send("ping", 3, ByteString.EMPTY);
      assertEquals("ping", client.frame().getCmd());
    }
  }

  @Test
  void send_pushesToTheOtherAndToOtherDevices_notToTheSender() throws Exception {
    try (TestClient sender = TestClient.authenticated(server.port(), "31:1", "a");
        TestClient sibling = TestClient.authenticated(server.port(), "31:2", "b");
        TestClient receiver = TestClient.authenticated(server.port(), "32:1", "a")) {
      sender.send(SEND, 9, text(32, "hello"));
      Frame answer = sender.frame();
      assertEquals(SEND, answer.getCmd());
      long seq = SendUserTextMessageResponse.parseFrom(answer.getData()).getSeq();
      for (TestClient each : new TestClient[] {sibling, receiver}) {
        Frame push = each.frame();
        assertEquals("push.message", push.getCmd());
        assertEquals(0, push.getRequestId());
        MessagePush message = MessagePush.parseFrom(push.getData());
        assertEquals(seq, message.getMessage().getSeq());
        assertEquals("hello", message.getMessage().getText().getContent());
      }
      // The next thing that the sender hears is the answer to its ping: its own message was not
      // pushed to it.
      sender.send("ping", 10, ByteString.EMPTY);
      assertEquals("ping", sender.frame().getCmd());
    }
  }

  @Test
  void send_manyAtOnce_answeredInOrder() throws Exception {
    try (TestClient client = TestClient.authenticated(server.port(), "41:1", "")) {
      for (int round = 0; round < 20; round++) {
        for (int i = 1; i <= 8; i++) {
          client.send(SEND, i, text(42, "m"));
        }
        long last = 0;
        for (int i = 1; i <= 8; i++) {
          Frame answer = client.frame();
          assertEquals(i, answer.getRequestId());
          long seq = SendUserTextMessageResponse.parseFrom(answer.getData()).getSeq();
          assertTrue(seq > last);
          last = seq;
        }
      }
    }
  }

  @Test
  void inFlight_overTheLimit_isRefusedWithRetry() throws Exception {
    try (TestClient client = TestClient.authenticated(server.port(), "51:1", "")) {
      for (int i = 1; i <= 9; i++) {
        client.send(GET, i, UserGetRequest.newBuilder().setId(1).build());
      }
      Frame refused = client.frame();
      assertEquals(9, refused.getRequestId());
      assertEquals(8, refused.getError().getCode());
      assertTrue(refused.getError().getRetryAfterMs() > 0);
      server.gate.release(8);
      for (int i = 1; i <= 8; i++) {
        assertFalse(client.frame().hasError());
      }
      client.send(GET, 10, UserGetRequest.newBuilder().setId(77).build());
      assertEquals(10, client.frame().getRequestId());
    }
  }

  @Test
  void inFlight_whenTheSocketCloses_isHarmless() throws Exception {
    try (TestClient client = TestClient.authenticated(server.port(), "52:1", "")) {
      client.send(GET, 1, UserGetRequest.newBuilder().setId(1).build());
    }
    Waiting.until(() -> server.registry.of(52).length == 0);
    server.gate.release();
    try (TestClient client = TestClient.authenticated(server.port(), "52:1", "")) {
      client.send("ping", 2, ByteString.EMPTY);
      assertEquals(2, client.frame().getRequestId());
    }
  }

  @Test
  void cmd_unknown_isUnimplemented() throws Exception {
    try (TestClient client = TestClient.authenticated(server.port(), "53:1", "")) {
      client.send("no.Such/Method", 3, ByteString.EMPTY);
      Frame refused = client.frame();
      assertEquals("no.Such/Method", refused.getCmd());
      assertEquals(3, refused.getRequestId());
      assertEquals(12, refused.getError().getCode());
      assertEquals(1005, refused.getError().getErrorCode());
    }
  }

  @Test
  void bytes_thatAreNoFrame_areAnErrorAndTheSocketLives() throws Exception {
    try (TestClient client = TestClient.authenticated(server.port(), "54:1", "")) {
      client.raw(TestClient.frameBytes(0x82, new byte[] {(byte) 0xFF, 1, 2, 3}, true));
      assertEquals(3, client.frame().getError().getCode());
      client.send(SEND, 4, ByteString.copyFrom(new byte[] {(byte) 0xFF}));
      Frame refused = client.frame();
      assertEquals(4, refused.getRequestId());
      assertEquals(1001, refused.getError().getErrorCode());
      client.send("ping", 5, ByteString.EMPTY);
      assertEquals("ping", client.frame().getCmd());
    }
  }

  @Test
  void bug_inAHandler_tellsNothing() throws Exception {
    try (TestClient client = TestClient.authenticated(server.port(), "55:1", "")) {
      client.send(GET, 6, UserGetRequest.newBuilder().setId(2).build());
      Frame failed = client.frame();
      assertEquals(13, failed.getError().getCode());
      assertEquals(1004, failed.getError().getErrorCode());
      assertFalse(failed.toString().contains("secret"));
    }
  }

  @Test
  void fault_inADirectHandler_isAnswered() throws Exception {
    try (TestClient client = TestClient.authenticated(server.port(), "56:1", "")) {
      client.send(SEND, 7, text(1, ""));
      assertTrue(client.frame().getError().getMessage().contains("text.content"));
    }
  }

  @Test
  void answer_overTheFrameLimit_isAnErrorThatSaysSo() throws Exception {
    try (TestClient client = TestClient.authenticated(server.port(), "57:1", "")) {
      client.send(GET, 8, UserGetRequest.newBuilder().setId(3).build());
      assertTrue(client.frame().getError().getMessage().contains("frame_bytes_max"));
    }
  }
}
