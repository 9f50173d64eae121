package io.parley.face.edge;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.harness.GrpcPerson;
import io.parley.harness.TestServer;
import io.parley.harness.TestWorld;
import io.parley.partner.Signature;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Clients and proxies as they are: HTTP/1.0, `Expect: 100-continue`, names of headers in any case,
/// headers that were joined or cut, numbers where texts or other numbers are wanted. On every face.
@Timeout(120)
class OldClientsTest {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneId.of("+08:00"));
  private static final AtomicInteger NEXT = new AtomicInteger();

  @RegisterExtension
  static final TestWorld world =
      new TestWorld(
          Map.of(
              "signed.apps",
              "[{id: old, security_code: code1234, services: [check.service.login]}]"));

  private static final TestServer server = world.server();
  private static final GrpcPerson ann = world.register("ann");
  private static final GrpcPerson bob = world.register("bob");

  /// A request of one face and a part of the answer that says that it was understood.
  private record Ask(
      String method, String path, List<String> headers, String body, String understood) {
    byte[] head(String version, String... more) {
      StringBuilder head = new StringBuilder();
      head.append(method).append(' ').append(path).append(" HTTP/").append(version).append("\r\n");
      headers.forEach(header -> head.append(header).append("\r\n"));
      for (String header : more) {
        head.append(header).append("\r\n");
      }
      if (!body.isEmpty()) {
        head.append("Content-Length: ").append(body.length()).append("\r\n");
      }
      return Wild.bytes(head.append("\r\n").toString());
    }

    Ask withHeaders(List<String> others) {
      return new Ask(method, path, others, body, understood);
    }
  }

  private static List<Ask> faces() {
    String json = "Content-Type: application/json";
    String token = "Authorization: Bearer " + ann.token();
    String credentials = "{\"username\":\"ann\",\"password\":\"%s\"}".formatted("0".repeat(32));
    String check = "{\"token\":\"" + ann.token() + "\"}";
    String form =
        "--x\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nnothing\r\n--x--\r\n";
    return List.of(
        new Ask("GET", "/v1/ping", List.of(), "", "pong"),
        new Ask("GET", "/", List.of(), "", "<html"),
        new Ask(
            "POST",
            "/v1/login",
            List.of(json),
            "{\"nickname\":\"ann\",\"password\":\"secret1\"}",
            "\"token\":"),
        new Ask("POST", "/v1/files", List.of(token), "a file", "\"url\":"),
        new Ask("POST", "/login", List.of(json), credentials, "\"code\":3002"),
        new Ask("GET", "/user/get_user_info", List.of(token), "", "\"nickname\":\"ann\""),
        new Ask(
            "POST",
            "/user/update_user_profile_picture",
            List.of(token, "Content-Type: multipart/form-data; boundary=x"),
            form,
            "\"code\":200401"),
        new Ask("POST", "/api/check.service.login", signed(check), check, "\"userId\":"),
        new Ask(
            "POST",
            "/android/login/",
            List.of(json),
            "{\"phone\":\"ann\",\"password\":\"secret1\"}",
            "\"status\":1"),
        new Ask(
            "POST",
            "/android/save_file/",
            List.of(token),
            "{\"name\":\"x\",\"content\":\"aGVsbG8=\"}",
            "\"status\":1"));
  }

  private static List<String> signed(String body) {
    String transaction = "1000000000%010d".formatted(NEXT.incrementAndGet());
    String time = TIME.format(Instant.now());
    byte[] payload = body.getBytes(StandardCharsets.UTF_8);
    return List.of(
        "app_id: old",
        "transaction_id: " + transaction,
        "req_time: " + time,
        "sign: " + Signature.of(transaction, time, "old", payload, "code1234"));
  }

  // --- versions

  @Test
  void http10_withoutAHost_isAnsweredWholeAndTheConnectionEnds() throws Exception {
    for (Ask ask : faces()) {
      try (Socket socket = Wild.plain(server.port())) {
        Wild.send(socket, ask.head("1.0"));
        Wild.send(socket, Wild.bytes(ask.body()));
        String answer = Wild.read(socket, 20_000);
        assertTrue(answer.startsWith("HTTP/1.1 ") || answer.startsWith("HTTP/1.0 "), answer);
        assertFalse(answer.toLowerCase(Locale.ROOT).contains("transfer-encoding"), answer);
        assertTrue(answer.contains(ask.understood()), ask + answer);
        assertFalse(answer.contains("(open)"), "the connection has not ended: " + answer);
      }
    }
  }

  @Test
  void expectContinue_isToldToGoOn_andAnswered() throws Exception {
    for (Ask ask : faces()) {
      if (ask.body().isEmpty()) {
        continue;
      }
      try (Socket socket = Wild.plain(server.port())) {
        String[] more = {"Host: x", "Connection: close", "Expect: 100-continue"};
        Wild.send(socket, ask.head("1.1", more));
        String go = Wild.head(socket);
        assertTrue(go.startsWith("HTTP/1.1 100 "), ask + go);
        Wild.send(socket, Wild.bytes(ask.body()));
        String answer = Wild.read(socket, 20_000);
        assertTrue(answer.contains(ask.understood()), ask + answer);
      }
    }
  }

  // --- headers

  @Test
  void namesOfHeaders_countInAnyCase() throws Exception {
    for (boolean lower : new boolean[] {true, false}) {
      for (Ask ask : faces()) {
        List<String> headers = new ArrayList<>();
        for (String header : ask.headers()) {
          int colon = header.indexOf(':');
          String name = header.substring(0, colon);
          headers.add(
              (lower ? name.toLowerCase(Locale.ROOT) : name.toUpperCase(Locale.ROOT))
                  + header.substring(colon));
        }
        String answer = exchange(ask.withHeaders(headers));
        assertTrue(answer.contains(ask.understood()), ask + answer);
      }
    }
  }

  @Test
  void namesOfSignedHeaders_mayHaveHyphens() throws Exception {
    String check = "{\"token\":\"" + ann.token() + "\"}";
    List<String> headers =
        signed(check).stream().map(each -> each.replaceFirst("^(\\w+)_", "$1-")).toList();
    Ask ask = new Ask("POST", "/api/check.service.login", headers, check, "\"userId\":");
    String answer = exchange(ask);
    assertTrue(answer.contains(ask.understood()), answer);
  }

  @Test
  void cookie_isFoundHoweverTheHeadersWereJoinedOrCut() throws Exception {
    String session = "sessionid=" + ann.token();
    for (List<String> cookies :
        List.of(
            List.of("Cookie: " + session),
            List.of("cookie: a=1; " + session + "; b=2"),
            List.of("Cookie: a=1;" + session),
            List.of("Cookie: a=1, " + session + ", b=2"),
            List.of("Cookie: a=1", "Cookie: " + session),
            List.of("Cookie: sessionid=\"\"; " + session),
            List.of("Cookie: sessionid=\"" + ann.token() + "\""))) {
      Ask contacts = new Ask("GET", "/android/friends/all/0/", cookies, "", "\"message\":\"ok\"");
      String answer = exchange(contacts);
      assertTrue(answer.contains(contacts.understood()), cookies + answer);
      String upgraded = upgrade("/android/websocket/", cookies);
      assertTrue(upgraded.startsWith("HTTP/1.1 101"), cookies + upgraded);
    }
    for (String none : List.of("Cookie: xsessionid=" + ann.token(), "Cookie: sessionid=\"\"")) {
      Ask contacts = new Ask("GET", "/android/friends/all/0/", List.of(none), "", "");
      assertTrue(exchange(contacts).contains("\"status\":11001"), none);
      assertTrue(upgrade("/android/websocket/", List.of(none)).startsWith("HTTP/1.1 401"), none);
    }
  }

  @Test
  void upgrade_ofProxiesThatRewriteItsHeaders_isOne() throws Exception {
    for (List<String> headers :
        List.of(
            List.of("connection: upgrade", "upgrade: websocket"),
            List.of("Connection: keep-alive, Upgrade", "Upgrade: WebSocket"),
            List.of("CONNECTION: UPGRADE", "UPGRADE: WEBSOCKET"),
            List.of("Connection: keep-alive", "Connection: Upgrade", "Upgrade: websocket"))) {
      try (Socket socket = Wild.plain(server.port())) {
        StringBuilder head = new StringBuilder("GET /ws HTTP/1.1\r\nhost: x\r\n");
        headers.forEach(header -> head.append(header).append("\r\n"));
        head.append("sec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n");
        Wild.send(socket, Wild.bytes(head.append("\r\n").toString()));
        assertTrue(Wild.head(socket).startsWith("HTTP/1.1 101"), headers.toString());
      }
    }
  }

  // --- numbers

  /// No double has all of an id.
  @Test
  void idsAsNumbers_areReadToTheLastDigit() throws Exception {
    assertTrue(bob.id() > 1L << 53, "an id that a double cannot hold");
    List<String> json =
        List.of("Authorization: Bearer " + ann.token(), "Content-Type: application/json");
    // Both are the same double.
    String known =
        exchange(new Ask("POST", "/v1/friends", json, "{\"user_id\":" + bob.id() + "}", ""));
    assertTrue(known.startsWith("HTTP/1.1 200"), known);
    String unknown =
        exchange(new Ask("POST", "/v1/friends", json, "{\"user_id\":" + (bob.id() + 1) + "}", ""));
    assertTrue(unknown.startsWith("HTTP/1.1 404"), unknown);
  }

  @Test
  void hugeNumbers_areRefusedAtOnce_whereverTheyStand() throws Exception {
    List<String> json =
        List.of("Authorization: Bearer " + ann.token(), "Content-Type: application/json");
    for (String number :
        List.of(
            "1e1000000000",
            "1e-1000000000",
            "-1E+999999999",
            "18446744073709551616",
            "1" + "0".repeat(999),
            "9".repeat(50_000))) {
      for (String body :
          List.of("{\"user_id\":" + number + "}", "{\"user_id\":\"" + number + "\"}")) {
        String rest = exchange(new Ask("POST", "/v1/friends", json, body, ""));
        assertTrue(rest.startsWith("HTTP/1.1 400"), number.substring(0, 12) + rest);
      }
      String entry =
          exchange(
              new Ask(
                  "POST",
                  "/login",
                  json,
                  "{\"username\":" + number + ",\"password\":\"" + "0".repeat(32) + "\"}",
                  ""));
      assertTrue(entry.contains("\"code\":200400"), entry);
      String phone =
          exchange(
              new Ask(
                  "POST",
                  "/android/login/",
                  json,
                  "{\"phone\":" + number + ",\"password\":\"secret1\"}",
                  ""));
      assertFalse(phone.contains("\"status\":1,"), phone);
      assertTrue(phone.startsWith("HTTP/1.1 200"), phone);
      String check = "{\"token\":" + number + "}";
      String partner =
          exchange(new Ask("POST", "/api/check.service.login", signed(check), check, ""));
      assertTrue(partner.startsWith("HTTP/1.1 40"), partner);
    }
  }

  private static String exchange(Ask ask) throws Exception {
    try (Socket socket = Wild.plain(server.port())) {
      Wild.send(socket, ask.head("1.1", "Host: x", "Connection: close"));
      Wild.send(socket, Wild.bytes(ask.body()));
      return Wild.read(socket, 20_000);
    }
  }

  private static String upgrade(String path, List<String> headers) throws Exception {
    try (Socket socket = Wild.plain(server.port())) {
      StringBuilder head = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: x\r\n");
      head.append("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n");
      head.append("Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n");
      headers.forEach(header -> head.append(header).append("\r\n"));
      Wild.send(socket, Wild.bytes(head.append("\r\n").toString()));
      return Wild.head(socket);
    }
  }
}
