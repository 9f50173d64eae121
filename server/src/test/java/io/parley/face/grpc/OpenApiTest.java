package io.parley.face.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parley.harness.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The OpenAPI document as the server gives it.
class OpenApiTest {
  @TempDir private static Path dir;
  private static TestServer server;
  private static JsonNode document;

  @BeforeAll
  static void fetch() throws Exception {
    server = TestServer.start(dir);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + "/openapi.json")).build();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpResponse<String> got = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertEquals(200, got.statusCode());
      assertEquals(
          "application/json; charset=utf-8", got.headers().firstValue("content-type").orElse(""));
      document = new ObjectMapper().readTree(got.body());
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyOperation_hasANameOfItsOwn_asClientsWriteIt() {
    Set<String> names = new HashSet<>();
    for (JsonNode operation : operations()) {
      String name = operation.path("operationId").asText();
      assertTrue(name.matches("[a-z][A-Za-z]+"), name);
      assertTrue(names.add(name), name);
    }
    assertTrue(names.size() > 130, names.size() + " operations");
    assertTrue(
        names.containsAll(Set.of("createUser", "userLogin", "getGroup", "adminGetGroup", "sync")));
  }

  @Test
  void everyPart_isAParameter() {
    for (var path : document.path("paths").properties()) {
      for (JsonNode operation : path.getValue()) {
        for (String part : path.getKey().split("[{]", -1)) {
          int end = part.indexOf('}');
          String name = end < 0 ? "" : part.substring(0, end);
          assertTrue(end < 0 || inPath(operation).contains(name), path.getKey());
        }
      }
    }
    for (String path :
        List.of(
            "/v1/images",
            "/v1/files",
            "/v1/uploads/images",
            "/v1/uploads/files",
            "/v1/uploads/{id}",
            "/media/{name}")) {
      assertFalse(document.path("paths").path(path).isMissingNode(), path);
    }
  }

  @Test
  void everyOperation_saysWhatItDoesAndHowItIsRefused() {
    for (JsonNode operation : operations()) {
      String name = operation.path("operationId").asText();
      assertFalse(operation.path("summary").asText().isEmpty(), name);
      for (String status : List.of("4XX", "5XX")) {
        assertEquals(
            "#/components/responses/Error",
            operation.at("/responses/" + status + "/$ref").asText(),
            name);
      }
    }
    assertEquals(
        "Registers an account; its nickname is its login name",
        document.at("/paths/~1v1~1users/post/summary").asText());
  }

  @Test
  void thatServer_isThePublicOne() {
    assertEquals(server.url(), document.at("/servers/0/url").asText());
  }

  @Test
  void bodiesThatWouldSayNothing_areNotAskedFor() {
    assertTrue(document.at("/paths/~1v1~1logout/post/requestBody").isMissingNode());
    assertTrue(
        document.at("/paths/~1v1~1users~1{user_id}~1follow/put/requestBody").isMissingNode());
    assertTrue(document.at("/paths/~1v1~1login/post/requestBody/required").asBoolean());
  }

  @Test
  void everyReference_leadsSomewhere() {
    List<String> references = new ArrayList<>(document.findValuesAsText("$ref"));
    assertTrue(references.size() > 200, references.size() + " references");
    for (String reference : references) {
      assertFalse(document.at(reference.substring(1)).isMissingNode(), reference);
    }
  }

  @Test
  void schemas_areThoseOfTheJson() {
    JsonNode user = document.at("/components/schemas/user.User/properties");
    assertEquals("string", user.at("/id/type").asText());
    assertEquals("date-time", user.at("/created_at/format").asText());
    assertEquals("Female", document.at("/components/schemas/common.Gender/enum/2").asText());
    assertTrue(
        document
            .at("/components/schemas/message.IMAGE_FORMAT/description")
            .asText()
            .startsWith("What a picture is encoded in. (图片格式)\n- JPG: JPEG.\n"));
    assertEquals(
        "An upload as it is stored.",
        document.at("/components/schemas/common.ImageInfo/description").asText());
    assertEquals("Its id, a positive 63-bit number.", user.at("/id/description").asText());
    assertEquals(
        "#/components/schemas/conversation.MarkReadRequest",
        document.at(body("/v1/conversations/{conversation_id}/read")).asText());
    assertEquals(
        "[\"seq\"]",
        keys(document.at("/components/schemas/conversation.MarkReadRequest/properties"))
            .toString());
    assertEquals(
        "#/components/schemas/user.UserLoginRequest", document.at(body("/v1/login")).asText());
  }

  @Test
  void whatTakesNoToken_saysSo() {
    assertEquals("bearer", document.at("/security/0").fieldNames().next());
    assertTrue(document.at("/paths/~1v1~1login/post/security").isEmpty());
    assertTrue(document.at("/paths/~1v1~1login/post/security").isArray());
    assertTrue(document.at("/paths/~1v1~1logout/post/security").isMissingNode());
    for (JsonNode operation : operations()) {
      if (operation.has("description")) {
        assertEquals(
            operation.path("security").isArray(),
            operation.path("description").asText().contains("Needs no token"),
            operation.path("operationId").asText());
      }
    }
  }

  private static List<JsonNode> operations() {
    List<JsonNode> operations = new ArrayList<>();
    document.path("paths").forEach(path -> path.forEach(operations::add));
    return operations;
  }

  private static String body(String path) {
    return "/paths/"
        + path.replace("/", "~1")
        + "/post/requestBody/content/application~1json/schema/$ref";
  }

  private static List<String> keys(JsonNode object) {
    List<String> keys = new ArrayList<>();
    object.fieldNames().forEachRemaining(name -> keys.add('"' + name + '"'));
    return keys;
  }

  private static Set<String> inPath(JsonNode operation) {
    Set<String> names = new HashSet<>();
    for (JsonNode parameter : operation.path("parameters")) {
      if (parameter.path("in").asText().equals("path") && parameter.path("required").asBoolean()) {
        names.add(parameter.path("name").asText());
      }
    }
    return names;
  }
}
