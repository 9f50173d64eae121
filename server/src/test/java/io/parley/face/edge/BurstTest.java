package io.parley.face.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.harness.TestServer;
import io.parley.harness.TestTls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Malformed requests by the dozen, on every kind of connection and to every face: afterwards the
/// server answers, and ends when it is told to.
class BurstTest {
  private static final int AT_ONCE = 48;
  private static final String TEXT = "{\"text\":{\"content\":\"still here\"}}";
  private static final Duration LIVES = Duration.ofSeconds(60);

  private static final List<String> PATHS =
      List.of(
          "/v1/users",
          "/v1/login",
          "/user.UserService/Ping",
          "/message.MessageService/SendUserTextMessage",
          "/proto.UserService/Login",
          "/login",
          "/user/update_user_info",
          "/user/update_user_profile_picture",
          "/api/user.service.login",
          "/android/login/",
          "/android/save_file/",
          "/v1/images",
          "/media/x",
          "/ws",
          "/android/websocket/",
          "/admin",
          "/no/such/path");

  /// What is sent on a connection to a path.
  private static final List<BiFunction<String, Boolean, byte[]>> HTTP_1 =
      List.of(
          (path, grpc) -> head("POST", path, grpc, "Content-Length: 99999999"),
          (path, grpc) -> head("POST", path, grpc, "Content-Length: 99999999999999999999"),
          (path, grpc) -> head("POST", path, grpc, "Content-Length: -1"),
          (path, grpc) -> head("POST", path, grpc, "X-Long: " + "a".repeat(9000)),
          (path, grpc) -> head("GET", path + "?" + "a".repeat(9000), grpc, "X: 1"),
          (path, grpc) -> head("FROB", path, grpc, "Content-Length: 0"),
          (path, grpc) ->
              join(head("POST", path, grpc, "Transfer-Encoding: chunked"), Wild.bytes("zz\r\n{}")),
          (path, grpc) -> Wild.bytes("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Le"),
          (path, grpc) ->
              join(head("POST", path, grpc, "Content-Length: 1000"), Wild.bytes("{\"nickname")),
          (path, grpc) -> Wild.bytes("\0\1\2 nonsense\r\n\r\n"));

  private static byte[] head(String method, String path, boolean grpc, String header) {
    String type = grpc ? "application/grpc" : "application/json";
    return Wild.bytes(
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: x\r\nContent-Type: "
            + type
            + "\r\n"
            + header
            + "\r\n\r\n");
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static final List<BiFunction<String, Boolean, byte[]>> HTTP_2 =
      List.of(
          (path, grpc) -> stream("POST", path, grpc, Map.entry("content-length", "99999999"), true),
          (path, grpc) ->
              stream("POST", path, grpc, Map.entry("content-length", "99999999"), false),
          (path, grpc) -> stream("POST", path, grpc, Map.entry("x-long", "a".repeat(9000)), true),
          (path, grpc) -> stream("FROB", path, grpc, Map.entry("x", "1"), true),
          (path, grpc) -> stream("POST", path, grpc, Map.entry("X-UPPER", "1"), true),
          (path, grpc) ->
              join(
                  stream("POST", path, grpc, Map.entry("x", "1"), false),
                  Wild.frame(Wild.DATA, 0, 1, Wild.bytes("{\"nickname"))),
          (path, grpc) ->
              join(
                  stream("POST", path, grpc, Map.entry("x", "1"), false),
                  Wild.frame(Wild.DATA, 0, 0, Wild.bytes("nobody's"))),
          (path, grpc) ->
              join(
                  stream("POST", path, grpc, Map.entry("x", "1"), false),
                  Wild.frame(3, 0, 1, new byte[] {0, 0, 0, 8})),
          (path, grpc) -> join(Wild.preface(), Wild.frame(Wild.HEADERS, 0, 1, new byte[] {0})));

  private static byte[] stream(
      String method, String path, boolean grpc, Map.Entry<String, String> more, boolean end) {
    List<Map.Entry<String, String>> headers = Wild.request(method, path);
    headers.add(Map.entry("content-type", grpc ? "application/grpc" : "application/json"));
    headers.add(more);
    int flags = Wild.END_HEADERS | (end ? Wild.END_STREAM : 0);
    return join(Wild.preface(), Wild.frame(Wild.HEADERS, flags, 1, Wild.headers(headers)));
  }

  /// How a connection is made.
  private interface Dial {
    Socket dial(int port) throws IOException;
  }

  @Test
  void wrongLengthsAtOnce_beforeAnyLogin_leaveItAnswering(@TempDir Path dir) throws Exception {
    try (TestServer server = TestServer.start(dir)) {
      List<Socket> open = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        Socket socket = Wild.plain(server.port());
        open.add(socket);
        Wild.send(socket, head("POST", "/v1/users", false, "Content-Length: 99999999"));
      }
      assertTrue(Wild.head(open.getLast()).startsWith("HTTP/1.1 413"));
      requireAlive(server);
      close(open);
    }
  }

