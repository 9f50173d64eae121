package io.parley.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.parley.api.message.ImageMessageItem;
import io.parley.api.message.SendUserImageMessageRequest;
import io.parley.harness.GrpcPerson;
import io.parley.harness.TestServer;
import io.parley.harness.TestUploads;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
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

/// What somebody with an account may try with uploads: take all places, trickle, spend more than
/// the quota, pass off what is somebody else's, make a decoder work for good.
@Timeout(120)
class UploadAttackTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir Path dir;
  private TestServer server;
  private GrpcPerson ann;
  private GrpcPerson bob;

  @BeforeEach
  void start() {
    start(
        Map.of(
            "limits.image_pixels_max", "200000000",
            "limits.image_memory_bytes_max", "600000000",
            "limits.picture_decode_s_max", "600",
            "limits.pictures_waiting_per_account_max", "1",
            "limits.upload_quota_bytes_max", "600000",
            "limits.uploads_per_account_max", "2",
            "limits.upload_stall_s", "4"));
    ann = GrpcPerson.register(server, "ann");
    bob = GrpcPerson.register(server, "bob");
  }

  private void start(Map<String, String> keys) {
    Map<String, String> all = new HashMap<>(where());
    all.putAll(keys);
    server = TestServer.start(dir, all);
  }

  /// The keys that say where uploads are.
  Map<String, String> where() {
    return Map.of();
  }

  /// How many uploads are stored, or half received.
  long files() throws IOException {
    return TestUploads.files(dir);
  }

  @AfterEach
  void stop() {
    ann.close();
    bob.close();
    server.close();
  }

  @Test
  void quota_holdsWhenManyUploadAtOnce() throws Exception {
    // One place for each of the sixteen, so that the quota alone decides.
    server.close();
    start(
        Map.of("limits.upload_quota_bytes_max", "600000", "limits.uploads_per_account_max", "16"));
    List<CompletableFuture<HttpResponse<String>>> answers =
        IntStream.range(0, 16).mapToObj(i -> send("/v1/files", sound(100_000 + i), ann)).toList();
    int taken = 0;
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      int status = answer.get().statusCode();
      assertTrue(status == 200 || status == 429, answer.get().body());
      taken += status == 200 ? 1 : 0;
    }
    assertEquals(5, taken, "five times 100,000 and something fit into 600,000");
    assertEquals(5, files(), "what was refused left nothing");
  }

  @Test
  void name_tellsNothingOfTheBytes() throws Exception {
    byte[] document = sound(1000);
    String answer = send("/v1/files", document, ann).get().body();
    String sha = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(document));
    assertFalse(answer.contains(sha), answer);
    // The same bytes are the same upload all the same, over a restart too.
    String name = answer.replaceAll(".*\"name\":\"([^\"]*)\".*", "$1");
    server.close();
    start(Map.of());
    assertTrue(send("/v1/files", document, bob).get().body().contains(name));
  }

  @Test
  void anothersUpload_isRefusedHoweverItsAddressIsSpelled() throws Exception {
    String name =
        send("/v1/files", sound(1000), ann)
            .get()
            .body()
            .replaceAll(".*\"name\":\"([^\"]*)\".*", "$1");
    String host = "127.0.0.1:" + server.port();
    for (String address :
        List.of(
            "/media/" + name,
            "/upload/" + name,
            "/front_end/upload/" + name,
            "/src/front_end/upload/" + name,
            "//" + host + "/media/" + name,
            "http://localhost:" + server.port() + "/media/" + name,
            "http://" + host + "/media/" + name,
            "HTTP://" + host + "/media/" + name + "#x",
            "http://chat.example.com/media/" + name,
            "/%6dedia/" + name,
            "/media/./" + name,
            "/media//" + name)) {
      StatusRuntimeException refused =
          assertThrows(StatusRuntimeException.class, () -> sendPicture(bob, ann, address), address);
      Status.Code code = refused.getStatus().getCode();
      assertTrue(
          code == Status.Code.PERMISSION_DENIED || code == Status.Code.INVALID_ARGUMENT,
          address + ": " + refused.getStatus());
    }
    sendPicture(ann, bob, "http://localhost:" + server.port() + "/upload/" + name);
    sendPicture(bob, ann, "/media/" + name);
  }

  @Test
  void placesOfOneAccount_leaveRoomForOthers_andATrickleLosesItsPlace() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 2; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        slow.add(socket);
        begin(socket, 100_000, ann).write("ID3 a few bytes".getBytes(StandardCharsets.US_ASCII));
      }
      awaitReceived(2);
      String third = send("/v1/files", sound(10), ann).get().body();
      assertTrue(third.contains("uploads_per_account_max"), third);
      assertEquals(200, send("/v1/files", sound(1000), bob).get().statusCode());
      String ended =
          new String(slow.getFirst().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(ended.startsWith("HTTP/1.1 429"), ended);
      assertTrue(ended.contains("upload_bytes_per_s_min"), ended);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
    int status = 0;
    while (status != 200) {
      status = send("/v1/files", sound(1001), ann).get().statusCode();
    }
  }

  @Test
  void decoding_endsWithTheCallerThatLeaves() throws Exception {
    // 3.2 billion pixels: a minute of work, in a few megabytes.
    byte[] heavy = frames(790);
    String busy = "";
    Socket socket = uploading(heavy);
    try {
      while (!busy.contains("pictures_waiting_per_account_max")) {
        if (socket.getInputStream().available() > 0) {
          // A small one had the account's turn when it came, and it was refused.
          socket.close();
          socket = uploading(heavy);
        }
        busy = send("/v1/images", png(), ann).get().body();
      }
    } finally {
      socket.close();
    }
    long left = System.nanoTime();
    int status = 0;
    while (status != 200) {
      status = send("/v1/images", png(), ann).get().statusCode();
    }
    long waited = (System.nanoTime() - left) / 1_000_000_000L;
    assertTrue(waited < 10, "the decoder went on for " + waited + " s after its caller had left");
  }

  private Socket uploading(byte[] picture) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    begin(socket, picture.length, ann).write(picture);
    return socket;
  }

  private void awaitReceived(int uploads) throws IOException {
    long received = 0;
    while (received < uploads) {
      received = TestUploads.received(dir);
    }
  }

  private OutputStream begin(Socket socket, int length, GrpcPerson who) throws IOException {
    socket.setSoTimeout(30_000);
    OutputStream out = socket.getOutputStream();
    out.write(
        """
        POST /v1/files HTTP/1.1\r
        Host: x\r
        Connection: close\r
        Content-Length: %d\r
        Authorization: Bearer %s\r
        \r
        """
            .formatted(length, who.token())
            .getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return out;
  }

  private static Object sendPicture(GrpcPerson from, GrpcPerson to, String url) {
    return from.messages()
        .sendUserImageMessage(
            SendUserImageMessageRequest.newBuilder()
                .setToUserId(to.id())
                .setImage(ImageMessageItem.newBuilder().setUrl(url))
                .build());
  }

  private CompletableFuture<HttpResponse<String>> send(String path, byte[] body, GrpcPerson who) {
    return HTTP.sendAsync(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("Authorization", "Bearer " + who.token())
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static byte[] sound(int bytes) {
    byte[] sound = new byte[bytes];
    new Random(bytes).nextBytes(sound);
    System.arraycopy("ID3".getBytes(StandardCharsets.US_ASCII), 0, sound, 0, 3);
    return sound;
  }

  private static byte[] png() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", out);
    return out.toByteArray();
  }

  /// A GIF of so many equal frames of 2,000 × 2,000 pixels.
  private static byte[] frames(int count) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(2000, 2000, BufferedImage.TYPE_BYTE_BINARY), "gif", out);
    byte[] gif = out.toByteArray();
    // Header and table of two colours, then the frame, then one byte that ends the file.
    int head = 13 + 6;
    int frame = gif.length - head - 1;
    ByteBuffer all = ByteBuffer.allocate(head + count * frame + 1).put(gif, 0, head);
    for (int i = 0; i < count; i++) {
      all.put(gif, head, frame);
    }
    return all.put(gif[gif.length - 1]).array();
  }
}
