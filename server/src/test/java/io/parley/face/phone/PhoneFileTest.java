package io.parley.face.phone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parley.harness.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Large files of the phone contract, which arrive as Base64 inside of JSON.
class PhoneFileTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int BYTES = 20_000_000;

  @TempDir private Path dir;

  @Test
  void saveFile_soundLargerThanAnyPicture_comesBackWhole() throws Exception {
    try (TestServer server = TestServer.start(dir)) {
      byte[] sound = sound();
      JsonNode answer = JSON.readTree(save(server, sound).body());
      assertEquals(1, answer.get("status").asInt(), answer.toString());
      String path = answer.at("/result/path").asText();
      HttpResponse<byte[]> given =
          HTTP.send(
              HttpRequest.newBuilder(URI.create(server.url() + "/" + path)).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      assertEquals(200, given.statusCode());
      assertTrue(java.util.Arrays.equals(sound, given.body()));
    }
  }

  @Test
  void saveFile_overTheLimitOfFiles_isRefusedByName() throws Exception {
    try (TestServer server = TestServer.start(dir, Map.of("limits.file_bytes_max", "19000000"))) {
      JsonNode answer = JSON.readTree(save(server, sound()).body());
      assertEquals(8005, answer.get("status").asInt(), answer.toString());
      assertTrue(answer.get("message").asText().contains("limits.file_bytes_max"));
    }
  }

  private static HttpResponse<String> save(TestServer server, byte[] bytes) throws Exception {
    HttpResponse<String> registered =
        post(server, "register/", "", "{\"phone\":\"13800000001\",\"password\":\"secret1\"}");
    String cookie = registered.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
    String content = Base64.getMimeEncoder().encodeToString(bytes).replace("\r\n", "\\n");
    return post(
        server, "save_file/", cookie, "{\"name\":\"a.mp3\",\"content\":\"" + content + "\"}");
  }

  private static HttpResponse<String> post(
      TestServer server, String path, String cookie, String body) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(server.url() + "/android/" + path))
            .header("Cookie", cookie)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static byte[] sound() {
    byte[] sound = new byte[BYTES];
    new Random(1).nextBytes(sound);
    System.arraycopy("ID3".getBytes(StandardCharsets.US_ASCII), 0, sound, 0, 3);
    return sound;
  }
}