  @Test
  void everyKindAtOnce_onEveryFace_leavesItAnsweringAndStopping(@TempDir Path dir)
      throws Exception {
    TestServer server = TestServer.start(dir);
    burst(server, HTTP_1, Wild::plain);
    requireAlive(server);
    burst(server, HTTP_2, Wild::plain);
    requireAlive(server);
    assertTimeoutPreemptively(LIVES, server::close);
  }

  @Test
  void everyKindAtOnce_overTls_leavesItAnsweringAndStopping(@TempDir Path dir) throws Exception {
    TestServer server = TestServer.start(dir, Certificate.keys(dir));
    burst(server, HTTP_1, port -> TestTls.connect(port, "http/1.1"));
    burst(server, HTTP_2, port -> TestTls.connect(port, "h2"));
    burst(server, HTTP_1, Wild::plain); // No TLS at all on the TLS port.
    requireAlive(server);
    assertTimeoutPreemptively(LIVES, server::close);
  }

  /// 48 of each kind, the paths by turns; a third leave at once, the others stay until all have
  /// spoken.
  private static void burst(
      TestServer server, List<BiFunction<String, Boolean, byte[]>> kinds, Dial dial)
      throws IOException {
    List<Socket> open = new ArrayList<>();
    int path = 0;
    for (BiFunction<String, Boolean, byte[]> kind : kinds) {
      for (int i = 0; i < AT_ONCE; i++) {
        String to = PATHS.get(path++ % PATHS.size());
        Socket socket = dial.dial(server.port());
        Wild.send(socket, kind.apply(to, to.contains("Service/")));
        open.add(socket);
        if (i % 3 == 0) {
          socket.close();
        }
      }
    }
    requireAlive(server);
    close(open);
  }

  private static void close(List<Socket> open) throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
  }

  private static void requireAlive(TestServer server) {
    boolean tls = server.url().startsWith("https");
    int management = URI.create(server.managementUrl()).getPort();
    assertTimeoutPreemptively(
        LIVES,
        () -> {
          for (int i = 0; i < 8; i++) {
            requireOk(Wild.plain(management), "/healthz");
            requireOk(Wild.plain(management), "/readyz");
            requireOk(tls ? TestTls.connect(server.port()) : Wild.plain(server.port()), "/v1/ping");
          }
          requireSends(server);
        });
  }

  /// Somebody registers, logs in and sends to themselves: what is stored answers too.
  private static void requireSends(TestServer server) throws IOException {
    String name = "u" + System.nanoTime();
    String who = "{\"nickname\":\"" + name + "\",\"password\":\"secret1\"";
    String made = post(server, "/v1/users", "", who + ",\"password_rpt\":\"secret1\"}");
    String login = post(server, "/v1/login", "", who + "}");
    String token = part(login, "\"token\":\\s*\"([^\"]+)");
    String id = part(made, "\"id\":\\s*\"(\\d+)");
    String sent = post(server, "/v1/users/" + id + "/messages/text", token, TEXT);
    assertEquals("1", part(sent, "\"seq\":\\s*\"(\\d+)"), sent);
  }

  private static String part(String answer, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(answer);
    assertTrue(matcher.find(), pattern + " in " + answer);
    return matcher.group(1);
  }

  private static String post(TestServer server, String path, String token, String json)
      throws IOException {
    boolean tls = server.url().startsWith("https");
    try (Socket socket = tls ? TestTls.connect(server.port()) : Wild.plain(server.port())) {
      String head =
          "POST "
              + path
              + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
              + (token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n")
              + "Content-Length: "
              + json.length()
              + "\r\n\r\n";
      Wild.send(socket, Wild.bytes(head + json));
      String answer = Wild.read(socket, 20_000);
      assertTrue(answer.startsWith("HTTP/1.1 200"), path + ": " + answer);
      return answer;
    }
  }

  private static void requireOk(Socket socket, String path) throws IOException {
    try (socket) {
      String head = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
      Wild.send(socket, Wild.bytes("GET " + path + head));
      String answer = Wild.head(socket);
      assertTrue(answer.startsWith("HTTP/1.1 200"), path + ": " + answer);
    }
  }
}
