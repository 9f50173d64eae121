package io.parley.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.harness.GrpcPerson;
import io.parley.harness.TestServer;
import io.parley.harness.TestUploads;
import io.parley.harness.Waiting;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Uploads that come in parts, over real sockets that are cut.
@Timeout(60)
class ResumingTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final int LENGTH = 300_000;

  @TempDir Path dir;
  private TestServer server;
  private GrpcPerson ann;
  private GrpcPerson bob;

  @BeforeEach
  void start() {
    start(Map.of("limits.file_bytes_max", "400000", "limits.image_bytes_max", "350000"));
    ann = GrpcPerson.register(server, "ann");
    bob = GrpcPerson.register(server, "bob");
  }

  private void start(Map<String, String> keys) {
    server = TestServer.start(dir, keys);
  }

  private void restart(Map<String, String> keys) {
    server.close();
    start(keys);
  }

  @AfterEach
  void stop() {
    ann.close();
    bob.close();
    server.close();
  }

  @Test
  void cutUpload_goesOnWhereItWas_whereverItIsCut() throws Exception {
    byte[] sound = sound(LENGTH);
    for (int cut : new int[] {1, 70_000, LENGTH - 1}) {
      String at = begin(ann, LENGTH);
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        write(socket, at, 0, LENGTH, ann).write(sound, 0, cut);
        awaitWritten(cut);
      }
      assertEquals(cut, offset(at, ann));
      assertStored(sound, patch(at, cut, from(sound, cut), ann));
      assertEquals(0, TestUploads.received(dir), "what is stored is no longer kept apart");
    }
  }

  @Test
  void cutAfterTheLastByte_givesTheSameAnswerAgain() throws Exception {
    byte[] sound = sound(LENGTH);
    String at = begin(ann, LENGTH);
    HttpResponse<String> first = patch(at, 0, sound, ann);
    assertStored(sound, first);
    assertEquals("?1", header(head(at, ann), "upload-complete"));
    assertEquals(LENGTH, offset(at, ann));
    HttpResponse<String> again = patch(at, LENGTH, new byte[0], ann);
    assertEquals(first.body(), again.body());
    assertEquals(409, patch(at, 0, sound, ann).statusCode(), "it is not begun anew");
  }

  @Test
  void partsThatEndWell_addUp() throws Exception {
    byte[] sound = sound(LENGTH);
    String at = begin(ann, LENGTH);
    for (int offset = 0; offset < LENGTH - 100_000; offset += 100_000) {
      HttpResponse<String> part =
          patch(at, offset, Arrays.copyOfRange(sound, offset, offset + 100_000), ann);
      assertEquals(204, part.statusCode());
      assertEquals(offset + 100_000, Long.parseLong(header(part, "upload-offset")));
      assertEquals("?0", header(part, "upload-complete"));
    }
    assertStored(sound, patch(at, 200_000, from(sound, 200_000), ann));
  }

  @Test
  void otherOffset_isRefused_withTheTrueOne_andChangesNothing() throws Exception {
    byte[] sound = sound(LENGTH);
    String at = begin(ann, LENGTH);
    patch(at, 0, Arrays.copyOf(sound, 1000), ann);
    for (long wrong : new long[] {0, 999, 1001, LENGTH, 999_999_999_999L}) {
      HttpResponse<String> refused = patch(at, wrong, new byte[] {1}, ann);
      assertEquals(409, refused.statusCode(), refused.body());
      assertEquals("1000", header(refused, "upload-offset"));
    }
    for (String nonsense : List.of("-1", "x", "9999999999999999999")) {
      HttpResponse<String> refused =
          send("PATCH", at, ann, BodyPublishers.ofByteArray(sound), "Upload-Offset", nonsense);
      assertEquals(400, refused.statusCode(), refused.body());
    }
    assertStored(sound, patch(at, 1000, from(sound, 1000), ann));
  }

  @Test
  void moreThanWasSaid_isRefused_andWhatIsThereStays() throws Exception {
    byte[] sound = sound(LENGTH);
    String at = begin(ann, LENGTH);
    patch(at, 0, Arrays.copyOf(sound, 1000), ann);
    HttpResponse<String> refused = patch(at, 1000, sound, ann);
    assertEquals(413, refused.statusCode(), refused.body());
    assertTrue(refused.body().contains("Upload-Length"), refused.body());
    // Without a length it is found out on the way.
    BodyPublisher unknown = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(sound));
    HttpResponse<String> chunked = send("PATCH", at, ann, unknown, "Upload-Offset", "1000");
    assertEquals(413, chunked.statusCode(), chunked.body());
    int reached = (int) offset(at, ann);
    assertTrue(reached >= 1000 && reached <= LENGTH, "at " + reached);
    // The surplus began where the upload stood, so what was taken of it is not the sound.
    byte[] whole = Arrays.copyOf(sound, LENGTH);
    System.arraycopy(sound, 0, whole, 1000, reached - 1000);
    assertStored(whole, patch(at, reached, from(whole, reached), ann));
  }

  @Test
  void begun_isRefusedByName_whereItIsTooLongOrSaysNoLength() throws Exception {
    assertEquals(413, create("files", ann, "400001").statusCode());
    assertTrue(create("images", ann, "350001").body().contains("limits.image_bytes_max"));
    assertEquals(400, create("files", ann, "0").statusCode());
    assertEquals(400, create("files", ann, "-5").statusCode());
    assertEquals(400, send("POST", "/v1/uploads/files", ann, BodyPublishers.noBody()).statusCode());
    HttpResponse<String> withBody =
        send(
            "POST", "/v1/uploads/files", ann, BodyPublishers.ofString("ID3"), "Upload-Length", "3");
    assertEquals(400, withBody.statusCode(), withBody.body());
    assertEquals(0, TestUploads.files(dir));
  }

  @Test
  void anotherAccount_findsNothing_andNobodyWithoutAToken() throws Exception {
    byte[] sound = sound(LENGTH);
    String at = begin(ann, LENGTH);
    patch(at, 0, Arrays.copyOf(sound, 1000), ann);
    assertEquals(404, head(at, bob).statusCode());
    assertEquals(404, patch(at, 1000, from(sound, 1000), bob).statusCode());
    assertEquals(404, send("DELETE", at, bob, BodyPublishers.noBody()).statusCode());
    try (GrpcPerson nobody = GrpcPerson.withToken(server, "no token", 0)) {
      assertEquals(401, create("files", nobody, "1000").statusCode());
      assertEquals(401, head(at, nobody).statusCode());
      assertEquals(401, send("DELETE", at, nobody, BodyPublishers.noBody()).statusCode());
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        // The answer comes though no byte of the body does.
        write(socket, at, 1000, LENGTH - 1000, nobody);
        String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8);
        assertEquals("HTTP/1.1 401", answer);
      }
    }
    assertStored(sound, patch(at, 1000, from(sound, 1000), ann));
  }

  @Test
  void secondWriter_endsTheFirst_andGoesOnWhereThatWas() throws Exception {
    byte[] sound = sound(LENGTH);
    String at = begin(ann, LENGTH);
    try (Socket gone = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      OutputStream first = write(gone, at, 0, LENGTH, ann);
      first.write(sound, 0, 1000);
      awaitWritten(1000);
      assertEquals(1000, offset(at, ann), "whoever asks ends who writes");
      String ended = new String(gone.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(ended.startsWith("HTTP/1.1 409"), ended);
    }
    try (Socket gone = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      write(gone, at, 1000, LENGTH - 1000, ann).write(sound, 1000, 1000);
      awaitWritten(2000);
      assertEquals("2000", header(patch(at, 1000, from(sound, 1000), ann), "upload-offset"));
    }
    assertStored(sound, patch(at, 2000, from(sound, 2000), ann));
  }

  @Test
  void manyWriters_storeItOnce_whole() throws Exception {
    byte[] sound = sound(LENGTH);
    String at = begin(ann, LENGTH);
    List<CompletableFuture<HttpResponse<String>>> all =
        IntStream.range(0, 50).mapToObj(i -> patchLater(at, 0, sound, ann)).toList();
    for (CompletableFuture<HttpResponse<String>> each : all) {
      // Some are cut while they still write.
      each.exceptionally(cut -> null).join();
    }
    int reached = (int) offset(at, ann);
    assertStored(sound, patch(at, reached, from(sound, reached), ann));
    assertEquals(1, TestUploads.files(dir));
  }

  @Test
  void fiftyUploads_eachInTwoParts_areAllStored() throws Exception {
    restart(
        Map.of(
            "limits.unfinished_uploads_per_account_max", "60",
            "limits.uploads_per_account_max", "60"));
    List<CompletableFuture<Void>> all =
        IntStream.range(0, 50)
            .mapToObj(i -> CompletableFuture.runAsync(() -> inTwoParts(sound(20_000 + i))))
            .toList();
    all.forEach(CompletableFuture::join);
    assertEquals(50, TestUploads.files(dir));
  }

  private void inTwoParts(byte[] sound) {
    try {
      String at = begin(ann, sound.length);
      assertEquals(204, patch(at, 0, Arrays.copyOf(sound, 9000), ann).statusCode());
      assertStored(sound, patch(at, 9000, from(sound, 9000), ann));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void unfinishedOnes_areSoManyOfAnAccount_andOfAll_andGivenUpOnesMakeRoom() throws Exception {
    restart(
        Map.of(
            "limits.unfinished_uploads_per_account_max",
            "2",
            "limits.unfinished_uploads_max",
            "3"));
    String first = begin(ann, 1000);
    String second = begin(ann, 1000);
    HttpResponse<String> third = create("files", ann, "1000");
    assertEquals(429, third.statusCode());
    assertTrue(third.body().contains("limits.unfinished_uploads_per_account_max"), third.body());
    begin(bob, 1000);
    assertTrue(create("files", bob, "1000").body().contains("limits.unfinished_uploads_max"));
    assertEquals(204, send("DELETE", first, ann, BodyPublishers.noBody()).statusCode());
    assertEquals(404, head(first, ann).statusCode());
    assertEquals(2, TestUploads.received(dir));
    // So do those that are stored, which are only remembered.
    assertStored(sound(1000), patch(second, 0, sound(1000), ann));
    begin(ann, 1000);
    begin(ann, 1000);
    assertEquals(404, head(second, ann).statusCode());
  }

  @Test
  void unfinishedOnes_countAsTheAccounts_untilTheyAreGivenUp() throws Exception {
    restart(Map.of("limits.upload_quota_bytes_max", "500000"));
    String at = begin(ann, LENGTH);
    HttpResponse<String> second = create("files", ann, Integer.toString(LENGTH));
    assertEquals(429, second.statusCode());
    assertTrue(second.body().contains("limits.upload_quota_bytes_max"), second.body());
    assertEquals(429, post(sound(250_000), ann).statusCode(), "whole ones find it taken, too");
    assertEquals(200, post(sound(250_000), bob).statusCode());
    // What is kept for an upload is there for it.
    assertEquals(200, post(sound(190_000), ann).statusCode());
    assertStored(sound(LENGTH), patch(at, 0, sound(LENGTH), ann));
    String dropped = begin(ann, 9000);
    assertEquals(429, create("files", ann, "9000").statusCode());
    send("DELETE", dropped, ann, BodyPublishers.noBody());
    begin(ann, 9000);
  }

  @Test
  void whatIsNotTaken_isRefusedAtTheEnd_andLeavesNothing() throws Exception {
    byte[] program = sound(1000);
    program[0] = 0x7f;
    program[1] = 'E';
    program[2] = 'L';
    program[3] = 'F';
    String at = begin(ann, 1000);
    assertEquals(415, patch(at, 0, program, ann).statusCode());
    assertEquals(404, head(at, ann).statusCode());
    String picture = header(create("images", ann, "1000"), "location");
    assertEquals(415, patch(picture, 0, sound(1000), ann).statusCode(), "no picture");
    assertEquals(404, head(picture, ann).statusCode());
    assertEquals(0, TestUploads.received(dir));
  }

  @Test
  void picture_isEncodedAnew_likeOneThatComesWhole() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB), "png", out);
    byte[] png = out.toByteArray();
    String at = header(create("images", ann, Integer.toString(png.length)), "location");
    patch(at, 0, Arrays.copyOf(png, 50), ann);
    HttpResponse<String> stored = patch(at, 50, from(png, 50), ann);
    HttpResponse<String> whole = send("POST", "/v1/images", ann, BodyPublishers.ofByteArray(png));
    assertEquals(200, stored.statusCode(), stored.body());
    assertEquals(whole.body(), stored.body());
    assertTrue(stored.body().contains("\"width\":\"400\""), stored.body());
  }

  @Test
  void oneThatNobodyGoesOnWith_isRemoved_andARestartRemovesAll() throws Exception {
    restart(Map.of("limits.unfinished_upload_s", "1"));
    String at = begin(ann, 1000);
    assertEquals(204, patch(at, 0, Arrays.copyOf(sound(1000), 10), ann).statusCode());
    Waiting.until(() -> TestUploads.bytesReceived(dir) == 0);
    assertEquals(404, head(at, ann).statusCode());
    restart(Map.of());
    String left = begin(ann, 1000);
    restart(Map.of());
    assertEquals(404, head(left, ann).statusCode());
    assertEquals(0, TestUploads.files(dir));
  }

  @Test
  void disk_withoutRoom_refusesToBegin() throws Exception {
    restart(Map.of("limits.disk_floor_bytes", Long.toString(Long.MAX_VALUE / 8)));
    HttpResponse<String> refused = create("files", ann, "1000");
    assertEquals(503, refused.statusCode());
    assertTrue(refused.body().contains("limits.disk_floor_bytes"), refused.body());
    assertFalse(header(refused, "retry-after").isEmpty());
  }

  @Test
  void trickle_losesItsPlace_butNotWhatItBrought() throws Exception {
    restart(Map.of("limits.upload_stall_s", "1", "limits.uploads_per_account_max", "1"));
    byte[] sound = sound(LENGTH);
    String at = begin(ann, LENGTH);
    try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      write(slow, at, 0, LENGTH, ann).write(sound, 0, 100);
      awaitWritten(100);
      String other = begin(ann, LENGTH);
      HttpResponse<String> busy = patch(other, 0, sound, ann);
      assertTrue(busy.body().contains("limits.uploads_per_account_max"), busy.body());
      String ended = new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(ended.contains("limits.upload_bytes_per_s_min"), ended);
    }
    assertEquals(100, offset(at, ann));
    assertStored(sound, patch(at, 100, from(sound, 100), ann));
  }

  private String begin(GrpcPerson who, int length) throws IOException, InterruptedException {
    HttpResponse<String> begun = create("files", who, Integer.toString(length));
    assertEquals(201, begun.statusCode(), begun.body());
    assertEquals("0", header(begun, "upload-offset"));
    return header(begun, "location");
  }

  private HttpResponse<String> create(String kind, GrpcPerson who, String length)
      throws IOException, InterruptedException {
    return send(
        "POST", "/v1/uploads/" + kind, who, BodyPublishers.noBody(), "Upload-Length", length);
  }

  private HttpResponse<String> head(String at, GrpcPerson who)
      throws IOException, InterruptedException {
    return send("HEAD", at, who, BodyPublishers.noBody());
  }

  private long offset(String at, GrpcPerson who) throws IOException, InterruptedException {
    return Long.parseLong(header(head(at, who), "upload-offset"));
  }

  private HttpResponse<String> post(byte[] body, GrpcPerson who)
      throws IOException, InterruptedException {
    return send("POST", "/v1/files", who, BodyPublishers.ofByteArray(body));
  }

  private HttpResponse<String> patch(String at, long offset, byte[] body, GrpcPerson who) {
    return patchLater(at, offset, body, who).join();
  }

  private CompletableFuture<HttpResponse<String>> patchLater(
      String at, long offset, byte[] body, GrpcPerson who) {
    return HTTP.sendAsync(
        request(
            "PATCH",
            at,
            who,
            BodyPublishers.ofByteArray(body),
            "Upload-Offset",
            Long.toString(offset)),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> send(
      String method, String path, GrpcPerson who, BodyPublisher body, String... headers)
      throws IOException, InterruptedException {
    return HTTP.send(
        request(method, path, who, body, headers), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest request(
      String method, String path, GrpcPerson who, BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("Authorization", "Bearer " + who.token())
            .method(method, body);
    return headers.length == 0 ? request.build() : request.headers(headers).build();
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  /// The head of a part of `length` bytes, which come or do not.
  private static OutputStream write(
      Socket socket, String at, long offset, int length, GrpcPerson who) throws IOException {
    socket.setSoTimeout(30_000);
    OutputStream out = socket.getOutputStream();
    out.write(
        """
        PATCH %s HTTP/1.1\r
        Host: x\r
        Connection: close\r
        Content-Length: %d\r
        Upload-Offset: %d\r
        Authorization: Bearer %s\r
        \r
        """
            .formatted(at, length, offset, who.token())
            .getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return out;
  }

  private void awaitWritten(long bytes) {
    Waiting.until(() -> TestUploads.bytesReceived(dir) >= bytes);
  }

  private void assertStored(byte[] bytes, HttpResponse<String> answer) throws IOException {
    assertEquals(200, answer.statusCode(), answer.body());
    String url = answer.body().replaceAll(".*\"url\":\"([^\"]*)\".*", "$1");
    try {
      HttpResponse<byte[]> stored =
          HTTP.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + url)).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      assertArrayEquals(bytes, stored.body());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] from(byte[] all, int offset) {
    return Arrays.copyOfRange(all, offset, all.length);
  }

  private static byte[] sound(int bytes) {
    byte[] sound = new byte[bytes];
    new Random(bytes).nextBytes(sound);
    System.arraycopy("ID3".getBytes(StandardCharsets.US_ASCII), 0, sound, 0, 3);
    return sound;
  }
}
