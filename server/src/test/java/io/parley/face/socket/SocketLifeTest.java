package io.parley.face.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.parley.api.realtime.ChangePush;
import io.parley.api.realtime.ClosingPush;
import io.parley.api.realtime.Frame;
import io.parley.api.realtime.MessagePush;
import io.parley.api.realtime.ReadPush;
import io.parley.api.realtime.RecallPush;
import io.parley.api.user.UserGetRequest;
import io.parley.api.user.UserGetResponse;
import io.parley.base.AccountId;
import io.parley.base.ConversationId;
import io.parley.base.MessageId;
import io.parley.base.SessionId;
import io.parley.bus.Audience;
import io.parley.bus.Event;
import io.parley.bus.GroupChange;
import io.parley.harness.TestLimits;
import io.parley.harness.Waiting;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What begins and ends a live socket.
class SocketLifeTest {

  private static ClosingPush closing(TestClient client) throws Exception {
    Frame frame = client.frame();
    assertEquals("push.closing", frame.getCmd());
    ClosingPush closing = ClosingPush.parseFrom(frame.getData());
    assertEquals(1001, client.receive().closeCode());
    return closing;
  }

  @Test
  void stranger_isClosedAtTheDeadline() throws Exception {
    try (TestServer server =
            new TestServer(TestLimits.with(Map.of("limits.auth_deadline_s", "1")));
        TestClient client = TestClient.open(server.port())) {
      // Talking does not help.
      client.send("ping", 1, ByteString.EMPTY);
      assertEquals("ping", client.frame().getCmd());
      assertEquals(1008, client.receive().closeCode());
      assertTrue(client.ends());
    }
  }

