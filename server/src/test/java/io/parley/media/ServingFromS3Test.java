package io.parley.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.parley.api.common.CommonServiceGrpc;
import io.parley.api.common.UploadImageRequest;
import io.parley.api.common.UploadImageResponse;
import io.parley.config.Config;
import io.parley.harness.FaultyLink;
import io.parley.harness.FirstAnswer;
import io.parley.harness.GrpcPerson;
import io.parley.harness.TestS3;
import io.parley.harness.TestServer;
import io.parley.harness.TestUploads;
import io.parley.harness.Waiting;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server whose uploads are on an S3 that fails, whose callers are slow or leave, and one that
/// sends browsers to S3 themselves.
@Timeout(120)
class ServingFromS3Test {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir Path dir;
  private final TestS3 s3 = new TestS3();
  private final FaultyLink link = new FaultyLink(s3.port());
  private TestServer server;
  private GrpcPerson ann;

  @BeforeEach
  void start() {
    start(Map.of());
  }

  private void start(Map<String, String> further) {
    Map<String, String> keys = TestS3.keys(TestS3.url(link.port()));
    keys.put("media.s3_answer_s", "1");
    keys.put("media.s3_tries", "2");
    keys.putAll(further);
    server = TestServer.start(dir, keys);
    ann = GrpcPerson.register(server, "ann" + further.size());
  }

  private void restart(Map<String, String> further) {
    ann.close();
    server.close();
    start(further);
  }

  @AfterEach
  void stop() {
    ann.close();
    server.close();
    link.close();
    s3.close();
  }

  @Test
  void s3ThatIsSilent_endsUploadsAndDownloads_andNothingElse() throws Exception {
    byte[] sound = sound(200_000);
    String url = upload(sound);
    link.now(FaultyLink.Fault.SILENT);
    HttpResponse<String> stored = post(sound(200_001));
    assertEquals(503, stored.statusCode(), stored.body());
    assertTrue(stored.body().contains("\"business_code\""), stored.body());
    HttpResponse<byte[]> given = get(url);
    assertEquals(503, given.statusCode());
    assertTrue(given.headers().firstValue("retry-after").isPresent());
    assertEquals(200, ready());
    try (GrpcPerson bob = GrpcPerson.register(server, "bob")) {
      assertEquals(1, ann.text(bob.id(), "hi", "").getSeq());
    }
    assertEquals(0, metric("parley_s3_answers"));
    link.now(FaultyLink.Fault.NONE);
    assertArrayEquals(sound, get(url).body());
    upload(sound(200_001));
    assertEquals(1, metric("parley_s3_answers"));
  }

