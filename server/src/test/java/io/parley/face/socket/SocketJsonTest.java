package io.parley.face.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.face.socket.TestClient.Received;
import io.parley.harness.TestLimits;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The native protocol in its JSON form.
class SocketJsonTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer(TestLimits.defaults());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static TestClient authenticated(String token) throws Exception {
    TestClient client = TestClient.open(server.port());
    client.text("{\"cmd\":\"auth\",\"request_id\":1,\"data\":{\"token\":\"" + token + "\"}}");
    assertTrue(text(client).contains("\"heartbeat_s\":30"));
    return client;
  }

  private static String text(TestClient client) throws Exception {
    Received received = client.receive();
    assertEquals(1, received.opcode());
    return received.text();
  }

  @Test
  void auth_inJson_isAnsweredInSnakeCaseWithNumbersAsStrings() throws Exception {
    try (TestClient client = TestClient.open(server.port())) {
      client.text(
          "{\"cmd\":\"auth\",\"request_id\":7,\"data\":{\"token\":\"61:1\",\"deviceId\":\"d\"}}");
      String answer = text(client);
      assertTrue(
          answer.startsWith(
              "{\"cmd\":\"auth\",\"request_id\":7,\"data\":"
                  + "{\"user_id\":\"61\",\"device_id\":\"d\",\"heartbeat_s\":30,"
                  + "\"limits\":{\"text_chars\":8000,"),
          answer);
    }
  }

  @Test
  void send_inJson_pushesToJsonAndBinaryAlike() throws Exception {
    try (TestClient sender = authenticated("62:1");
        TestClient json = authenticated("63:1");
        TestClient binary = TestClient.authenticated(server.port(), "63:2", "")) {
      sender.text(
          "{\"request_id\":\"9\",\"cmd\":\""
              + SocketTest.SEND
              + "\",\"data\":{\"toUserId\":63,\"text\":{\"content\":\"你好 \\\"q\\\"\"}}}");
      String answer = text(sender);
      assertTrue(
          answer.startsWith("{\"cmd\":\"" + SocketTest.SEND + "\",\"request_id\":9,"), answer);
      assertTrue(answer.contains("\"conversation_id\":\"1\""), answer);
      String push = text(json);
      assertTrue(
          push.startsWith("{\"cmd\":\"push.message\",\"request_id\":0,\"data\":{\"message\":{"),
          push);
      assertTrue(push.contains("\"content\":\"你好 \\\"q\\\"\""), push);
      assertTrue(push.contains("\"recalled\":false"), push);
      assertTrue(push.contains("\"type\":\"TEXT\""), push);
      assertEquals("push.message", binary.frame().getCmd());
    }
  }

  @Test
  void ping_hasAnEmptyAnswer() throws Exception {
    try (TestClient client = authenticated("64:1")) {
      client.text("{\"cmd\":\"ping\",\"request_id\":4294967295}");
      assertEquals("{\"cmd\":\"ping\",\"request_id\":4294967295,\"data\":{}}", text(client));
    }
  }

  @Test
  void form_isTheFirstSpoken_alsoForBinaryRequests() throws Exception {
    try (TestClient client = authenticated("65:1")) {
      client.send("ping", 3, com.google.protobuf.ByteString.EMPTY);
      assertEquals("{\"cmd\":\"ping\",\"request_id\":3,\"data\":{}}", text(client));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "[]",
        "{",
        "{\"cmd\":1}",
        "{\"cmd\":\"ping\"} x",
        "{\"request_id\":1}",
        "{\"cmd\":\"ping\",\"request_id\":-1}",
        "{\"cmd\":\"ping\",\"request_id\":4294967296}",
        "{\"cmd\":\"ping\",\"request_id\":1.5}",
        "{\"cmd\":\"ping\",\"cmd\":\"ping\"}",
        "{\"cmd\":\"ping\",\"other\":1}",
        "{\"cmd\":\"ping\",\"data\":[]}",
        "{'cmd':'ping'}"
      })
  void json_thatIsNoFrame_isMalformedAndTheSocketLives(String bad) throws Exception {
    try (TestClient client = authenticated("66:1")) {
      client.text(bad);
      String answer = text(client);
      assertTrue(answer.contains("\"error\":{\"code\":3,\"error_code\":\"1001\""), answer);
      client.text("{\"cmd\":\"ping\",\"request_id\":2}");
      assertTrue(text(client).contains("\"request_id\":2"));
    }
  }

  @Test
  void json_brokenBehindTheId_isAnsweredWithTheId() throws Exception {
    try (TestClient client = authenticated("67:1")) {
      client.text("{\"cmd\":\"ping\",\"request_id\":88,\"data\":nonsense}");
      assertTrue(text(client).startsWith("{\"cmd\":\"ping\",\"request_id\":88,\"error\":"));
    }
  }

  @Test
  void data_withAnUnknownField_isRefusedByName() throws Exception {
    try (TestClient client = authenticated("68:1")) {
      client.text("{\"cmd\":\"" + SocketTest.GET + "\",\"request_id\":5,\"data\":{\"idd\":1}}");
      String answer = text(client);
      assertTrue(answer.contains("idd") && answer.contains("\"code\":3"), answer);
    }
  }

  @Test
  void data_tooDeep_isRefused() throws Exception {
    try (TestClient client = authenticated("69:1")) {
      client.text("{\"cmd\":\"ping\",\"request_id\":5,\"data\":{\"a\":" + "[".repeat(9000) + "}");
      assertTrue(text(client).contains("\"code\":3"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1e999999999", "\"1e999999999\"", "-1e999999999", "1E+999999999", "1e9999"})
  void data_withAHugeExponent_isAnsweredAtOnce(String number) throws Exception {
    try (TestClient client = authenticated("70:1")) {
      client.text(
          "{\"cmd\":\"" + SocketTest.GET + "\",\"request_id\":5,\"data\":{\"id\":" + number + "}}");
      assertTimeout(Duration.ofSeconds(1), () -> assertTrue(text(client).contains("\"code\":3")));
    }
  }

  @Test
  void cmd_unknown_isEchoedEscaped() throws Exception {
    try (TestClient client = authenticated("71:1")) {
      client.text("{\"cmd\":\"a\\\"\\n\",\"request_id\":5}");
      String answer = text(client);
      assertTrue(
          answer.startsWith("{\"cmd\":\"a\\\"\\n\",\"request_id\":5,\"error\":{\"code\":12,"),
          answer);
    }
  }

  @Test
  void text_thatIsNotUtf8_closes() throws Exception {
    try (TestClient client = authenticated("72:1")) {
      client.raw(
          TestClient.frameBytes(0x81, new byte[] {'{', (byte) 0xC0, (byte) 0x80, '}'}, true));
      assertEquals(1007, client.receive().closeCode());
    }
  }
}
