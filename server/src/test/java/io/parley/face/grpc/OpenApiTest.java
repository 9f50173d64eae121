package io.parley.face.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.HttpRule;
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
    try (HttpClient client = HttpClient.newHttpClient()) {
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
  void everyRoute_isDescribed_underItsOwnName() {
    Set<String> names = new HashSet<>();
    for (HttpRule rule : RestRoutes.rules()) {
      String verb = rule.getPatternCase().name().toLowerCase(java.util.Locale.ROOT);
      String path = rule.getGet() + rule.getPut() + rule.getPost() + rule.getDelete();
      JsonNode operation = document.path("paths").path(path).path(verb);
      assertEquals(rule.getSelector(), operation.path("operationId").asText(), verb + " " + path);
      assertTrue(names.add(rule.getSelector()), rule.getSelector());
      for (String part : path.split("[{]", -1)) {
        int end = part.indexOf('}');
        String name = end < 0 ? "" : part.substring(0, end);
        assertTrue(end < 0 || inPath(operation).contains(name), path);
      }
    }
    for (String path : List.of("/v1/images", "/v1/files", "/media/{name}")) {
      assertFalse(document.path("paths").path(path).isMissingNode(), path);
    }
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
    assertEquals(
        "[\"seq\"]",
        keys(document.at(body("/v1/conversations/{conversation_id}/read"))).toString());
    assertEquals(
        "#/components/schemas/user.UserLoginRequest",
        document.at(body("/v1/login").replace("/properties", "/$ref")).asText());
  }

  @Test
  void whatTakesNoToken_saysSo() {
    assertEquals("bearer", document.at("/security/0").fieldNames().next());
    assertTrue(document.at("/paths/~1v1~1login/post/security").isEmpty());
    assertTrue(document.at("/paths/~1v1~1login/post/security").isArray());
    assertTrue(document.at("/paths/~1v1~1logout/post/security").isMissingNode());
  }

  private static String body(String path) {
    return "/paths/"
        + path.replace("/", "~1")
        + "/post/requestBody/content/application~1json/schema/properties";
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