  @Test
  void s3ThatIsSilent_isUnavailableOverGrpcToo() throws Exception {
    link.now(FaultyLink.Fault.SILENT);
    CompletableFuture<UploadImageResponse> answer = new CompletableFuture<>();
    StreamObserver<UploadImageRequest> call =
        ann.with(CommonServiceGrpc.newStub(ann.channel())).uploadImage(new FirstAnswer<>(answer));
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "png", png);
    call.onNext(
        UploadImageRequest.newBuilder().setContent(ByteString.copyFrom(png.toByteArray())).build());
    call.onCompleted();
    ExecutionException told = assertThrows(ExecutionException.class, answer::get);
    assertEquals(Status.Code.UNAVAILABLE, Status.fromThrowable(told.getCause()).getCode());
    assertEquals(0, TestUploads.received(dir));
  }

  @Test
  void upload_onOneNode_isGivenByTheOther_whileAThirdStarts() throws Exception {
    byte[] sound = sound(100_000);
    try (TestServer other = TestServer.start(dir.resolve("b"), TestS3.keys(s3.url()))) {
      String url = upload(sound);
      try (TestServer third = TestServer.start(dir.resolve("c"), TestS3.keys(s3.url()))) {
        for (TestServer each : new TestServer[] {server, other, third}) {
          assertArrayEquals(sound, get(URI.create(each.url() + url)).body());
        }
      }
      String later = upload(sound(100_001));
      assertEquals(100_001, get(URI.create(other.url() + later)).body().length);
    }
  }

  @Test
  void caller_thatLeaves_hasItsReadEnded() throws Exception {
    String url = upload(sound(20_000_000));
    try (Socket socket = request(url)) {
      assertEquals('H', socket.getInputStream().read());
      Waiting.until(() -> metric("parley_s3_reads") == 1);
    }
    Waiting.until(() -> metric("parley_s3_reads") == 0);
  }

  @Test
  void caller_thatSleeps_holdsNoPlace_andGetsTheRestWhenItGoesOn() throws Exception {
    byte[] sound = sound(20_000_000);
    String url = upload(sound);
    try (Socket socket = request(url)) {
      InputStream in = socket.getInputStream();
      assertEquals('H', in.read());
      Waiting.until(() -> metric("parley_s3_reads") == 1);
      Waiting.until(() -> metric("parley_s3_reads") == 0);
      byte[] rest = in.readAllBytes();
      int begin = rest.length - sound.length;
      assertTrue(begin > 0, rest.length + " bytes came");
      assertArrayEquals(sound, java.util.Arrays.copyOfRange(rest, begin, rest.length));
    }
  }

  @Test
  void presigned_sendsBrowsersToS3_forAShortTime_withTypeAndDisposition() throws Exception {
    restart(Map.of("media.serve", "presigned", "media.presigned_s", "2"));
    byte[] sound = sound(1000);
    String url = upload(sound);
    HttpResponse<byte[]> sent = get(url);
    assertEquals(307, sent.statusCode());
    assertEquals("no-store", header(sent, "cache-control"));
    URI there = URI.create(header(sent, "location"));
    assertEquals(link.port(), there.getPort());
    // Browsers send no header of Amazon's.
    assertTrue(there.getQuery().contains("X-Amz-SignedHeaders=host&"), there.toString());
    HttpResponse<byte[]> given = get(there);
    assertArrayEquals(sound, given.body());
    assertEquals("audio/mpeg", header(given, "content-type"));
    assertEquals("inline", header(given, "content-disposition"));
    HttpResponse<String> head =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(server.url() + url)).HEAD().build(),
            HttpResponse.BodyHandlers.ofString());
    assertEquals(200, head.statusCode());
    assertEquals("1000", header(head, "content-length"));
    assertEquals(404, get("/media/" + "0".repeat(64) + ".mp3").statusCode());
    String page = upload("<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8));
    HttpResponse<byte[]> saved = get(URI.create(header(get(page), "location")));
    assertEquals("attachment", header(saved, "content-disposition"));
    assertEquals("application/octet-stream", header(saved, "content-type"));
    String policy = header(get("/"), "content-security-policy");
    assertTrue(
        policy.contains("img-src 'self' blob: data: http://127.0.0.1:" + link.port()), policy);
    // Asked for as something else, the signature does not hold.
    URI other = URI.create(there.toString().replace("inline", "attachment"));
    assertEquals(403, get(other).statusCode());
    Waiting.until(() -> get(there).statusCode() == 403);
  }

  @Test
  void start_withWrongKeysOrWithoutABucket_isRefusedInClearText() {
    server.close();
    assertRefused("credentials", Map.of("media.s3_secret_key", "wrong"));
    assertRefused(
        "no such bucket", Map.of("media.url", s3.url().replace(TestS3.BUCKET, "elsewhere")));
    // The folder is free again: with the right ones it starts.
    start(Map.of("media.s3_answer_s", "5"));
  }

  private void assertRefused(String told, Map<String, String> keys) {
    Config.Invalid refused = assertThrows(Config.Invalid.class, () -> start(keys));
    assertTrue(String.valueOf(refused.getMessage()).contains(told), refused.getMessage());
  }

  @Test
  void start_whileS3IsSilent_isAServerWithoutUploads() throws Exception {
    link.now(FaultyLink.Fault.SILENT);
    restart(Map.of("media.s3_reads_max", "9"));
    assertEquals(503, post(sound(10)).statusCode());
    link.now(FaultyLink.Fault.NONE);
    upload(sound(10));
  }

  private Socket request(String url) throws Exception {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(65_536);
    socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    socket
        .getOutputStream()
        .write(
            ("GET " + url + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private String upload(byte[] bytes) throws Exception {
    HttpResponse<String> stored = post(bytes);
    assertEquals(200, stored.statusCode(), stored.body());
    return stored.body().replaceAll("(?s).*\"url\":\\s*\"([^\"]*)\".*", "$1");
  }

  private HttpResponse<String> post(byte[] bytes) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(server.url() + "/v1/files"))
            .header("Authorization", "Bearer " + ann.token())
            .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<byte[]> get(String path) {
    return get(URI.create(server.url() + path));
  }

  private static HttpResponse<byte[]> get(URI uri) {
    try {
      return HTTP.send(
          HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (java.io.IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private int ready() {
    return get(URI.create(server.managementUrl() + "/readyz")).statusCode();
  }

  private long metric(String name) {
    String all =
        new String(
            get(URI.create(server.managementUrl() + "/metrics")).body(), StandardCharsets.UTF_8);
    for (String line : all.split("\n")) {
      if (line.startsWith(name + " ")) {
        return Long.parseLong(line.substring(name.length() + 1));
      }
    }
    throw new AssertionError("no " + name + " in\n" + all);
  }

  private static byte[] sound(int bytes) {
    byte[] sound = new byte[bytes];
    new Random(bytes).nextBytes(sound);
    System.arraycopy("ID3".getBytes(StandardCharsets.US_ASCII), 0, sound, 0, Math.min(3, bytes));
    return sound;
  }
}
