package io.parley.face.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parley.harness.FeedPerson;
import io.parley.harness.GrpcPerson;
import io.parley.harness.TestClock;
import io.parley.harness.TestWorld;
import io.parley.harness.Waiting;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What an owner takes along.
class TakeoutTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TestClock clock = new TestClock();
  @RegisterExtension private final TestWorld world = new TestWorld(Map.of(), clock);
  private final FeedPerson anns = new FeedPerson(world.register("ann"));
  private final FeedPerson bobs = new FeedPerson(world.register("bob"));
  private final GrpcPerson ann = anns.person();
  private final GrpcPerson bob = bobs.person();

  private HttpRequest request(GrpcPerson who) {
    return HttpRequest.newBuilder(URI.create(world.server().url() + "/v1/me/export"))
        .version(HttpClient.Version.HTTP_1_1)
        .header("authorization", "Bearer " + who.token())
        .build();
  }

  private Map<String, byte[]> export(GrpcPerson who) throws Exception {
    HttpResponse<byte[]> answer = HTTP.send(request(who), HttpResponse.BodyHandlers.ofByteArray());
    assertEquals(200, answer.statusCode());
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(answer.body()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }

  private static List<JsonNode> lines(Map<String, byte[]> files, String name) {
    byte[] bytes = files.getOrDefault(name, new byte[0]);
    return new String(bytes, StandardCharsets.UTF_8)
        .lines()
        .map(
            line -> {
              try {
                return JSON.readTree(line);
              } catch (IOException e) {
                throw new AssertionError(line, e);
              }
            })
        .toList();
  }

  private static List<String> texts(List<JsonNode> lines, String... path) {
    return lines.stream()
        .map(
            line -> {
              JsonNode at = line;
              for (String each : path) {
                at = at.path(each);
              }
              return at.asText();
            })
        .toList();
  }

  @Test
  void export_hasAllPages_andNothingOfOthers() throws Exception {
    ann.befriend(bob);
    long conversation = ann.text(bob.id(), "hello 0", "").getConversationId();
    for (int i = 1; i < 450; i++) {
      var unused = ann.text(bob.id(), "hello " + i, "");
    }
    long post = bobs.post("of bob").getId();
    for (int i = 0; i < 230; i++) {
      var unusedComment = anns.comment(post, "comment " + i);
      var unusedPost = anns.post("post " + i);
    }
    GrpcPerson carl = world.register("carl");
    var unusedSecret = carl.text(bob.id(), "not for ann", "");
    Map<String, byte[]> files = export(ann);
    assertEquals("ann", lines(files, "profile.jsonl").getFirst().at("/profile/nickname").asText());
    assertEquals(List.of("bob"), texts(lines(files, "friends.jsonl"), "user", "nickname"));
    assertEquals(230, lines(files, "posts.jsonl").size());
    List<String> comments = texts(lines(files, "comments.jsonl"), "content");
    assertEquals(230, comments.size());
    assertEquals("comment 229", comments.getFirst());
    List<String> said =
        texts(lines(files, "messages/" + conversation + ".jsonl"), "text", "content");
    assertEquals(450, said.size());
    assertEquals("hello 0", said.getFirst());
    assertEquals("hello 449", said.getLast());
    assertEquals(1, lines(files, "conversations.jsonl").size());
    files.forEach(
        (name, bytes) ->
            assertFalse(new String(bytes, StandardCharsets.UTF_8).contains("not for ann"), name));
  }

  @Test
  void export_hasTheBytesOfUploads() throws Exception {
    byte[] bytes = "some notes, in plain text\n".repeat(10).getBytes(StandardCharsets.UTF_8);
    HttpResponse<String> stored =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(world.server().url() + "/v1/files"))
                .header("authorization", "Bearer " + ann.token())
                .header("content-type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertEquals(200, stored.statusCode(), stored.body());
    String name = JSON.readTree(stored.body()).path("name").asText();
    Map<String, byte[]> files = export(ann);
    assertEquals(
        new String(bytes, StandardCharsets.UTF_8),
        new String(files.getOrDefault("uploads/" + name, new byte[0]), StandardCharsets.UTF_8));
    assertTrue(export(bob).keySet().stream().noneMatch(each -> each.startsWith("uploads/")));
  }

  @Test
  void export_isForWhoShowedThePassword_andNobodyElse() throws Exception {
    HttpRequest nobodys =
        HttpRequest.newBuilder(URI.create(world.server().url() + "/v1/me/export")).build();
    HttpResponse.BodyHandler<String> text = HttpResponse.BodyHandlers.ofString();
    assertEquals(401, HTTP.send(nobodys, text).statusCode());
    clock.advance(Duration.ofMinutes(16));
    HttpResponse<String> late = HTTP.send(request(ann), text);
    assertEquals(400, late.statusCode());
    assertEquals("2006", JSON.readTree(late.body()).path("business_code").asText(), late.body());
  }

  @Test
  void export_ofOneAccount_isOneAtATime_andEndsWithItsReader() throws Exception {
    // More than lies in buffers between a server and a client that does not read.
    byte[] random = new byte[24 << 20];
    new Random(7).nextBytes(random);
    String stored = Base64.getEncoder().encodeToString(random);
    HttpRequest upload =
        HttpRequest.newBuilder(URI.create(world.server().url() + "/v1/files"))
            .header("authorization", "Bearer " + ann.token())
            .header("content-type", "text/plain")
            .POST(HttpRequest.BodyPublishers.ofString(stored))
            .build();
    assertEquals(200, HTTP.send(upload, HttpResponse.BodyHandlers.discarding()).statusCode());
    HttpResponse<InputStream> first =
        HTTP.send(request(ann), HttpResponse.BodyHandlers.ofInputStream());
    assertEquals(200, first.statusCode());
    assertEquals(429, status(ann));
    assertEquals(200, status(bob));
    first.body().close();
    Waiting.until(() -> status(ann) == 200);
  }

  private int status(GrpcPerson who) {
    try {
      return HTTP.send(request(who), HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
