package io.parley.face.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.api.realtime.Frame;
import io.parley.harness.TestLimits;
import io.parley.harness.Waiting;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Upgrade requests: what is accepted, what is refused and how.
class HandshakeTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer(TestLimits.with(Map.of("limits.auth_deadline_s", "1")));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String answer(String request) throws Exception {
    try (TestClient client = new TestClient(server.port())) {
      client.raw(request.getBytes(StandardCharsets.US_ASCII));
      return client.untilEnd();
    }
  }

  private static void assertRefused(int status, String request) throws Exception {
    String answer = answer(request);
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    assertTrue(
        body.matches("\\{\"error_code\":\"\\d+\",\"business_code\":\"\\d+\",\"message\":\".+\"}"),
        body);
  }

  @Test
  void origin_absentOrAllowed_isAccepted() throws Exception {
    TestClient.open(server.port()).close();
    TestClient.open(server.port(), "Origin: " + TestServer.ORIGIN).close();
    TestClient.open(server.port(), "Origin: HTTP://CHAT.example.com").close();
  }

  @Test
  void origin_foreign_isForbidden_alsoWhereItIsTheHost() throws Exception {
    assertRefused(403, TestClient.request("/ws", "Origin: http://evil.example"));
    assertRefused(403, TestClient.request("/ws", "Origin: http://localhost"));
    assertRefused(403, TestClient.request("/ws", "Origin: null"));
    assertRefused(
        403, TestClient.request("/ws", "Origin: http://evil.example", "Authorization: Bearer 1:1"));
  }

  @Test
  void authorization_dead_is401() throws Exception {
    assertRefused(401, TestClient.request("/ws", "Authorization: Bearer nonsense"));
    assertRefused(401, TestClient.request("/ws", "Authorization: Bearer "));
  }

  @Test
  void cookie_counts_withAnAllowedOriginOrNone() throws Exception {
    try (TestClient page =
            TestClient.open(
                server.port(), "Origin: " + TestServer.ORIGIN, "Cookie: a=b; sessionid=81:1");
        TestClient app = TestClient.open(server.port(), "Cookie: sessionid=82:1");
        TestClient stale =
            TestClient.open(
                server.port(), "Origin: " + TestServer.ORIGIN, "Cookie: sessionid=dead")) {
      for (TestClient known : new TestClient[] {page, app}) {
        known.send(SocketTest.SEND, 1, SocketTest.text(1, "x"));
        assertFalse(known.frame().hasError());
      }
      stale.send(SocketTest.SEND, 1, SocketTest.text(1, "x"));
      assertEquals(16, stale.frame().getError().getCode());
    }
  }

  @Test
  void token_inTheUrl_isIgnored() throws Exception {
    try (TestClient client = new TestClient(server.port())) {
      client.upgrade("/ws?token=83:1&access_token=83:1");
      client.send(SocketTest.SEND, 1, SocketTest.text(1, "x"));
      assertEquals(16, client.frame().getError().getCode());
    }
  }

  @Test
  void query_givesDeviceAndForm() throws Exception {
    try (TestClient client = new TestClient(server.port());
        TestClient sender = TestClient.authenticated(server.port(), "85:1", "")) {
      client.upgrade("/ws?device_id=my%20phone&form=json", "Authorization: Bearer 84:1");
      Waiting.until(() -> server.registry.of(84).length == 1);
      assertEquals("my phone", server.registry.of(84)[0].device());
      sender.send(SocketTest.SEND, 1, SocketTest.text(84, "x"));
      assertTrue(client.receive().text().startsWith("{\"cmd\":\"push.message\""));
    }
  }

  @Test
  void request_thatIsNoUpgrade_is426() throws Exception {
    assertRefused(426, "GET /ws HTTP/1.1\r\nHost: x\r\n\r\n");
    assertRefused(426, TestClient.request("/ws").replace("Version: 13", "Version: 8"));
    assertTrue(answer("GET /ws HTTP/1.1\r\nHost: x\r\n\r\n").contains("sec-websocket-version: 13"));
  }

  @Test
  void request_malformed_is400() throws Exception {
    assertRefused(400, TestClient.request("/ws").replace(TestClient.KEY, "short"));
    assertRefused(400, TestClient.request("/ws", "Content-Length: 2") + "xx");
    assertRefused(400, TestClient.request("/ws", "X: " + "y".repeat(9000)));
    assertRefused(400, "GET /ws HTTP/1.1\r\n: : :\r\n\r\n");
  }

  @Test
  void request_oneByteAtATime_withFramesBehind_works() throws Exception {
    byte[] head =
        TestClient.request("/ws", "Authorization: 86:1").getBytes(StandardCharsets.US_ASCII);
    byte[] ping = TestClient.binary("ping", 3, com.google.protobuf.ByteString.EMPTY);
    try (TestClient client = new TestClient(server.port())) {
      for (byte each : head) {
        client.raw(new byte[] {each});
      }
      client.raw(ping);
      assertTrue(client.head().startsWith("HTTP/1.1 101 "));
      assertEquals("ping", client.frame().getCmd());
    }
    try (TestClient client = new TestClient(server.port())) {
      byte[] both = Arrays.copyOf(head, head.length + ping.length);
      System.arraycopy(ping, 0, both, head.length, ping.length);
      client.raw(both);
      assertTrue(client.head().startsWith("HTTP/1.1 101 "));
      Frame answer = client.frame();
      assertEquals(3, answer.getRequestId());
    }
  }

  @Test
  void head_thatDoesNotEnd_isClosedAtTheDeadline() throws Exception {
    for (String beginning : new String[] {"GET /w", "GET /ws HTTP/1.1\r\nHost: x\r\n"}) {
      assertEquals("", answer(beginning));
    }
  }

  @Test
  void path_thatOnlyBeginsAlike_isNotASocket() throws Exception {
    try (TestClient client = new TestClient(server.port())) {
      client.raw(
          "GET /wsx HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      assertTrue(client.untilEnd().endsWith("not a socket"));
    }
  }

  @Test
  void draining_is503() throws Exception {
    try (TestServer stopping = new TestServer(TestLimits.defaults())) {
      stopping.face.drain(java.time.Duration.ZERO);
      try (TestClient client = new TestClient(stopping.port())) {
        client.raw(TestClient.request("/ws").getBytes(StandardCharsets.US_ASCII));
        assertTrue(client.untilEnd().startsWith("HTTP/1.1 503 "));
      }
    }
  }
}
