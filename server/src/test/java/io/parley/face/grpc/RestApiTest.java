package io.parley.face.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parley.harness.GrpcPerson;
import io.parley.harness.TestServer;
import io.parley.harness.TestWorld;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionException;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The native API as REST, and the other things that HTTP serves.
class RestApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @RegisterExtension static final TestWorld world = new TestWorld();
  private static final TestServer server = world.server();
  private static final GrpcPerson ann = world.register("ann");
  private static final GrpcPerson bob = world.register("bob");

  @Test
  void json_isSnakeCaseWithDefaultsAndLongsAsStrings() throws Exception {
    JsonNode user = ok(get("/v1/users/" + ann.id(), ann)).get("user");
    assertEquals(Long.toString(ann.id()), user.get("id").asText());
    assertTrue(user.get("id").isTextual());
    assertEquals("Unknown", user.get("gender").asText());
    assertEquals("", user.get("avatar_url").asText());
    assertTrue(user.get("created_at").asText().endsWith("Z"));
    assertTrue(!user.has("deleted_at"));
  }

  @Test
  void input_isAcceptedInEitherCaseAndLongsEitherWay() throws Exception {
    JsonNode first =
        ok(
            post(
                "/v1/users/" + bob.id() + "/messages/text",
                """
                {"text":{"content":"snake"},"client_message_id":"rest-1"}\
                """,
                ann));
    JsonNode again =
        ok(
            post(
                "/v1/users/" + bob.id() + "/messages/text",
                """
                {"text":{"content":"camel"},"clientMessageId":"rest-1"}\
                """,
                ann));
    assertEquals(first, again);
    String conversation = first.get("conversation_id").asText();
    long before = first.get("seq").asLong() - 1;
    ok(post("/v1/conversations/" + conversation + "/read", "{\"seq\":\"1\"}", bob));
    ok(post("/v1/conversations/" + conversation + "/read", "{\"seq\":1}", bob));
    JsonNode history =
        ok(get("/v1/conversations/" + conversation + "/messages?limit=1&after_seq=" + before, bob));
    assertEquals("snake", history.at("/message/0/text/content").asText());
    assertEquals("TEXT", history.at("/message/0/type").asText());
    assertEquals(false, history.at("/message/0/recalled").asBoolean());
  }

  @Test
  void everyKind_hasAPathToUsersAndToGroups() throws Exception {
    String group = ok(post("/v1/groups", "{\"name\":\"kinds\"}", ann)).at("/group/id").asText();
    List<String> bodies =
        List.of(
            "text {\"text\":{\"content\":\"x\"}}",
            "location {\"location\":{\"lat\":1.5,\"lng\":2}}",
            "face {\"face\":{\"symbol\":\"smile\"}}",
            "sound {\"sound\":{\"url\":\"/s\"}}",
            "image {\"image\":{\"url\":\"/i\",\"format\":\"PNG\"}}",
            "file {\"file\":{\"url\":\"/f\",\"name\":\"n\"}}",
            "video {\"video\":{\"url\":\"/v\"}}");
    int seq = 0;
    for (String each : bodies) {
      String kind = each.substring(0, each.indexOf(' '));
      String body = each.substring(each.indexOf(' ') + 1);
      ok(post("/v1/users/" + bob.id() + "/messages/" + kind, body, ann));
      JsonNode sent = ok(post("/v1/groups/" + group + "/messages/" + kind, body, ann));
      assertEquals(Integer.toString(++seq), sent.get("seq").asText());
    }
  }

  @Test
  void errors_haveTheNativeFormAndAFittingStatus() throws Exception {
    assertError(401, 1000, 2001, get("/v1/users/" + ann.id(), null));
    assertError(
        401, 1003, 2002, post("/v1/login", "{\"nickname\":\"x\",\"password\":\"yyyyyy\"}", null));
    assertError(404, 1002, 2104, get("/v1/users/77", ann));
    assertError(400, 1001, 2101, post("/v1/users/" + bob.id() + "/messages/text", "{}", ann));
    assertError(400, 1001, 2103, post("/v1/users", "{\"nick\":1}", null));
    assertError(400, 1001, 2103, post("/v1/users", "{\"nickname\":", null));
    assertError(404, 1005, 2301, get("/v1/nothing", ann));
    assertError(
        409,
        1001,
        2106,
        post(
            "/v1/users",
            """
            {"nickname":"Ann","password":"secret1","password_rpt":"secret1"}\
            """,
            null));
    HttpResponse<String> large =
        post("/v1/users", "{\"nickname\":\"" + "x".repeat(1 << 20) + "\"}", null);
    assertTrue(large.statusCode() == 413 || large.statusCode() == 400, large.body());
    assertEquals("2102", JSON.readTree(large.body()).get("business_code").asText());
  }

  @Test
  void picture_isStoredCleanAndServedSafely() throws Exception {
    HttpResponse<byte[]> uploaded = upload(png(20, 10), ann);
    assertEquals(200, uploaded.statusCode());
    JsonNode info = JSON.readTree(uploaded.body());
    assertEquals("image/png", info.get("type").asText());
    assertEquals("20", info.get("width").asText());
    HttpResponse<String> served = get(info.get("url").asText(), null);
    assertEquals(200, served.statusCode());
    assertEquals("image/png", served.headers().firstValue("content-type").orElse(""));
    assertEquals("nosniff", served.headers().firstValue("x-content-type-options").orElse(""));
    assertEquals(info.get("url"), JSON.readTree(upload(png(20, 10), bob).body()).get("url"));
    assertEquals(401, upload(png(1, 1), null).statusCode());
    assertEquals(415, upload("<svg/>".getBytes(StandardCharsets.UTF_8), ann).statusCode());
    assertEquals(413, upload(new byte[11 << 20], ann).statusCode());
    assertEquals(400, get("/media/../parley.db", null).statusCode());
    assertEquals(400, get("/media/%2e%2e%2fparley.db", null).statusCode());
  }

  @Test
  void webClient_comesUnderAStrictPolicy() throws Exception {
    HttpResponse<String> page = get("/", null);
    assertEquals(200, page.statusCode());
    String policy = page.headers().firstValue("content-security-policy").orElse("");
    assertTrue(policy.contains("default-src 'self'") && !policy.contains("unsafe"), policy);
    assertEquals(200, get("/asset/favicon.svg", null).statusCode());
    assertEquals(200, get("/webjars/lit/index.js", null).statusCode());
    assertEquals(400, get("/app/../parley.yaml", null).statusCode());
    assertEquals(404, get("/app/nothing.js", null).statusCode());
  }

  @Test
  void grpcWeb_answersInFramesAndFailsWithDetail() throws Exception {
    byte[] empty = new byte[5];
    HttpResponse<byte[]> pong = grpcWeb("/common.CommonService/Ping", empty);
    byte[] body = pong.body();
    assertEquals(0, body[0], "a message frame first");
    assertEquals("pong", new String(body, 7, 4, StandardCharsets.UTF_8));
    assertTrue(new String(body, StandardCharsets.UTF_8).contains("grpc-status: 0"));
    HttpResponse<byte[]> refused = grpcWeb("/user.UserService/GetUser", empty);
    assertEquals("16", refused.headers().firstValue("grpc-status").orElse(""));
    assertTrue(refused.headers().firstValue("grpc-status-details-bin").isPresent());
  }

  private static HttpResponse<byte[]> grpcWeb(String method, byte[] frame) throws Exception {
    return HTTP.send(
        request(method, null)
            .header("content-type", "application/grpc-web+proto")
            .POST(HttpRequest.BodyPublishers.ofByteArray(frame))
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  @Test
  void explorer_isOnTheManagementPort_andAsksForNothingElsewhere() throws Exception {
    assertEquals(404, get("/docs/", null).statusCode());
    assertEquals(404, get("/docs/specification.json", null).statusCode());
    HttpResponse<String> page = managed("/docs/");
    assertEquals(200, page.statusCode());
    assertFalse(page.body().contains("http:") || page.body().contains("https:"), page.body());
    String policy = page.headers().firstValue("content-security-policy").orElse("");
    assertTrue(policy.startsWith("default-src 'none'; script-src 'self';"), policy);
    assertTrue(managed("/docs/specification.json").body().contains("message.MessageService"));
  }

  private static HttpResponse<String> managed(String path) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(server.managementUrl() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void management_isOnItsOwnPortOnly() throws Exception {
    for (String path : List.of("/healthz", "/readyz", "/metrics")) {
      assertEquals(200, status(server.managementUrl() + path), path);
      assertEquals(404, status(server.url() + path), path);
    }
    assertEquals(404, status(server.managementUrl() + "/v1/ping"));
    assertEquals(404, status(server.managementUrl() + "/"));
    URI socket = URI.create(server.managementUrl().replace("http:", "ws:") + "/ws");
    CompletionException refused =
        assertThrows(
            CompletionException.class,
            () ->
                HTTP.newWebSocketBuilder().buildAsync(socket, new WebSocket.Listener() {}).join());
    // The HTTP server's own answer to an upgrade that it does not know.
    assertEquals(
        400,
        assertInstanceOf(WebSocketHandshakeException.class, refused.getCause())
            .getResponse()
            .statusCode());
  }

  private static void assertError(int status, int code, int business, HttpResponse<String> got)
      throws IOException {
    assertEquals(status, got.statusCode(), got.body());
    JsonNode error = JSON.readTree(got.body());
    assertEquals(Integer.toString(code), error.get("error_code").asText(), got.body());
    assertEquals(Integer.toString(business), error.get("business_code").asText(), got.body());
    assertTrue(!error.get("message").asText().isEmpty());
  }

  private static JsonNode ok(HttpResponse<String> response) throws IOException {
    assertEquals(200, response.statusCode(), response.body());
    return JSON.readTree(response.body());
  }

  private static HttpResponse<String> get(String path, @Nullable GrpcPerson who) throws Exception {
    return HTTP.send(request(path, who).GET().build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(String path, String body, @Nullable GrpcPerson who)
      throws Exception {
    return HTTP.send(
        request(path, who)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<byte[]> upload(byte[] bytes, @Nullable GrpcPerson who)
      throws Exception {
    return HTTP.send(
        request("/v1/images", who).POST(HttpRequest.BodyPublishers.ofByteArray(bytes)).build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private static int status(String url) throws Exception {
    return HTTP.send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private static HttpRequest.Builder request(String path, @Nullable GrpcPerson who) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path));
    return who == null ? request : request.header("authorization", "Bearer " + who.token());
  }

  private static byte[] png(int width, int height) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", bytes);
    return bytes.toByteArray();
  }
}