  @Test
  void silence_closes_andPingsKeepOpen_beyondTheHttpServersIdleTimeout() throws Exception {
    try (TestServer server = new TestServer(TestLimits.with(Map.of("limits.heartbeat_s", "1")));
        TestClient silent = TestClient.authenticated(server.port(), "1:1", "a");
        TestClient cmd = TestClient.authenticated(server.port(), "1:2", "b");
        TestClient ping = TestClient.authenticated(server.port(), "1:3", "c")) {
      long start = System.nanoTime();
      Thread talker =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      for (int i = 1; i <= 9; i++) {
                        io.parley.base.Clock.SYSTEM.sleep(Duration.ofMillis(500));
                        cmd.send("ping", i, ByteString.EMPTY);
                        ping.raw(TestClient.frameBytes(0x89, new byte[] {1}, true));
                        cmd.frame();
                        ping.receive();
                      }
                    } catch (java.io.IOException e) {
                      throw new AssertionError(e);
                    }
                  });
      assertEquals(1001, silent.receive().closeCode());
      assertTrue(System.nanoTime() - start > Duration.ofMillis(2500).toNanos());
      talker.join();
      cmd.send("ping", 99, ByteString.EMPTY);
      assertEquals(99, cmd.frame().getRequestId());
      assertEquals(2, server.face.openSockets());
    }
  }

  @Test
  void sessionEnd_closesItsSocketsWithinASecond_andNoOthers() throws Exception {
    try (TestServer server = new TestServer(TestLimits.defaults());
        TestClient ended = TestClient.authenticated(server.port(), "1:1", "a");
        TestClient also = TestClient.authenticated(server.port(), "1:1", "b");
        TestClient other = TestClient.authenticated(server.port(), "1:2", "c")) {
      server.bus.publish(new Event.SessionEnded(new AccountId(1), new SessionId(1)));
      assertTimeout(
          Duration.ofSeconds(1),
          () -> {
            assertEquals("session_ended", closing(ended).getReason());
            assertEquals("session_ended", closing(also).getReason());
            assertTrue(ended.ends());
            assertTrue(also.ends());
          });
      other.send("ping", 1, ByteString.EMPTY);
      assertEquals("ping", other.frame().getCmd());
    }
  }

  @Test
  void sessionEnd_duringAuthentication_leavesNoLiveSocket() throws Exception {
    try (TestServer server = new TestServer(TestLimits.defaults())) {
      // Between the first look at the token and the second, after its event has gone by.
      server.beforeRecheck = () -> server.deadTokens.add("1:9");
      try (TestClient client = TestClient.open(server.port())) {
        client.auth("1:9", "");
        assertEquals("auth", client.frame().getCmd());
        assertEquals("session_ended", closing(client).getReason());
      }
    }
  }

  @Test
  void rightsTakenAway_takeEffectOnTheLiveSocket() throws Exception {
    try (TestServer server = new TestServer(TestLimits.defaults());
        TestClient admin = TestClient.authenticated(server.port(), "!1:1", "a");
        TestClient gone = TestClient.authenticated(server.port(), "!1:2", "b")) {
      assertEquals("[ADMIN]", rights(admin));
      server.demoted.add("!1:1");
      server.deadTokens.add("!1:2");
      server.bus.publish(new Event.AccountChanged(new AccountId(1)));
      assertEquals("session_ended", closing(gone).getReason());
      assertTimeout(
          Duration.ofSeconds(1),
          () -> {
            while (!rights(admin).equals("[]")) {
              // asks again
            }
          });
    }
  }

  private static String rights(TestClient client) throws Exception {
    client.send(SocketTest.GET, 1, UserGetRequest.newBuilder().setId(4).build());
    return UserGetResponse.parseFrom(client.frame().getData()).getUser().getNickname();
  }

  @Test
  void device_connectingAnew_replacesItsOlderSocket() throws Exception {
    try (TestServer server = new TestServer(TestLimits.defaults());
        TestClient older = TestClient.authenticated(server.port(), "1:1", "phone");
        TestClient tablet = TestClient.authenticated(server.port(), "1:1", "tablet");
        TestClient newer = TestClient.authenticated(server.port(), "1:2", "phone")) {
      assertEquals("replaced", closing(older).getReason());
      newer.send("ping", 1, ByteString.EMPTY);
      assertEquals("ping", newer.frame().getCmd());
      tablet.send("ping", 1, ByteString.EMPTY);
      assertEquals("ping", tablet.frame().getCmd());
      assertEquals(2, server.registry.size());
    }
  }

  @Test
  void account_overItsLimit_isRefused_unlessAdmin() throws Exception {
    try (TestServer server =
        new TestServer(TestLimits.with(Map.of("limits.sockets_per_account_max", "2")))) {
      List<TestClient> open = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        open.add(TestClient.authenticated(server.port(), "1:1", "d" + i));
      }
      try (TestClient refused = TestClient.open(server.port())) {
        refused.auth("1:1", "d2");
        Frame answer = refused.frame();
        assertEquals(8, answer.getError().getCode());
        assertTrue(answer.getError().getMessage().contains("sockets_per_account_max"));
      }
      for (int i = 0; i < 4; i++) {
        open.add(TestClient.authenticated(server.port(), "!2:1", "d" + i));
      }
      open.get(0).close();
      Waiting.until(() -> server.registry.of(1).length == 1);
      open.add(TestClient.authenticated(server.port(), "1:1", "d2"));
      for (TestClient each : open) {
        each.close();
      }
      Waiting.until(() -> server.registry.size() == 0 && server.face.openSockets() == 0);
    }
  }

  @Test
  void slowReader_isClosed_andOthersAreNotDelayed() throws Exception {
    int messages = 400;
    String text = "x".repeat(20_000);
    try (TestServer server =
            new TestServer(TestLimits.with(Map.of("limits.outbox_bytes_max", "200000")));
        TestClient fast = TestClient.authenticated(server.port(), "1:1", "")) {
      Socket socket = new Socket();
      socket.setReceiveBufferSize(4096);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
      try (TestClient slow = new TestClient(socket)) {
        slow.upgrade("/ws", "Authorization: Bearer 2:1");
        Waiting.until(() -> server.registry.of(2).length == 1);
        server.members.put(TestServer.GROUP.value(), new long[] {1, 2});
        // As fast as the fast one reads, a few ahead.
        int ahead = 4;
        for (int i = 1; i <= messages + ahead; i++) {
          if (i <= messages) {
            server.postToGroup(i, text);
          }
          if (i > ahead) {
            MessagePush push = MessagePush.parseFrom(fast.frame().getData());
            assertEquals(i - ahead, push.getMessage().getSeq());
          }
        }
        Waiting.until(() -> server.registry.of(2).length == 0);
        Waiting.until(() -> server.face.openSockets() == 1);
      }
    }
  }

  @Test
  void whoDoesNotReadAnswers_isNotReadFrom() throws Exception {
    try (TestServer server = new TestServer(TestLimits.defaults())) {
      Socket socket = new Socket();
      socket.setReceiveBufferSize(4096);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
      try (TestClient client = new TestClient(socket)) {
        client.upgrade("/ws", "Authorization: Bearer 2:1");
        byte[] bad = TestClient.binary("x".repeat(128), 7, ByteString.EMPTY);
        socket.setSendBufferSize(4096);
        Thread sender =
            Thread.ofPlatform()
                .start(
                    () -> {
                      try {
                        for (int i = 0; i < 200_000; i++) {
                          client.raw(bad);
                        }
                      } catch (java.io.IOException e) {
                        // The test is over.
                      }
                    });
        // 200,000 requests are 28 MB: the sender can only finish if the server reads on without
        // being read.
        sender.join(Duration.ofSeconds(2));
        assertTrue(sender.isAlive());
        for (int i = 0; i < 1000; i++) {
          assertEquals(12, client.frame().getError().getCode());
        }
      }
    }
  }

  @Test
  void readRecallAndGroupChange_arePushed() throws Exception {
    try (TestServer server = new TestServer(TestLimits.defaults());
        TestClient member = TestClient.authenticated(server.port(), "1:1", "");
        TestClient leaver = TestClient.authenticated(server.port(), "2:1", "")) {
      server.members.put(TestServer.GROUP.value(), new long[] {1});
      ConversationId group = TestServer.GROUP;
      Audience all = new Audience.Members();
      server.bus.publish(new Event.ReadMarked(group, 4, new AccountId(1), all));
      server.bus.publish(
          new Event.MessageRecalled(group, 3, new MessageId(33), new AccountId(2), all));
      server.bus.publish(
          new Event.GroupChanged(group, new AccountId(2), GroupChange.LEFT, List.of()));
      Frame read = member.frame();
      assertEquals("push.read", read.getCmd());
      assertEquals(4, ReadPush.parseFrom(read.getData()).getSeq());
      Frame recall = member.frame();
      assertEquals("push.recall", recall.getCmd());
      assertEquals(33, RecallPush.parseFrom(recall.getData()).getId());
      for (TestClient each : List.of(member, leaver)) {
        Frame change = each.frame();
        assertEquals("push.group", change.getCmd());
        assertEquals("left", ChangePush.parseFrom(change.getData()).getKind());
        assertEquals(2, ChangePush.parseFrom(change.getData()).getUserId());
      }
    }
  }

  @Test
  void drain_tellsEveryoneWhenToComeBack() throws Exception {
    try (TestServer server = new TestServer(TestLimits.defaults());
        TestClient one = TestClient.authenticated(server.port(), "1:1", "");
        TestClient two = TestClient.authenticated(server.port(), "2:1", "");
        TestClient stranger = TestClient.open(server.port())) {
      Thread drain = Thread.ofVirtual().start(() -> server.face.drain(Duration.ofSeconds(5)));
      for (TestClient each : List.of(one, two)) {
        ClosingPush closing = closing(each);
        assertEquals("restart", closing.getReason());
        assertTrue(closing.getReconnectAfterMs() >= 500 && closing.getReconnectAfterMs() <= 5000);
        assertTrue(each.ends());
      }
      assertEquals(1001, stranger.receive().closeCode());
      drain.join();
      assertEquals(0, server.face.openSockets());
      assertFalse(server.registry.size() > 0);
    }
  }
}
