package io.parley.face.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.harness.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What pages of other origins are told, contract by contract. What a browser makes of it is in
/// [io.parley.web.ElsewhereBrowserTest].
class CorsTest {
  private static final String PAGE = "https://app.example.org";

  @TempDir private static Path dir;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(dir, Map.of("server.allowed_origins", "https://App.example.org"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /user.UserService/Login",
        "POST /conversation.ConversationService/Subscribe",
        "POST /v1/users",
        "GET /v1/users/7",
        "PUT /v1/users/me",
        "DELETE /v1/feeds/7",
        "POST /v1/images",
        "POST /v1/files",
        "POST /v1/uploads/files",
        "HEAD /v1/uploads/7",
        "PATCH /v1/uploads/7",
        "DELETE /v1/uploads/7",
        "GET /media/0000.png",
        "POST /api/user.service.login",
        "POST /api/login",
        "POST /android/login/",
        "POST /android/save_file/",
        "GET /openapi.json",
        "GET /no/such/path"
      })
  void preflights_areAnsweredOnEveryPath(String request) throws IOException {
    String method = request.split(" ")[0];
    String path = request.split(" ")[1];
    String answer =
        ask(
            "OPTIONS " + path,
            "Origin: " + PAGE,
            "Access-Control-Request-Method: " + method,
            "Access-Control-Request-Headers:"
                + " authorization,content-type,x-grpc-web,connect-timeout-ms");
    assertTrue(answer.startsWith("HTTP/1.1 200") || answer.startsWith("HTTP/1.1 204"), answer);
    assertEquals(PAGE, header(answer, "access-control-allow-origin"), answer);
    assertTrue(
        Set.of(header(answer, "access-control-allow-methods").split(",")).contains(method), answer);
    Set<String> headers = Set.of(header(answer, "access-control-allow-headers").split(","));
    String asked =
        "authorization,content-type,x-grpc-web,x-user-agent,grpc-timeout,connect-protocol-version,"
            + "connect-timeout-ms,upload-complete,upload-length,upload-offset";
    for (String header : asked.split(",")) {
      assertTrue(headers.contains(header), header + " in " + answer);
    }
    assertEquals("", header(answer, "access-control-allow-credentials"), answer);
  }

  @Test
  void answers_refusalsIncluded_mayBeReadThere() throws IOException {
    for (String request :
        new String[] {
          "GET /v1/users/7", "GET /v1/no-such", "GET /media/no.png", "GET /android/in/"
        }) {
      String answer = ask(request, "Origin: " + PAGE);
      assertEquals(PAGE, header(answer, "access-control-allow-origin"), answer);
      assertEquals("origin", header(answer, "vary").toLowerCase(Locale.ROOT), answer);
      Set<String> exposed = Set.of(header(answer, "access-control-expose-headers").split(","));
      assertEquals(
          Set.of(
              "grpc-status",
              "grpc-message",
              "grpc-status-details-bin",
              "retry-after",
              "parley-mail",
              "location",
              "upload-complete",
              "upload-length",
              "upload-limit",
              "upload-offset"),
          exposed,
          answer);
    }
  }

  @Test
  void grpcWebRefusal_thatIsOnlyAStatus_mayBeReadThere() throws IOException {
    String answer =
        ask(
            "POST /profile.ProfileService/GetProfile",
            "Origin: " + PAGE,
            "Content-Type: application/grpc-web+proto",
            "Content-Length: 0");
    assertEquals(PAGE, header(answer, "access-control-allow-origin"), answer);
  }

  @Test
  void pagesOfOtherOrigins_areToldNothing() throws IOException {
    for (String origin :
        new String[] {"https://evil.example.org", "https://app.example.org.evil.net", "null"}) {
      String plain = ask("GET /v1/users/7", "Origin: " + origin);
      assertFalse(plain.toLowerCase(Locale.ROOT).contains("access-control-"), plain);
      String preflight =
          ask("OPTIONS /v1/users", "Origin: " + origin, "Access-Control-Request-Method: POST");
      assertFalse(preflight.toLowerCase(Locale.ROOT).contains("access-control-allow-o"), preflight);
    }
  }

  private static String header(String answer, String name) {
    for (String line : answer.split("\r\n\r\n", 2)[0].split("\r\n")) {
      if (line.toLowerCase(Locale.ROOT).startsWith(name + ":")) {
        return line.substring(name.length() + 1).strip().replace(", ", ",");
      }
    }
    return "";
  }

  private static String ask(String request, String... headers) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      String text =
          request
              + " HTTP/1.1\r\nHost: chat.example.org\r\nConnection: close\r\n"
              + String.join("\r\n", headers)
              + "\r\n\r\n";
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
