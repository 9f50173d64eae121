package io.parley.face.phone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parley.harness.GrpcPerson;
import io.parley.harness.TestServer;
import io.parley.harness.TestUploads;
import io.parley.harness.TestWorld;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What somebody with an account may try with the phone contract's `save_file/`: trickle, take all
/// places, send what is no text.
@Timeout(120)
class PhoneUploadTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final int TEXT = 0;
  private static final int FILE = 8005;

  @RegisterExtension
  private final TestWorld world =
      new TestWorld(
          Map.of(
              "limits.uploads_per_account_max", "1",
              "limits.upload_stall_s", "4",
              "limits.file_bytes_max", "1000000"));

  private final Path dir = world.dir();
  private final TestServer server = world.server();
  private final GrpcPerson ann = world.register("ann");
  private final GrpcPerson bob = world.register("bob");

  @Test
  void saveFile_takesOnePlaceOnly() throws Exception {
    assertEquals(1, save(ann, file("x", "aGVsbG8=")).get("status").asInt());
  }

  @Test
  void trickle_losesItsPlace_andLeavesRoomForOthers() throws Exception {
    try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      slow.setSoTimeout(30_000);
      begin(slow, 100_000).write("{\"content\":\"aGVs".getBytes(StandardCharsets.US_ASCII));
      awaitPlaceTaken();
      String second = save(ann, file("x", "aGVsbG8=")).toString();
      assertTrue(second.contains("uploads_per_account_max"), second);
      assertEquals(1, save(bob, file("x", "aGVsbG8=")).get("status").asInt());
      String ended = new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(ended.startsWith("HTTP/1.1 200"), ended);
      assertTrue(ended.contains("\"status\":0,\"result\":{\"path\":\"\"}"), ended);
      assertTrue(ended.contains("upload_bytes_per_s_min"), ended);
    }
    int status = 0;
    while (status != 1) {
      status = save(ann, file("x", "aGVsbG8=")).get("status").asInt();
    }
  }

  @Test
  void bodyThatIsAnnouncedTooLong_isRefusedBeforeItIsRead() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(30_000);
      begin(socket, 1_700_000);
      String answer = new String(socket.getInputStream().readNBytes(400), StandardCharsets.UTF_8);
      assertTrue(answer.contains("limits.file_bytes_max"), answer);
    }
  }

  @Test
  void refusals_leaveNothingOnTheDisk() throws Exception {
    refused(FILE, "content is not Base64", file("x", "aGVs@@"));
    refused(TEXT, "not valid JSON", file("x", "aGVsbG8=").replace("}", "} more"));
    assertEquals(0, TestUploads.files(dir));
  }

  @Test
  void content_ofEveryOtherKind_isRefused() throws Exception {
    for (String kind :
        new String[] {"1", "1.5", "true", "[\"aGVsbG8=\"]", "{\"a\":\"aGVsbG8=\"}"}) {
      refused(TEXT, "content: must be a text", "{\"name\":\"x\",\"content\":" + kind + "}");
    }
    refused(FILE, "content is empty", "{\"name\":\"x\",\"content\":null}");
    refused(FILE, "content is empty", "{\"name\":\"x\"}");
    refused(TEXT, "a JSON object is wanted", "[\"aGVsbG8=\"]");
    refused(TEXT, "not valid JSON", "{\"content\":\"aGVsbG8=\",\"content\":\"aGVsbG8=\"}");
    refused(TEXT, "name: must be a text", "{\"name\":{},\"content\":\"aGVsbG8=\"}");
    refused(TEXT, "name: longer than 4096 characters", file("x".repeat(5000), "aGVsbG8="));
  }

  @Test
  void textThatIsNone_isRefusedNamingTheField() throws Exception {
    for (String wrong :
        new String[] {
          "\u00ff", "\u00c0\u0080", "\u00c1\u0081", "a\\ud83d", "\\ude00b", "\\u0000"
        }) {
      String told = "name: must be text in UTF-8 without U+0000";
      refused(TEXT, told, file(wrong, "aGVsbG8="));
      refused(
          TEXT,
          told.replace("name", "note"),
          file("x\",\"note\":[\"" + wrong + "\"],\"y\":\"", ""));
      boolean nul = wrong.equals("\\u0000");
      refused(
          nul ? TEXT : FILE,
          nul ? told.replace("name", "content") : "content is not Base64",
          file("x", "aGVs" + wrong + "bG8="));
      refused(TEXT, "a name is no text in UTF-8", "{\"" + wrong + "\":1,\"content\":\"aGVsbG8=\"}");
    }
    // UTF-16, which a parser that guesses would take.
    byte[] wide = file("x", "aGVsbG8=").getBytes(StandardCharsets.UTF_16BE);
    assertEquals(0, save(ann, new String(wide, StandardCharsets.ISO_8859_1)).get("status").asInt());
  }

  /// Decoded in its own place, over many buffers, with escapes and line breaks and what comes
  /// before.
  @Test
  void content_ofManyBuffers_comesBackToTheByte() throws Exception {
    byte[] sound = new byte[777_777];
    new Random(1).nextBytes(sound);
    System.arraycopy("ID3".getBytes(StandardCharsets.US_ASCII), 0, sound, 0, 3);
    String text = Base64.getMimeEncoder().encodeToString(sound).replace("\r\n", "\\n");
    String body =
        "{\"content\":\"" + text.replace("/", "\\/") + "\",\"name\":\"\u00e5\u0090\u0097\"}";
    JsonNode answer = save(ann, body);
    assertEquals(1, answer.get("status").asInt(), answer.toString());
    HttpResponse<byte[]> given =
        HTTP.send(
            HttpRequest.newBuilder(
                    URI.create(server.url() + "/" + answer.at("/result/path").asText()))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(given.body());
    assertTrue(java.util.Arrays.equals(sound, all.toByteArray()));
  }

  private void awaitPlaceTaken() throws IOException {
    boolean taken = false;
    while (!taken) {
      taken = TestUploads.received(dir) > 0;
    }
  }

  private void refused(int status, String told, String body) throws Exception {
    JsonNode answer = save(ann, body);
    assertEquals(status, answer.get("status").asInt(), body + answer);
    assertEquals(told, answer.get("message").asText(), body);
    assertEquals("", answer.at("/result/path").asText("missing"), body);
  }

  private static String file(String name, String content) {
    return "{\"name\":\"" + name + "\",\"content\":\"" + content + "\"}";
  }

  /// `body`: one character is one byte.
  private JsonNode save(GrpcPerson who, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + "/android/save_file/"))
            .header("Authorization", "Bearer " + who.token())
            .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.ISO_8859_1))
            .build();
    return JSON.readTree(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  private OutputStream begin(Socket socket, int length) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(
        """
        POST /android/save_file/ HTTP/1.1\r
        Host: x\r
        Connection: close\r
        Content-Length: %d\r
        Authorization: Bearer %s\r
        \r
        """
            .formatted(length, ann.token())
            .getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return out;
  }
}
