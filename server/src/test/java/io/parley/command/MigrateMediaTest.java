package io.parley.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.harness.FaultyLink;
import io.parley.harness.GrpcPerson;
import io.parley.harness.TestS3;
import io.parley.harness.TestServer;
import io.parley.harness.TestUploads;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Uploads on their way from the disk to S3, and back.
class MigrateMediaTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir Path dir;
  private final TestS3 s3 = new TestS3();
  private final FaultyLink link = new FaultyLink(s3.port());

  /// What was uploaded, by its address.
  private final Map<String, byte[]> uploaded = new TreeMap<>();

  @BeforeEach
  void upload() throws Exception {
    try (TestServer server = TestServer.start(dir);
        GrpcPerson ann = GrpcPerson.register(server, "ann")) {
      upload(server, ann, 20);
    }
  }

  @AfterEach
  void stop() {
    link.close();
    s3.close();
  }

  @Test
  void fromDiskToS3AndBack_everyUploadIsGivenAsItWas() throws Exception {
    assertEquals(0, migrate("--to", s3.url()));
    assertEquals(20, TestUploads.files(dir), "nothing is deleted unless that is asked for");
    try (TestServer server = TestServer.start(dir, TestS3.keys(s3.url()));
        GrpcPerson ann = GrpcPerson.register(server, "bob")) {
      assertGiven(server);
      // While a server runs on the new place the old one may go, and uploads go on.
      assertEquals(0, migrate("--set", "media.url=" + s3.url(), "--delete-source"));
      assertEquals(0, TestUploads.files(dir));
      upload(server, ann, 25);
      assertGiven(server);
    }
    assertEquals(0, migrate("--set", "media.url=" + s3.url(), "--to", "disk"));
    try (TestServer server = TestServer.start(dir)) {
      assertGiven(server);
    }
    assertEquals(0, migrate("--from", s3.url(), "--to", "disk", "--delete-source"));
    assertEquals(0, migrate("--from", s3.url(), "--to", "disk"), "there is nothing to do");
    try (TestServer server = TestServer.start(dir)) {
      assertGiven(server);
    }
  }

  @Test
  void runThatIsCutOff_goesOnWithTheNext() throws Exception {
    try (TestServer server = TestServer.start(dir);
        GrpcPerson bob = GrpcPerson.register(server, "bob")) {
      // Longer than what comes through, over whichever connection it goes.
      upload(server, bob, 21, 500);
    }
    link.cutAfter(FaultyLink.Fault.CUTS_REQUESTS, 4_000, Long.MAX_VALUE);
    assertEquals(1, migrate("--to", TestS3.url(link.port())));
    link.now(FaultyLink.Fault.NONE);
    assertEquals(0, migrate("--to", TestS3.url(link.port())));
    try (TestServer server = TestServer.start(dir, TestS3.keys(s3.url()))) {
      assertGiven(server);
    }
  }

  @Test
  void source_staysWhereItsCopyIsAnother() throws Exception {
    assertEquals(0, migrate("--to", s3.url()));
    Path damaged = stored().getFirst();
    byte[] bytes = Files.readAllBytes(damaged);
    bytes[0]++;
    // The copy, at its size: only reading it tells.
    s3.objects()
        .putBlob(
            TestS3.BUCKET,
            s3.objects()
                .blobBuilder("p/" + damaged.getFileName())
                .payload(bytes)
                .contentLength(bytes.length)
                .build());
    assertEquals(1, migrate("--set", "media.url=" + s3.url(), "--delete-source"));
    assertEquals(true, Files.exists(damaged));
  }

  @Test
  void names_madeWithAnotherKey_areComparedWithTheSource() throws Exception {
    Files.write(dir.resolve("keys/uploads"), new byte[32]);
    assertEquals(0, migrate("--to", s3.url()));
    assertEquals(0, migrate("--set", "media.url=" + s3.url(), "--delete-source"));
    assertEquals(0, TestUploads.files(dir));
    try (TestServer server = TestServer.start(dir, TestS3.keys(s3.url()))) {
      assertGiven(server);
    }
  }

  @Test
  void wrongUse_isToldAndDoesNothing() throws Exception {
    assertEquals(2, migrate("--to", "disk"));
    assertEquals(2, migrate("--to", "ftp://x"));
    assertEquals(2, migrate("--to", s3.url(), "--delete-source"), "media.url is the source still");
    assertEquals(2, migrate("--to", s3.url().replace(TestS3.BUCKET, "elsewhere")));
    assertEquals(2, migrate("--to", s3.url(), "--set", "media.s3_secret_key=wrong"));
    assertEquals(20, TestUploads.files(dir));
  }

  private int migrate(String... words) {
    List<String> all = new ArrayList<>(List.of("migrate-media"));
    for (String key : List.of("s3_access_key=" + TestS3.ACCESS_KEY, "s3_tries=2")) {
      all.addAll(List.of("--set", "media." + key));
    }
    all.addAll(List.of("--set", "media.s3_secret_key=" + TestS3.SECRET_KEY));
    all.addAll(List.of(words));
    return TestServer.command(dir, all.toArray(new String[0]));
  }

  private List<Path> stored() throws Exception {
    try (Stream<Path> files = Files.walk(dir.resolve("media"))) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
  }

  private void upload(TestServer server, GrpcPerson who, int upTo) throws Exception {
    upload(server, who, upTo, 50);
  }

  private void upload(TestServer server, GrpcPerson who, int upTo, int sentences) throws Exception {
    for (int i = uploaded.size(); i < upTo; i++) {
      byte[] bytes =
          ("This is text number " + i + ". ").repeat(sentences).getBytes(StandardCharsets.UTF_8);
      HttpResponse<String> answer =
          HTTP.send(
              HttpRequest.newBuilder(URI.create(server.url() + "/v1/files"))
                  .header("Authorization", "Bearer " + who.token())
                  .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertEquals(200, answer.statusCode(), answer.body());
      uploaded.put(answer.body().replaceAll("(?s).*\"url\":\\s*\"([^\"]*)\".*", "$1"), bytes);
    }
  }

  private void assertGiven(TestServer server) throws Exception {
    for (Map.Entry<String, byte[]> each : uploaded.entrySet()) {
      HttpResponse<byte[]> given =
          HTTP.send(
              HttpRequest.newBuilder(URI.create(server.url() + each.getKey())).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      assertEquals(200, given.statusCode(), each.getKey());
      assertArrayEquals(each.getValue(), given.body());
    }
  }
}
