package io.parley.face.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.base.Fault;
import io.parley.harness.TestServer;
import io.parley.harness.TestWorld;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What is no text is refused, never repaired, by every face that reads JSON or addresses.
class StrictTextTest {
  /// No UTF-8, half of a surrogate pair, U+0000.
  private static final List<String> WRONG =
      List.of("\u00ff\u00fe", "\u00c0\u0080", "a\\ud83d", "\\ude00b", "\\uD83D\\u0041", "\\u0000");

  @RegisterExtension static final TestWorld world = new TestWorld();
  private static final TestServer server = world.server();

  @Test
  void json_ofSoundText_isReadAsItIs() {
    String text = "{\"a\":\"\u4f60\u597d \ud83d\ude00 \\ud83d\\ude00 \\u00e9\"}";
    assertEquals(text, StrictJson.text(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void json_ofWhatIsNoText_isRefusedNamingTheField() {
    for (String wrong : WRONG) {
      byte[] body = Wild.bytes("{\"x\":[1,{\"name\":\"" + wrong + "\"}]}");
      Fault fault = assertThrows(Fault.class, () -> StrictJson.text(body), wrong);
      assertTrue(fault.text().startsWith("x.1.name: "), fault.text());
    }
    byte[] nowhere = Wild.bytes("{\u00ff}");
    assertTrue(
        assertThrows(Fault.class, () -> StrictJson.text(nowhere)).text().contains("not UTF-8"));
  }

  @Test
  void targets_mustBePercentEncodedUtf8() {
    for (String good : List.of("/", "/a%20b?x=%E4%BD%A0", "/%F0%9F%98%80")) {
      assertTrue(Targets.isWellFormed(good), good);
    }
    for (String bad :
        List.of("/%ff", "/%", "/%4", "/%zz", "/a?x=%C0%80", "/%00", "/%ED%A0%BD", "/\u00e9")) {
      assertFalse(Targets.isWellFormed(bad), bad);
    }
  }

  @Test
  void rest_refusesWhatIsNoText_namingTheField() throws Exception {
    for (String wrong : WRONG) {
      String body = "{\"nickname\":\"ann\",\"password\":\"" + wrong + "\"}";
      String answer = post("/v1/login", "application/json", body);
      assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
      assertTrue(answer.contains("password: "), answer);
    }
  }

  @Test
  void rest_ofAnotherCharset_isRefused() throws Exception {
    String body = "{\"nickname\":\"ann\",\"password\":\"Sec-ret41x\"}";
    for (String charset : List.of("gbk", "ISO-8859-1", "utf-16")) {
      String answer = post("/v1/login", "application/json; charset=" + charset, body);
      assertTrue(answer.startsWith("HTTP/1.1 415"), charset + ": " + answer);
    }
    String answer = post("/v1/login", "application/json; charset=UTF-8", body);
    assertTrue(answer.startsWith("HTTP/1.1 401"), answer);
  }

  @Test
  void otherContracts_refuseInTheirForm() throws Exception {
    for (String wrong : WRONG) {
      String name = "{\"username\":\"" + wrong + "\",\"password\":\"" + "0".repeat(32) + "\"}";
      String entry = post("/login", "application/json", name);
      assertTrue(entry.contains("\"code\":200400"), entry);
      String phone = post("/android/login/", "application/json", "{\"phone\":\"" + wrong + "\"}");
      assertTrue(phone.contains("\"status\":0"), phone);
    }
  }

  @Test
  void addresses_thatAreNoText_areRefusedByEveryFace() throws Exception {
    for (String path : List.of("/v1/users/%ff", "/v1/ping?x=%c3", "/admin/%00")) {
      String answer = get(path);
      assertTrue(answer.startsWith("HTTP/1.1 400"), path + ": " + answer);
    }
    assertTrue(get("/user/get_user_info?x=%ff").contains("\"code\":200400"));
  }

  @Test
  void answers_carryTheHeadersOfAllAnswers() throws Exception {
    for (String path : List.of("/v1/ping", "/no/such", "/user/get_user_info", "/ws", "/api/x")) {
      String answer = get(path);
      assertTrue(answer.contains("x-content-type-options: nosniff"), path + ": " + answer);
      assertTrue(answer.contains("cache-control: no-store"), path + ": " + answer);
      assertFalse(answer.contains("strict-transport-security"), answer);
    }
    assertFalse(get("/").contains("cache-control: no-store"));
  }

  private static String get(String path) throws Exception {
    return exchange("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
  }

  private static String post(String path, String type, String body) throws Exception {
    return exchange(
        "POST "
            + path
            + " HTTP/1.1\r\nHost: x\r\nContent-Type: "
            + type
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  private static String exchange(String request) throws Exception {
    try (Socket socket = Wild.plain(server.port())) {
      Wild.send(socket, Wild.bytes(request));
      return Wild.head(socket) + Wild.read(socket, 200);
    }
  }
}
