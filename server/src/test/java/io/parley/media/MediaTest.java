package io.parley.media;

import static io.parley.harness.GrpcPerson.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.parley.api.common.CommonServiceGrpc;
import io.parley.api.common.UploadImageRequest;
import io.parley.api.common.UploadImageResponse;
import io.parley.api.message.FileMessage;
import io.parley.api.message.SendUserFileMessageRequest;
import io.parley.api.message.SendUserSoundMessageRequest;
import io.parley.api.message.SoundMessage;
import io.parley.harness.FirstAnswer;
import io.parley.harness.GrpcPerson;
import io.parley.harness.TestServer;
import io.parley.harness.TestUploads;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Uploads: taken in over HTTP and gRPC, given back, attached to messages.
class MediaTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir private Path dir;
  private TestServer server;
  private GrpcPerson ann;
  private GrpcPerson bob;

  @BeforeEach
  void start() {
    Map<String, String> keys = new HashMap<>(where());
    keys.put("limits.image_bytes_max", "300000");
    keys.put("limits.file_bytes_max", "400000");
    keys.put("limits.upload_quota_bytes_max", "600000");
    server = TestServer.start(dir, keys);
    ann = GrpcPerson.register(server, "ann");
    bob = GrpcPerson.register(server, "bob");
  }

  /// The keys that say where uploads are.
  Map<String, String> where() {
    return Map.of();
  }

  @AfterEach
  void stop() {
    ann.close();
    bob.close();
    server.close();
  }

  @Test
  void file_soundComesBackAsItWas_wholeAndInPart() throws Exception {
    byte[] sound = sound(200_000);
    JsonNode stored = ok(post("/v1/files", sound, ann));
    assertEquals("audio/mpeg", stored.get("type").asText());
    assertEquals("200000", stored.get("size").asText());
    String url = stored.get("url").asText();
    HttpResponse<byte[]> whole = get(url, "");
    assertEquals(200, whole.statusCode());
    assertArrayEquals(sound, whole.body());
    assertEquals("inline", header(whole, "content-disposition"));
    assertEquals("nosniff", header(whole, "x-content-type-options"));
    assertEquals("bytes", header(whole, "accept-ranges"));

    HttpResponse<byte[]> part = get(url, "bytes=10-19");
    assertEquals(206, part.statusCode());
    assertEquals("bytes 10-19/200000", header(part, "content-range"));
    assertArrayEquals(Arrays.copyOfRange(sound, 10, 20), part.body());
    assertArrayEquals(
        Arrays.copyOfRange(sound, 199_990, 200_000), get(url, "bytes=199990-").body());
    assertArrayEquals(Arrays.copyOfRange(sound, 199_995, 200_000), get(url, "bytes=-5").body());
    assertArrayEquals(
        Arrays.copyOfRange(sound, 199_999, 200_000), get(url, "bytes=199999-999999").body());
    HttpResponse<byte[]> beyond = get(url, "bytes=200000-");
    assertEquals(416, beyond.statusCode());
    assertEquals("bytes */200000", header(beyond, "content-range"));
    for (String odd : List.of("bytes=5-1", "bytes=1-2,5-6", "lines=1-2", "bytes=-", "bytes=x-")) {
      assertEquals(200, get(url, odd).statusCode(), odd);
    }
  }

  @Test
  void file_documentIsOfferedForSaving_neverShown() throws Exception {
    JsonNode stored =
        ok(post("/v1/files", "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8), ann));
    HttpResponse<byte[]> given = get(stored.get("url").asText(), "");
    assertEquals("attachment", header(given, "content-disposition"));
    assertEquals("application/octet-stream", header(given, "content-type"));
    assertEquals("default-src 'none'; sandbox", header(given, "content-security-policy"));
  }

  @Test
  void file_picture_isReencodedWithAThumbnail() throws Exception {
    byte[] png = png(800, 400);
    byte[] padded = Arrays.copyOf(png, png.length + 5000);
    JsonNode stored = ok(post("/v1/files", padded, ann));
    assertEquals("800", stored.get("width").asText());
    HttpResponse<byte[]> given = get(stored.get("url").asText(), "");
    assertTrue(given.body().length < padded.length, "what was appended is gone");
    BufferedImage small =
        ImageIO.read(URI.create(server.url() + text(stored, "thumb_url")).toURL());
    assertEquals(320, small.getWidth());
    assertEquals(160, small.getHeight());
  }

  @Test
  void upload_ofAFormatNotTaken_orOverALimit_isRefused_andLeavesNothing() throws Exception {
    assertEquals(415, post("/v1/files", new byte[] {0x7f, 'E', 'L', 'F', 0}, ann).statusCode());
    assertEquals(415, post("/v1/files", new byte[0], ann).statusCode());
    assertEquals(415, post("/v1/images", sound(100), ann).statusCode());
    HttpResponse<String> big = post("/v1/files", sound(400_001), ann);
    assertEquals(413, big.statusCode(), big.body());
    assertTrue(big.body().contains("file_bytes_max"), big.body());
    assertEquals(413, post("/v1/images", sound(300_001), ann).statusCode());
    HttpRequest endless =
        HttpRequest.newBuilder(URI.create(server.url() + "/v1/files"))
            .header("Authorization", "Bearer " + ann.token())
            .POST(
                HttpRequest.BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream(sound(3_000_000))))
            .build();
    assertEquals(413, HTTP.send(endless, HttpResponse.BodyHandlers.ofString()).statusCode());
    assertEquals(0, TestUploads.received(dir));
  }

  @Test
  void upload_withoutToken_isRefusedBeforeTheBodyIsRead() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(5000);
      OutputStream out = socket.getOutputStream();
      out.write(
          """
          POST /v1/files HTTP/1.1\r
          Host: x\r
          Content-Length: 300000\r
          Authorization: Bearer wrong\r
          \r
          """
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      InputStream in = socket.getInputStream();
      String answer = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
      assertEquals("HTTP/1.1 401", answer);
    }
  }

  @Test
  void upload_overTheQuota_isRefusedByName_andTheSameBytesCountOnce() throws Exception {
    byte[] first = sound(350_000);
    ok(post("/v1/files", first, ann));
    ok(post("/v1/files", sound(200_000), ann));
    HttpResponse<String> over = post("/v1/files", sound(100_000), ann);
    assertEquals(429, over.statusCode());
    assertTrue(over.body().contains("upload_quota_bytes_max"), over.body());
    ok(post("/v1/files", sound(50_000), ann));
    ok(post("/v1/files", first, bob));
  }

  @Test
  void download_ofWhatIsNoStoredName_isNotFound() throws Exception {
    for (String name :
        List.of("x", "..%2f..%2fparley.db", "%2e%2e", "0".repeat(64) + ".jpg", "a".repeat(3000))) {
      int status = get("/media/" + name, "").statusCode();
      assertTrue(status == 404 || status == 400, () -> name + ": " + status);
    }
  }

  @Test
  void attach_takesTheSendersOwnUploadOrOneSentToIt() throws Exception {
    String url = text(ok(post("/v1/files", sound(1000), ann)), "url");
    try (GrpcPerson cat = GrpcPerson.register(server, "cat")) {
      assertFails(Status.Code.PERMISSION_DENIED, () -> sendSound(bob, cat, url));
      assertFails(Status.Code.PERMISSION_DENIED, () -> sendSound(bob, cat, server.url() + url));
      assertFails(Status.Code.PERMISSION_DENIED, () -> sendSound(ann, bob, "/media/../secret"));
      sendSound(ann, bob, url);
      sendSound(bob, cat, url);
      sendSound(bob, cat, server.url() + url);
      sendSound(bob, cat, "https://elsewhere.example/sound.mp3");
    }
    assertFails(
        Status.Code.PERMISSION_DENIED,
        () ->
            ann.messages()
                .sendUserFileMessage(
                    SendUserFileMessageRequest.newBuilder()
                        .setToUserId(bob.id())
                        .setFile(
                            FileMessage.newBuilder()
                                .setName("f")
                                .setUrl("/media/" + "0".repeat(64) + ".pdf"))
                        .build()));
  }

  @Test
  void uploadImage_streamOfPieces_answersTheAddress() throws Exception {
    byte[] png = png(40, 30);
    String url = stream(ann, png, 100).get(5, TimeUnit.SECONDS).getUrl();
    assertTrue(url.startsWith(server.url() + "/media/"), url);
    BufferedImage image = ImageIO.read(URI.create(url).toURL());
    assertEquals(40, image.getWidth());
  }

  @Test
  void uploadImage_refusals_haveTheirCodes() throws Exception {
    assertEquals(Status.Code.UNAUTHENTICATED, refused(GrpcPerson.anonymous(server), png(4, 4)));
    assertEquals(Status.Code.UNAUTHENTICATED, refused(GrpcPerson.anonymous(server), new byte[0]));
    assertEquals(Status.Code.INVALID_ARGUMENT, refused(ann, sound(1000)));
    assertEquals(Status.Code.INVALID_ARGUMENT, refused(ann, new byte[0]));
    assertEquals(Status.Code.INVALID_ARGUMENT, refused(ann, sound(300_001)));
  }

  private Status.Code refused(GrpcPerson who, byte[] bytes) {
    ExecutionException failure =
        assertThrows(
            ExecutionException.class, () -> stream(who, bytes, 64_000).get(5, TimeUnit.SECONDS));
    StatusRuntimeException status =
        assertInstanceOf(StatusRuntimeException.class, failure.getCause());
    assertFalse(GrpcPerson.detail(status).getMessage().isEmpty());
    return status.getStatus().getCode();
  }

  private static CompletableFuture<UploadImageResponse> stream(
      GrpcPerson who, byte[] bytes, int piece) {
    CompletableFuture<UploadImageResponse> answer = new CompletableFuture<>();
    StreamObserver<UploadImageRequest> call =
        who.with(CommonServiceGrpc.newStub(who.channel())).uploadImage(new FirstAnswer<>(answer));
    for (int at = 0; at < bytes.length && !answer.isDone(); at += piece) {
      call.onNext(
          UploadImageRequest.newBuilder()
              .setContent(ByteString.copyFrom(bytes, at, Math.min(piece, bytes.length - at)))
              .build());
    }
    if (!answer.isDone()) {
      call.onCompleted();
    }
    return answer;
  }

  private static Object sendSound(GrpcPerson from, GrpcPerson to, String url) {
    return from.messages()
        .sendUserSoundMessage(
            SendUserSoundMessageRequest.newBuilder()
                .setToUserId(to.id())
                .setSound(SoundMessage.newBuilder().setUrl(url).setSeconds(3))
                .build());
  }

  private HttpResponse<String> post(String path, byte[] body, GrpcPerson who) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("Authorization", "Bearer " + who.token())
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<byte[]> get(String path, String range) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path));
    if (!range.isEmpty()) {
      request.header("Range", range);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static JsonNode ok(HttpResponse<String> response) throws IOException {
    assertEquals(200, response.statusCode(), response.body());
    return JSON.readTree(response.body());
  }

  private static String text(JsonNode node, String field) {
    return node.get(field).asText();
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static byte[] sound(int bytes) {
    byte[] sound = new byte[bytes];
    new Random(bytes).nextBytes(sound);
    System.arraycopy("ID3".getBytes(StandardCharsets.US_ASCII), 0, sound, 0, Math.min(3, bytes));
    return sound;
  }

  private static byte[] png(int width, int height) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", out);
    return out.toByteArray();
  }
}
